"""A client of the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload): begin an upload, and send on from where it stands."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from services.client.server import NoAnswer, Refused, Server

VERSION = {"Tus-Resumable": "1.0.0"}
BYTES = "application/offset+octet-stream"
PIECE = 256 * 1024
"""Bytes read and handed to the connection at once."""
UPLOADS = "/api/intake/uploads"


def begin(server: Server, *, kind: str, filename: str, size: int) -> str:
    """Announce a file, one time; return the id of its upload. Raises NoAnswer, Refused."""
    told = {"submission": server.submission_id, "kind": kind, "filename": filename} | ({"stage": server.stage} if server.stage else {})
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())
    answer = server.once("POST", UPLOADS, headers={**VERSION, "Upload-Length": str(size), "Upload-Metadata": metadata})
    return str(answer.headers["location"].rpartition("/")[2])


def send(server: Server, upload_id: str, path: Path, *, moved: Callable[[int], None]) -> None:
    """Send a file from where its upload stands to the end, after every loss from where the server then says; tell `moved` how far it is.

    Raises Refused, ServerAway.
    """
    size, patience, upload = path.stat().st_size, server.patience(), f"{UPLOADS}/{upload_id}"
    with path.open("rb") as file:
        offset = _offset(server, upload)
        while offset < size:
            moved(offset)
            headers = {**VERSION, "Upload-Offset": str(offset), "Content-Type": BYTES, "Content-Length": str(size - offset)}
            reason: object = None
            try:
                server.once("PATCH", upload, content=_pieces(file, offset, moved), headers=headers)
            except NoAnswer as lost:
                reason = lost
            except Refused as refused:
                if refused.facts["problem"] != "offset_mismatch":
                    raise
                reason = refused
            stands = _offset(server, upload)
            if stands > offset:
                patience.renew()
            if reason is not None:
                patience.wait(reason)
            offset = stands
    moved(size)


def _offset(server: Server, upload: str) -> int:
    """Return how many bytes of an upload are durable. Raises Refused, ServerAway."""
    return int(server.ask("HEAD", upload, headers=VERSION).headers["upload-offset"])


def _pieces(file: IO[bytes], offset: int, moved: Callable[[int], None]) -> Iterator[bytes]:
    file.seek(offset)
    while piece := file.read(PIECE):
        yield piece
        offset += len(piece)
        moved(offset)
