"""A file of the store as an answer: whole, or the range a player asks for; the same for groups, officers and members.

Who may have it is asked before, each time. Some S3 servers answer a range with 200, in which no browser can seek, so ranges are made
here; where a store that browsers reach is configured, the answer is a redirect to a presigned address instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from shared.storage import Store

ADDRESS_SECONDS = 3600

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "3gp": "video/3gpp",
}
"""Media types of the kinds validation can find in a file; a file of any other is only offered to be saved."""
SHOWN = frozenset({"pdf", "jpg", "png", "mp4", "mov", "webm", "mkv", "3gp"})
"""What a browser may show; the rest is saved."""

_UNSAFE = frozenset('/\\"%')
"""Of no use in a file's name, and of another meaning in the header or in paths."""
_ENDING = re.compile(r"[A-Za-z0-9]{1,10}")
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is answered: its object, its size in bytes, its name, and its kind as found in its content (None: not known)."""

    key: str
    size_bytes: int
    filename: str
    kind: str | None
    tag: str
    """What tells this content from every other: its SHA-256, or its key, which is never used twice."""


def serve(request: Request, store: Store, file: File, *, save: bool = False) -> Response:
    """Answer GET or HEAD with a file or the one range asked for (RFC 9110, section 14). Raises ObjectMissing, StoreUnavailable."""
    shown = file.kind in SHOWN and not save
    disposition = content_disposition(file.filename, inline=shown)
    address = store.address(file.key, seconds=ADDRESS_SECONDS, filename_header=disposition)
    if address is not None:
        return RedirectResponse(address, 307, headers={"Cache-Control": "private, no-store"})
    tag = f'"{file.tag}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition,
        "Content-Security-Policy": "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
        "Content-Type": TYPES.get(file.kind or "", "application/octet-stream"),
        "ETag": tag,
        "X-Content-Type-Options": "nosniff",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    wanted = request.headers.get("range") if request.headers.get("if-range", tag) == tag else None
    span = _span(wanted, file.size_bytes) if wanted else None
    if span is not None and span[0] >= span[1]:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{file.size_bytes}"})
    start, end = span or (0, file.size_bytes)
    if span is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size_bytes}"
    headers["Content-Length"] = str(end - start)
    status = 200 if span is None else 206
    if request.method == "HEAD" or start == end:
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_begun(store.read(file.key, start=start, length=end - start)), status, headers=headers)


def content_disposition(filename: str, *, inline: bool) -> str:
    """Return the header value for a name in any script (RFC 6266): an ASCII fallback, and the name itself in UTF-8."""
    name = "".join(letter for letter in filename if letter.isprintable() and letter not in _UNSAFE) or "file"
    ending = name.rpartition(".")[2]
    plain = name if name.isascii() else f"file.{ending}" if _ENDING.fullmatch(ending) else "file"
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """Return the bytes a header asks for as [start, end), none of them when it lies outside the file.

    None for several ranges and for what is no range: those are answered in whole.
    """
    match = _RANGE.fullmatch(wanted.strip())
    if match is None:
        return None
    first, last = match.groups()
    if not first:
        return (size - min(int(last), size), size) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size) if last else size


def _begun(content: Iterator[bytes]) -> Iterator[bytes]:
    """Take the first piece now: a missing object is a refusal while one can still be answered."""
    first = next(content, b"")
    return chain((first,), content)
