"""JSON of the operations service."""
