"""A client of the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload): creation, and sending on from wherever it stopped."""

import socket
import struct
from base64 import b64encode
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import httpx2

from deploy.demo.doors import Door, NotAsExpected

VERSION = {"Tus-Resumable": "1.0.0"}
BYTES = "application/offset+octet-stream"
CHUNK = 2 * 1024 * 1024
"""Bytes of one PATCH."""
IN_FLIGHT_SECONDS = 0.5
"""So long bytes that were sent travel before the connection is cut."""
MOST_TRIES = 60


def begin(door: Door, *, submission: str, kind: str, path: Path, filename: str | None = None) -> str:
    """Announce a file; return the address of its upload."""
    told = {"submission": submission, "kind": kind, "filename": filename or path.name}
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())
    headers = {**VERSION, "Upload-Length": str(path.stat().st_size), "Upload-Metadata": metadata}
    return str(door.answer("POST", "/api/intake/uploads", 201, headers=headers).headers["location"])


def send_on(door: Door, upload: str, path: Path) -> None:
    """Send a file from where its upload stands to the end; after every loss ask anew where that is. Raises NotAsExpected."""
    size, tries = path.stat().st_size, 0
    with path.open("rb") as file:
        offset = offset_of(door, upload)
        while offset < size:
            file.seek(offset)
            headers = {**VERSION, "Upload-Offset": str(offset), "Content-Type": BYTES}
            try:
                found = door.once("PATCH", upload, content=file.read(CHUNK), headers=headers)
            except httpx2.TransportError:
                found = None
            if found is not None and found.status_code == 204:
                offset = int(found.headers["upload-offset"])
                continue
            tries += 1
            if tries > MOST_TRIES:
                raise NotAsExpected(f"{path.name}: {upload} takes no more than {offset} of {size} bytes ({found and found.text})")
            sleep(0.5)
            offset = offset_of(door, upload)


def offset_of(door: Door, upload: str) -> int:
    """Return how many bytes of an upload are durable."""
    return int(door.answer("HEAD", upload, 200, headers=VERSION).headers["upload-offset"])


def send(door: Door, *, submission: str, kind: str, path: Path, filename: str | None = None) -> None:
    """Send a whole file."""
    send_on(door, begin(door, submission=submission, kind=kind, path=path, filename=filename), path)


def send_and_lose(door: Door, upload: str, path: Path, *, share: float) -> int:
    """Send a share of a file in one request, then cut the connection as a dead network does; return the bytes sent.

    The connection is reset: neither side says good-bye.
    """
    size, address = path.stat().st_size, urlsplit(door.base_url)
    head = (
        f"PATCH {upload} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {door.token}\r\nTus-Resumable: 1.0.0\r\n"
        f"Upload-Offset: 0\r\nContent-Type: {BYTES}\r\nContent-Length: {size}\r\n\r\n"
    )
    sent = path.read_bytes()[: int(size * share)]
    with socket.create_connection((address.hostname, address.port or 80), timeout=30) as connection:
        connection.sendall(head.encode() + sent)
        sleep(IN_FLIGHT_SECONDS)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return len(sent)
