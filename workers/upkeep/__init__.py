"""Tasks of the queue `upkeep`."""
