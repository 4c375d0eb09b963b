"""Pages of the intake service."""
