"""What the upload connections of this process hold in memory: bounded for all of them together.

A connection gathers bytes until they fill a part. Many slow ones would hold many half-filled parts, so beyond the bound, and after some
seconds in any case, what a connection has goes to the database and its memory is given back. After a request that ended within a part,
the part's bytes stay here for the next request of the same upload, as long as there is room: they need not be read back then. They are
known by the state of the running SHA-256, so bytes of another writer can not be mistaken for them.
"""

import ctypes
from asyncio import get_running_loop
from collections import OrderedDict
from threading import Lock
from uuid import UUID

from shared.errors import Unavailable
from shared.settings import settings

SMALLEST = 64 * 1024
STANDING_SECONDS = 10.0


class TooManyUploads(Unavailable):
    """This process serves as many upload connections as it may."""

    th = "ขณะนี้มีผู้ส่งไฟล์จำนวนมาก โปรแกรมจะลองส่งต่อเองในอีกสักครู่"
    en = "Many people are sending just now; the upload goes on by itself in a moment."


class PartBuffer:
    """Bytes of one part, in order. It grows by doubling, so that a slow connection costs little; its memory is counted."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.content = bytearray()
        self.filled = 0

    def add(self, more: memoryview) -> None:
        """Add bytes; the caller sees to it that they are not beyond the limit."""
        end = self.filled + len(more)
        if end > len(self.content):
            self._resize(min(self.limit, max(end, 2 * len(self.content), SMALLEST)))
        with memoryview(self.content) as view:
            view[self.filled : end] = more
        self.filled = end

    def shorten(self) -> bytearray:
        """Return what is filled, and nothing behind it, without a copy."""
        self._resize(self.filled)
        return self.content

    def empty(self) -> None:
        """Begin anew in the same memory."""
        self.filled = 0

    def give_back(self) -> None:
        """Begin anew, and free the memory."""
        self.filled = 0
        self._resize(0)

    def _resize(self, size: int) -> None:
        """Grow or shrink in place. Python itself can grow a bytearray only by bytes that exist elsewhere, which doubles the memory."""
        global _held  # noqa: PLW0603  # counted for the whole process
        with _counting:
            _held += size - len(self.content)
        ctypes.pythonapi.PyByteArray_Resize(ctypes.py_object(self.content), ctypes.c_ssize_t(size))


_held = 0
_counting = Lock()
"""Parts are cut to size in threads."""
_connections = 0
_standing: OrderedDict[UUID, tuple[bytes, PartBuffer]] = OrderedDict()
"""Upload → (state of the digest at the buffer's end, the part from its beginning), the longest standing first."""


def is_short() -> bool:
    """Say whether all connections together hold more than they may, after giving back what only stands by."""
    limit = settings().upload_memory_bytes
    while _held > limit and _standing:
        _standing.popitem(last=False)[1][1].give_back()
    return _held > limit


def stand_by(upload_id: UUID, digest_state: bytes, buffer: PartBuffer) -> None:
    """Keep the bytes of a begun part for the next request of the upload, for some seconds and while there is room."""
    take_up(upload_id, None)
    _standing[upload_id] = digest_state, buffer
    get_running_loop().call_later(STANDING_SECONDS, _forget, upload_id, buffer)
    is_short()


def _forget(upload_id: UUID, buffer: PartBuffer) -> None:
    if _standing.get(upload_id, (b"", None))[1] is buffer:
        take_up(upload_id, None)


def take_up(upload_id: UUID, digest_state: bytes | None) -> PartBuffer | None:
    """Return the bytes of the begun part if they stand here and are those that the digest's state says; they do not stand any more."""
    state, buffer = _standing.pop(upload_id, (None, None))
    if buffer is not None and (state is None or state != digest_state):
        buffer.give_back()
        return None
    return buffer


class a_connection:  # noqa: N801  # reads as what it is in a with statement
    """Count the connections. Raises TooManyUploads."""

    def __enter__(self) -> None:
        global _connections  # noqa: PLW0603  # counted in the one event loop of the process
        if _connections >= settings().upload_connections:
            raise TooManyUploads
        _connections += 1

    def __exit__(self, *_: object) -> None:
        global _connections  # noqa: PLW0603
        _connections -= 1
