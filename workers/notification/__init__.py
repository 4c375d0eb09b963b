"""Tasks of the queue `notification`."""
