"""Pages of the operations service."""
