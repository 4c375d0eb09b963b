"""A file of the store as an answer: whole, or the range a player asks for; the same for groups, officers and members.

Who may have it is asked before, each time. Some S3 servers answer a range with 200, in which no browser can seek, so ranges are made
here; where a store that browsers reach is configured, the answer is a redirect to a presigned address instead.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from shared.storage import Store

ADDRESS_SECONDS = 900
"""How long a presigned address holds: what was seen of it can not be taken back sooner. A player that needs longer asks anew."""

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "3gp": "video/3gpp",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
}
"""Media types of the kinds validation can find in a file; a file of any other is only offered to be saved."""
_BINARY = {"schema": {"type": "string", "format": "binary"}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": dict.fromkeys(("application/octet-stream", *TYPES.values()), _BINARY)},
    206: {
        "description": "The range of it that was asked for.",
        "content": dict.fromkeys(("application/octet-stream", *TYPES.values()), _BINARY),
    },
    304: {"description": "It is the one that `If-None-Match` names."},
    307: {"description": "It is at the address in `Location`, for some minutes."},
    412: {"description": "It is not the one that `If-Match` names."},
    416: {"description": "The range lies outside of it."},
}
"""What routes that answer with a file declare, beside their problems, for OpenAPI."""
CLIPS = frozenset({"mp4", "mov", "webm", "mkv", "3gp"})
SHOWN = CLIPS | {"jpg", "png"}
"""What a browser may show of what others sent; the rest is saved."""
MADE = frozenset({"pdf", "m4a"})
"""What it may show as well when we have made it: in a PDF of others there may be anything."""
PLAYED = CLIPS | {"m4a"}

SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
PLAYER = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""In a sandbox chromium does not play a clip that is opened in a tab of its own. It is no document, and `nosniff` keeps it so."""

_UNSAFE = frozenset('/\\"%')
"""Of no use in a file's name, and of another meaning in the header or in paths."""
_ENDING = re.compile(r"[A-Za-z0-9]{1,10}")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
_TAG = re.compile(r'(W/)?("[^"]*")')


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is answered: its object, its size in bytes, its name, and its kind as found in its content (None: not known)."""

    key: str
    size_bytes: int | None
    """None: the store is asked."""
    filename: str
    kind: str | None
    tag: str
    """What tells this content from every other: its SHA-256, or its key, which is never used twice."""
    is_ours: bool = False
    """Made by this system, not sent by others."""


class _Later(Response):
    """An answer that is put together when the request's transaction has ended: no database connection waits for the store."""

    def __init__(self, make: Callable[[], Response]) -> None:
        super().__init__()
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await run_in_threadpool(self._make)
        await answer(scope, receive, send)


def serve(request: Request, store: Store, file: File, *, save: bool = False) -> Response:
    """Answer GET or HEAD with a file or the one range asked for (RFC 9110, sections 13 and 14).

    What the answer raises before it begins is answered as a refusal: ObjectMissing, StoreUnavailable.
    """
    return _Later(lambda: _answer(request, store, file, save=save))


def content_disposition(filename: str, *, inline: bool) -> str:
    """Return the header value for a name in any script (RFC 6266): an ASCII fallback, and the name itself in UTF-8."""
    name = "".join(letter for letter in filename if letter.isprintable() and letter not in _UNSAFE).lstrip(". ") or "file"
    ending = name.rpartition(".")[2]
    plain = name if name.isascii() else f"file.{ending}" if _ENDING.fullmatch(ending) else "file"
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _answer(request: Request, store: Store, file: File, *, save: bool) -> Response:
    is_shown = not save and (file.kind in SHOWN or (file.is_ours and file.kind in MADE))
    disposition = content_disposition(file.filename, inline=is_shown)
    media_type = TYPES.get(file.kind or "", "application/octet-stream")
    is_get = request.method == "GET"
    # A presigned address holds for one method, and HEAD has no bytes that would be saved.
    address = store.address(file.key, seconds=ADDRESS_SECONDS, media_type=media_type, disposition=disposition) if is_get else None
    if address is not None:
        return RedirectResponse(address, 307, headers={"Cache-Control": "private, no-store"})
    tag = f'"{file.tag}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition,
        "Content-Security-Policy": PLAYER if file.kind in PLAYED else SANDBOX,
        "Content-Type": media_type,
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": tag,
        "X-Content-Type-Options": "nosniff",
    }
    if (wanted := _field(request, "if-match")) and not _is_among(tag, wanted, weakly=False):
        return Response(status_code=412, headers=headers)
    if (known := _field(request, "if-none-match")) and _is_among(tag, known, weakly=True):
        return Response(status_code=304, headers=headers)
    size = store.size(file.key) if file.size_bytes is None else file.size_bytes
    is_same = _field(request, "if-range") in ("", tag)
    span = _span(_field(request, "range"), size) if is_get and is_same else None
    if span is not None and span[0] >= span[1]:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    start, end = span or (0, size)
    if span is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    status = 200 if span is None else 206
    if not is_get or start == end:
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_begun(store.read(file.key, start=start, length=end - start)), status, headers=headers)


def _field(request: Request, name: str) -> str:
    """Return a header as one list, also where it was sent in several lines."""
    return ", ".join(request.headers.getlist(name)).strip()


def _is_among(tag: str, wanted: str, *, weakly: bool) -> bool:
    """Say whether `*` or a list of entity tags names this one (RFC 9110, section 8.8.3.2); a weak one only `weakly`."""
    return wanted == "*" or any(found == tag and (weakly or not weak) for weak, found in _TAG.findall(wanted))


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """Return the bytes a header asks for as [start, end), none of them when it lies outside the file.

    None for no range, several ranges and what is no range: those are answered in whole.
    """
    match = _RANGE.fullmatch(wanted)
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
