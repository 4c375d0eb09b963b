"""JSON of the intake service."""
