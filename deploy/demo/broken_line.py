"""A connection that dies in the middle of a file, as a phone's does: no good-bye from either side."""

import socket
import struct
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

from services.client.tus import BYTES, UPLOADS

IN_FLIGHT_SECONDS = 0.5
"""So long bytes that were sent travel before the connection is cut."""


def cut_off(base_url: str, token: str, upload_id: str, path: Path, *, share: float) -> int:
    """Announce a whole file in one PATCH, send a share of it, and reset the connection; return the bytes sent."""
    size, address = path.stat().st_size, urlsplit(base_url)
    head = (
        f"PATCH {UPLOADS}/{upload_id} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {token}\r\n"
        f"Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: {BYTES}\r\nContent-Length: {size}\r\n\r\n"
    )
    sent = path.read_bytes()[: int(size * share)]
    with socket.create_connection((address.hostname, address.port or 80), timeout=30) as connection:
        connection.sendall(head.encode() + sent)
        sleep(IN_FLIGHT_SECONDS)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return len(sent)
