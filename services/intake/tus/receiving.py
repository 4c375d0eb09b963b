"""From a request's body into the store: one part of memory a connection, whatever the length of the body.

Bytes gather in a buffer. Whenever they fill a part, the part goes to the store and the offset moves. When the body ends, or the
connection dies, what is left over is kept as a piece of the tail, so that the offset is true to the byte.
"""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import structlog
from starlette.requests import Request

from services.intake.tus.holding import Asked, hold, in_thread
from services.intake.tus.protocol import Checksum, ChecksumMismatch, ChunkTooLargeForChecksum, MoreThanAnnounced, OffsetMismatch
from shared import clock
from shared.database import transaction
from shared.errors import Unavailable
from shared.settings import settings
from shared.storage import StoreUnavailable, store
from shared.storage.digest import ResumableSha256
from shared.submissions.uploads import finishing, writing
from shared.submissions.uploads.writing import Writing

log = structlog.get_logger(__name__)

_buffers = 0


class TooManyUploads(Unavailable):
    """All buffers of this process are in use."""

    th = "ขณะนี้มีผู้ส่งไฟล์จำนวนมาก โปรแกรมจะลองส่งต่อเองในอีกสักครู่"
    en = "Many people are sending just now; the upload goes on by itself in a moment."


class Stopped(Exception):  # not a refusal: nobody is left to be told
    """The sender went away, was silent too long, or a newer connection takes over; what arrived is kept."""


class Receiver:
    """Takes the bytes of one held upload, in order, into one buffer: the part they belong to, from its beginning."""

    def __init__(self, held: Writing) -> None:
        self.held = held
        self._digest = ResumableSha256(held.digest_state)
        self._buffer = bytearray(max(0, min(held.part_bytes, held.size_bytes - held.parts * held.part_bytes)))
        self._durable = self._filled = held.tail_bytes
        """Within the part: where what is durable ends (the buffer lacks it), and where what was taken ends."""

    @property
    def offset(self) -> int:
        """Bytes taken so far, durable or in the buffer."""
        return self.held.offset + self._filled - self._durable

    async def take(self, content: bytes | bytearray) -> None:
        """Add bytes; each time they fill a part, it goes to the store. Raises TakenOver, StoreUnavailable, MoreThanAnnounced."""
        if self.offset + len(content) > self.held.size_bytes:
            raise MoreThanAnnounced(size_bytes=self.held.size_bytes)
        view, at = memoryview(content), 0
        while at < len(view):
            size = min(len(view) - at, len(self._buffer) - self._filled)
            with memoryview(self._buffer) as buffer:
                buffer[self._filled : self._filled + size] = view[at : at + size]
            self._filled += size
            at += size
            if self._filled == self.held.part_bytes:
                await in_thread(self._flush_part)

    async def keep(self) -> None:
        """Make everything taken durable; if it is the whole file, finish it. Raises TakenOver, StoreUnavailable."""
        await in_thread(self._keep)

    def _keep(self) -> None:
        held, is_whole = self.held, self.offset == self.held.size_bytes
        if is_whole and held.parts and self._filled > 0:
            self._flush_part()
        elif self._filled > self._durable:
            # Also the whole of a small file: should the store not answer now, the sweep puts it from here.
            self._keep_tail()
        if is_whole:
            finishing.finish(store(), held, now=clock.now())

    def _flush_part(self) -> None:
        """Send tail and buffer as one part, then note it; the offset moves only when the row says so."""
        held = self.held
        self._digest_new()
        if self._durable:
            with transaction() as session:
                self._buffer[: self._durable] = b"".join(writing.tail(session, held.upload_id))
        if held.multipart_id is None:
            multipart_id = store().begin(held.object_key)
            with transaction() as session:
                writing.keep_multipart(session, held, multipart_id)
        assert held.multipart_id is not None  # noqa: S101  # set by keep_multipart
        del self._buffer[self._filled :]  # the last part: shortened in place, not copied
        part = store().put_part(held.object_key, held.multipart_id, held.parts + 1, self._buffer)
        with transaction() as session:
            writing.keep_part(session, held, part, digest_state=self._digest.state)
        held.offset = held.parts * held.part_bytes + part.size_bytes
        held.parts += 1
        self._durable = self._filled = 0

    def _keep_tail(self) -> None:
        self._digest_new()
        content = bytes(memoryview(self._buffer)[self._durable : self._filled])
        with transaction() as session:
            writing.keep_tail(session, self.held, content, digest_state=self._digest.state)
        self.held.offset += len(content)
        self._durable = self._filled

    def _digest_new(self) -> None:
        with memoryview(self._buffer) as buffer, buffer[self._durable : self._filled] as new:
            self._digest.update(new)


