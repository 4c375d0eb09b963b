"""Work of the queue `documents`."""
