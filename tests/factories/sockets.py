"""A PATCH by hand on a socket, to be cut, held or trickled by the caller."""

import socket
import time

from factories.tus import Sender, upload_at

SETTLED_SECONDS = 5.0


def patch_by_socket(sender: Sender, path: str, offset: int, announced: int) -> socket.socket:
    """Begin a PATCH of `announced` bytes and leave its body to the caller."""
    connection = socket.create_connection(("127.0.0.1", sender.web.port), timeout=30)
    head = (
        f"PATCH {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer {sender.token}\r\n"
        f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\nContent-Length: {announced}\r\n\r\n"
    )
    connection.sendall(head.encode())
    return connection


def stored_offset(path: str, *, at_least: int) -> int:
    """The durable offset once it has come to `at_least`, without disturbing a writer."""
    until = time.monotonic() + SETTLED_SECONDS
    while True:
        offset = upload_at(path).offset_bytes
        if offset >= at_least or time.monotonic() > until:
            return offset
        time.sleep(0.05)