async def receive(request: Request, upload_id: UUID, *, offset: int, checksum: Checksum | None) -> int:
    """Take the body of a request at `offset`; return the new offset.

    Raises OffsetMismatch, ChecksumMismatch, ChunkTooLargeForChecksum, MoreThanAnnounced, TooManyUploads, TakenOver, UploadUnknown,
    UploadGone; Stopped when the sender is not there any more. A store that fails at the very end is no error: the bytes are durable, and
    the sweep finishes the upload.
    """
    async with hold(upload_id) as (held, asked):
        if offset != held.offset:
            raise OffsetMismatch(offset=held.offset)
        with a_buffer():
            receiver = Receiver(held)
            if checksum is not None:
                await _take_verified(request, receiver, checksum, asked)
            else:
                await _take_streaming(request, receiver, asked)
            try:
                await receiver.keep()
            except StoreUnavailable as error:
                if held.offset != held.size_bytes:
                    raise
                log.warning("upload_waits_for_store", upload=str(upload_id), error=str(error))
    return held.offset


async def _take_streaming(request: Request, receiver: Receiver, asked: Asked) -> None:
    try:
        async for chunk in body_of(request, asked):
            await receiver.take(chunk)
    except (Stopped, MoreThanAnnounced):
        await asyncio.shield(receiver.keep())
        raise


async def _take_verified(request: Request, receiver: Receiver, checksum: Checksum, asked: Asked) -> None:
    """Hold the whole body until its checksum is known: a damaged request leaves no trace."""
    content, limit = bytearray(), receiver.held.part_bytes
    async for chunk in body_of(request, asked):
        if len(content) + len(chunk) > limit:
            raise ChunkTooLargeForChecksum(limit_bytes=limit)
        content += chunk
    if not checksum.matches(content):
        raise ChecksumMismatch
    await receiver.take(content)


async def body_of(request: Request, asked: Asked) -> AsyncIterator[bytes]:
    """Yield the body as it comes. Raises Stopped when the sender is gone or silent, or when the upload is asked for.

    What had reached this process by then is yielded before.
    """
    idle, more = settings().upload_idle_seconds, True
    while more:
        try:
            message = await asked.wait_for(request.receive, idle)
        except TimeoutError:
            yield _left_behind(request)
            raise Stopped("taken over" if asked.is_set() else "silent") from None
        if message["type"] == "http.disconnect":
            yield _left_behind(request)
            raise Stopped("disconnected")
        more = message.get("more_body", False)
        if message.get("body"):
            yield message["body"]


def _left_behind(request: Request) -> bytes:
    """Return the bytes that arrived but were not handed out: uvicorn tells of a dead connection before it hands out what came on it."""
    cycle = getattr(request.receive, "__self__", None)
    body: bytes | bytearray = getattr(cycle, "body", b"")
    if cycle is not None:
        cycle.body = b""
    return bytes(body)


class a_buffer:  # noqa: N801  # reads as what it is in a with statement
    """Count the buffers in use. Raises TooManyUploads."""

    def __enter__(self) -> None:
        global _buffers  # noqa: PLW0603  # counted in the one event loop of the process
        if _buffers >= settings().upload_buffers:
            raise TooManyUploads
        _buffers += 1

    def __exit__(self, *_: object) -> None:
        global _buffers  # noqa: PLW0603
        _buffers -= 1


async def durable_offset(upload_id: UUID) -> int:
    """Return how much of a receiving upload is durable, after any connection that still writes it has let go."""
    async with hold(upload_id) as (held, _):
        return held.offset
