"""JSON of the office service."""
