"""Tasks of the queue `validation`."""
