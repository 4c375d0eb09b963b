"""From a request's body into the store, with at most one part in memory per connection, whatever the length of the body.

Bytes are collected in a buffer. Each time they fill a part, the part is put into the store and the offset moves. When the body ends, the
connection dies or is slow, or memory is short, the rest is saved in the database as a piece of the tail. So the offset counts every byte.
"""

from time import monotonic

from services.intake.tus.memory import MemoryBudget, PartBuffer
from services.intake.tus.protocol import MoreThanAnnounced
from services.web.threads import Threads, in_thread
from shared import clock
from shared.database import single_statements
from shared.settings import settings
from shared.storage import store
from shared.storage.digest import ResumableSha256
from shared.submissions.uploads import finishing, writing
from shared.submissions.uploads.writing import WriteLease

_store_threads = Threads(8)
"""Each may hold the copy of a part beside the buffer of its connection, so they are few."""


class Receiver:
    """Writes the bytes of one leased upload, in order, through one buffer that holds the part they belong to.

    Positions are within the part. The buffer starts at `_begin`: at 0, or at the end of the tail if only the database has the tail. Bytes
    before `_durable` are durable.
    """

    def __init__(self, lease: WriteLease, memory: MemoryBudget) -> None:
        self.lease = lease
        self._memory = memory
        self._digest = ResumableSha256(lease.digest_state)
        self._durable = lease.tail_bytes
        parked = memory.unpark(lease.upload_id, lease.digest_state)
        self._begin = lease.tail_bytes if parked is None else 0
        self._buffer = parked or PartBuffer(lease.part_bytes, memory)
        self._since: float | None = None
        """When the first byte that is not durable came, by the monotonic clock."""

    @property
    def _filled(self) -> int:
        return self._begin + self._buffer.filled

    @property
    def offset(self) -> int:
        """Bytes received so far, durable or in the buffer."""
        return self.lease.offset + self._filled - self._durable

    @property
    def spill_due_in(self) -> float | None:
        """Seconds until the buffer has to be made durable, None if it is."""
        return None if self._since is None else max(0.0, self._since + settings().upload_keep_seconds - monotonic())

    async def write(self, content: bytes | bytearray) -> None:
        """Add bytes; each part they fill is put into the store. Raises TakenOver, StoreUnavailable, MoreThanAnnounced."""
        if self.offset + len(content) > self.lease.size_bytes:
            raise MoreThanAnnounced(size_bytes=self.lease.size_bytes)
        if self._since is None:
            self._since = monotonic()
        view, at = memoryview(content), 0
        while at < len(view):
            size = min(len(view) - at, self.lease.part_bytes - self._filled)
            self._buffer.append(view[at : at + size])
            at += size
            if self._filled == self.lease.part_bytes:
                await _store_threads.run(self._save_part)
                self._since = monotonic() if at < len(view) else None
        if self.spill_due_in == 0 or self._memory.is_exceeded():
            await self.spill()

    async def spill(self) -> None:
        """Make the buffer durable now, and free its memory. Raises TakenOver."""
        if self._filled > self._durable:
            await in_thread(self._save_tail)
        self._since = None
        self._begin = self._durable
        self._buffer.free()

    async def close(self) -> None:
        """Make all bytes durable; finish the upload if it has all of them, else release the lease. Raises TakenOver, StoreUnavailable."""
        lease = self.lease
        if self.offset == lease.size_bytes:
            await _store_threads.run(self._finish)
        elif self._filled > self._durable:
            await in_thread(self._save_tail, release=True)
        if lease.offset < lease.size_bytes and self._begin == 0:
            self._memory.park(lease.upload_id, self._digest.state, self._buffer)
            self._buffer = PartBuffer(0, self._memory)

    def discard(self) -> None:
        """Free the memory of what was not made durable."""
        self._buffer.free()

    def _finish(self) -> None:
        if self.lease.parts and self._filled > 0:
            self._save_part()
        elif self._filled > self._durable:
            # Also all of a small file: if the store does not answer now, the sweep finishes the upload from the database.
            self._save_tail()
        finishing.finish(store(), self.lease, now=clock.now())

    def _save_part(self) -> None:
        """Put tail and buffer into the store as one part, then save that in the row, which moves the offset."""
        lease = self.lease
        self._digest_new()
        content: bytes | bytearray = self._buffer.trimmed()
        if self._begin:
            with single_statements() as connection:
                content = b"".join([*writing.tail(connection, lease.upload_id), content])
        if lease.multipart_id is None:
            self._begin_multipart()
        assert lease.multipart_id is not None  # noqa: S101  # set by save_multipart
        part = store().put_part(lease.object_key, lease.multipart_id, lease.parts + 1, content)
        with single_statements() as connection:
            writing.save_part(connection, lease, part, digest_state=self._digest.state)
        lease.offset = lease.parts * lease.part_bytes + part.size_bytes
        lease.parts += 1
        self._buffer.rewind()
        self._begin = self._durable = 0

    def _begin_multipart(self) -> None:
        """Start the S3 multipart upload and save its id; if that fails, abort it: no row would lead the sweep to it. Raises TakenOver."""
        multipart_id = store().begin(self.lease.object_key)
        try:
            with single_statements() as connection:
                writing.save_multipart(connection, self.lease, multipart_id)
        except writing.TakenOver:
            store().abort(self.lease.object_key, multipart_id)
            raise

    def _save_tail(self, *, release: bool = False) -> None:
        """Save the bytes that are not durable as a piece of the tail."""
        self._digest_new()
        with memoryview(self._buffer.content) as buffer:
            content = bytes(buffer[self._durable - self._begin : self._buffer.filled])
        with single_statements() as connection:
            writing.save_tail(connection, self.lease, content, digest_state=self._digest.state, release=release)
        self.lease.offset += len(content)
        self._durable = self._filled

    def _digest_new(self) -> None:
        """Digest the bytes that are not durable."""
        with memoryview(self._buffer.content) as buffer, buffer[self._durable - self._begin : self._buffer.filled] as new:
            self._digest.update(new)
