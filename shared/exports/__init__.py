"""Tables that leave the system: results, contacts, grants."""
