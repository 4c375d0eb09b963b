"""Work of the queue `transcoding`."""
