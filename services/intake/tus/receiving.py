"""From a request's body into the store: at most one part of memory a connection, whatever the length of the body.

Bytes gather in a buffer. Whenever they fill a part, the part goes to the store and the offset moves. When the body ends, when the
connection dies or is slow, or when memory is short, what is left over is kept as a piece of the tail: the offset is true to the byte.
"""

from time import monotonic

from services.intake.tus import memory
from services.intake.tus.lease import in_store_thread, in_thread
from services.intake.tus.memory import PartBuffer
from services.intake.tus.protocol import MoreThanAnnounced
from shared import clock
from shared.database import single_statements
from shared.settings import settings
from shared.storage import store
from shared.storage.digest import ResumableSha256
from shared.submissions.uploads import finishing, writing
from shared.submissions.uploads.writing import Writing


class Receiver:
    """Takes the bytes of one held upload, in order, into one buffer: what has come of the part they belong to.

    Positions are within the part. `_begin` is where the buffer begins: 0, or where the tail ends if only the database has it. What lies
    before `_durable` is durable.
    """

    def __init__(self, held: Writing) -> None:
        self.held = held
        self._digest = ResumableSha256(held.digest_state)
        self._durable = held.tail_bytes
        standing = memory.take_up(held.upload_id, held.digest_state)
        self._begin = held.tail_bytes if standing is None else 0
        self._buffer = standing or PartBuffer(held.part_bytes)
        self._since: float | None = None
        """When the first byte that is not durable came."""

    @property
    def _filled(self) -> int:
        return self._begin + self._buffer.filled

    @property
    def offset(self) -> int:
        """Bytes taken so far, durable or in the buffer."""
        return self.held.offset + self._filled - self._durable

    @property
    def keeps_in(self) -> float | None:
        """Seconds until what was taken has to be made durable; None when all of it is."""
        return None if self._since is None else max(0.0, self._since + settings().upload_keep_seconds - monotonic())

    async def take(self, content: bytes | bytearray) -> None:
        """Add bytes; each time they fill a part, it goes to the store. Raises TakenOver, StoreUnavailable, MoreThanAnnounced."""
        if self.offset + len(content) > self.held.size_bytes:
            raise MoreThanAnnounced(size_bytes=self.held.size_bytes)
        if self._since is None:
            self._since = monotonic()
        view, at = memoryview(content), 0
        while at < len(view):
            size = min(len(view) - at, self.held.part_bytes - self._filled)
            self._buffer.add(view[at : at + size])
            at += size
            if self._filled == self.held.part_bytes:
                await in_store_thread(self._flush_part)
                self._since = monotonic() if at < len(view) else None
        if self.keeps_in == 0 or memory.is_short():
            await self.spill()

    async def spill(self) -> None:
        """Make what was taken durable now, and give its memory back. Raises TakenOver."""
        if self._filled > self._durable:
            await in_thread(self._keep_tail)
        self._since = None
        self._begin = self._durable
        self._buffer.give_back()

    async def keep(self) -> None:
        """Make everything taken durable and let go; if it is the whole file, finish it. Raises TakenOver, StoreUnavailable."""
        held = self.held
        if self.offset == held.size_bytes:
            await in_store_thread(self._finish)
        elif self._filled > self._durable:
            await in_thread(lambda: self._keep_tail(let_go=True))
        if held.offset < held.size_bytes and self._begin == 0:
            memory.stand_by(held.upload_id, self._digest.state, self._buffer)
            self._buffer = PartBuffer(0)

    def give_back(self) -> None:
        """Free the memory of what was not kept."""
        self._buffer.give_back()

    def _finish(self) -> None:
        if self.held.parts and self._filled > 0:
            self._flush_part()
        elif self._filled > self._durable:
            # Also the whole of a small file: should the store not answer now, the sweep puts it from here.
            self._keep_tail()
        finishing.finish(store(), self.held, now=clock.now())

    def _flush_part(self) -> None:
        """Send tail and buffer as one part, then note it; the offset moves only when the row says so."""
        held = self.held
        self._digest_new()
        content: bytes | bytearray = self._buffer.shorten()
        if self._begin:
            with single_statements() as connection:
                content = b"".join([*writing.tail(connection, held.upload_id), content])
        if held.multipart_id is None:
            self._begin_multipart()
        assert held.multipart_id is not None  # noqa: S101  # set by keep_multipart
        part = store().put_part(held.object_key, held.multipart_id, held.parts + 1, content)
        with single_statements() as connection:
            writing.keep_part(connection, held, part, digest_state=self._digest.state)
        held.offset = held.parts * held.part_bytes + part.size_bytes
        held.parts += 1
        self._buffer.empty()
        self._begin = self._durable = 0

    def _begin_multipart(self) -> None:
        """Begin it in the store and note it; what no row knows of is given up at once, or nobody ever would. Raises TakenOver."""
        multipart_id = store().begin(self.held.object_key)
        try:
            with single_statements() as connection:
                writing.keep_multipart(connection, self.held, multipart_id)
        except writing.TakenOver:
            store().abort(self.held.object_key, multipart_id)
            raise

    def _keep_tail(self, *, let_go: bool = False) -> None:
        self._digest_new()
        with memoryview(self._buffer.content) as buffer:
            content = bytes(buffer[self._durable - self._begin : self._buffer.filled])
        with single_statements() as connection:
            writing.keep_tail(connection, self.held, content, digest_state=self._digest.state, let_go=let_go)
        self.held.offset += len(content)
        self._durable = self._filled

    def _digest_new(self) -> None:
        with memoryview(self._buffer.content) as buffer, buffer[self._durable - self._begin : self._buffer.filled] as new:
            self._digest.update(new)
