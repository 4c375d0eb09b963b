"""Tasks of the queue `routing`."""
