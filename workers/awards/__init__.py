"""Tasks of the queue `awards`."""
