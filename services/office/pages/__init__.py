"""Pages of the office service."""
