"""JSON of the review service."""
