"""Memory of upload connections, bounded for all connections of a process together.

Each connection collects bytes until they fill a part. Many slow connections would hold many half-filled parts, so above the limit, and
after some seconds in any case, a connection saves its bytes to the database and frees its buffer. When a request ends within a part, its
buffer is parked for the next request of the same upload while there is room, so that those bytes need not be read back.
"""

from asyncio import get_running_loop
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from uuid import UUID

from shared.errors import Unavailable

PARKED_SECONDS = 10.0


class TooManyUploads(Unavailable):
    """This process serves as many upload connections as it may."""

    th = "ขณะนี้มีผู้ส่งไฟล์จำนวนมาก โปรแกรมจะลองส่งต่อเองในอีกสักครู่"
    en = "Many people are sending just now; the upload goes on by itself in a moment."


class MemoryBudget:
    """Counts the connections of a process and the bytes of their buffers; `limit_bytes` is a mark to stay below, not a wall."""

    def __init__(self, *, limit_bytes: int, most_connections: int) -> None:
        self.limit_bytes, self.most_connections = limit_bytes, most_connections
        self.connections = self.used_bytes = 0
        self._counting = Lock()
        self._parked: OrderedDict[UUID, tuple[bytes, PartBuffer]] = OrderedDict()
        """Upload → (digest state at the end of the buffer, buffer that starts at the beginning of a part), the longest parked first."""

    @contextmanager
    def connection(self) -> Iterator[None]:
        """Count a connection while it is served. Raises TooManyUploads."""
        if self.connections >= self.most_connections:
            raise TooManyUploads
        self.connections += 1
        try:
            yield
        finally:
            self.connections -= 1

    def count(self, more: int) -> None:
        """Add to the bytes in use, negative for bytes that were freed. Called from threads too."""
        with self._counting:
            self.used_bytes += more

    def is_exceeded(self) -> bool:
        """Say whether buffers hold more than the limit, after freeing parked ones as far as needed."""
        while self.used_bytes > self.limit_bytes and self._parked:
            self._parked.popitem(last=False)[1][1].free()
        return self.used_bytes > self.limit_bytes

    def park(self, upload_id: UUID, digest_state: bytes, buffer: "PartBuffer") -> None:
        """Keep the bytes of an unfinished part for the next request of the upload, for `PARKED_SECONDS` and while there is room."""
        self.unpark(upload_id, None)
        self._parked[upload_id] = digest_state, buffer
        get_running_loop().call_later(PARKED_SECONDS, self._expire, upload_id, buffer)
        self.is_exceeded()

    def unpark(self, upload_id: UUID, digest_state: bytes | None) -> "PartBuffer | None":
        """Return the parked buffer of an upload if its digest state is `digest_state`; otherwise free it and return None.

        Another process may have written the upload meanwhile. The digest state covers every byte up to it, so other bytes never match.
        """
        state, buffer = self._parked.pop(upload_id, (None, None))
        if buffer is not None and (state is None or state != digest_state):
            buffer.free()
            return None
        return buffer

    def _expire(self, upload_id: UUID, buffer: "PartBuffer") -> None:
        if self._parked.get(upload_id, (b"", None))[1] is buffer:
            self.unpark(upload_id, None)


class PartBuffer:
    """Bytes of one part, in order, counted in a budget. Grows with what comes, so that a slow connection costs little."""

    def __init__(self, limit: int, budget: MemoryBudget) -> None:
        self.limit = limit
        self.content = bytearray()
        """Memory in use; what lies behind `filled` is left over from an earlier part."""
        self.filled = 0
        self._budget = budget

    def append(self, more: memoryview) -> None:
        """Add bytes; the caller makes sure that they do not exceed the limit."""
        end = self.filled + len(more)
        if end > len(self.content):
            self._budget.count(end - len(self.content))
            del self.content[self.filled :]
            self.content += more
        else:
            with memoryview(self.content) as view:
                view[self.filled : end] = more
        self.filled = end

    def trimmed(self) -> bytearray:
        """Return the filled bytes and nothing behind them, without a copy."""
        self._shrink(self.filled)
        return self.content

    def rewind(self) -> None:
        """Start over in the same memory."""
        self.filled = 0

    def free(self) -> None:
        """Start over without memory."""
        self.filled = 0
        self._shrink(0)

    def _shrink(self, size: int) -> None:
        self._budget.count(size - len(self.content))
        del self.content[size:]
