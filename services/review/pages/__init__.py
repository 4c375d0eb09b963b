"""Pages of the review service."""
