"""Tasks of the queue `media`."""
