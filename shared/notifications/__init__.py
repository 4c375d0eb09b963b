"""Messages to people: one ledger row per person, message and channel."""
