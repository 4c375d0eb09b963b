"""A request's body as it comes: streamed into a receiver, or held until its checksum is known; ended when asked for, silent or slow."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import structlog
from starlette.requests import Request

from services.intake.tus.lease import Asked, hold
from services.intake.tus.memory import a_connection
from services.intake.tus.protocol import Checksum, ChecksumMismatch, ChunkTooLargeForChecksum, MoreThanAnnounced, OffsetMismatch
from services.intake.tus.receiving import Receiver
from shared.settings import settings
from shared.storage import StoreUnavailable

QUIET_SECONDS = 0.03
LAST_SECONDS = 0.4
"""A connection that is asked to end may bring what is on its way: until it is quiet, and not for longer than this."""

log = structlog.get_logger(__name__)


class Stopped(Exception):  # not a refusal: nobody is left to be told
    """The sender went away, was silent or too slow, or a newer connection takes over; what arrived is kept."""


async def receive(request: Request, upload_id: UUID, *, offset: int, checksum: Checksum | None) -> int:
    """Take the body of a request at `offset`; return the new offset.

    Raises OffsetMismatch, ChecksumMismatch, ChunkTooLargeForChecksum, MoreThanAnnounced, TooManyUploads, TakenOver, UploadUnknown,
    UploadGone; Stopped when the sender is not there any more. A store that fails at the very end is no error: the bytes are durable, and
    the sweep finishes the upload.
    """
    with a_connection():
        async with hold(upload_id) as (held, asked):
            if offset != held.offset:
                raise OffsetMismatch(offset=held.offset)
            receiver = Receiver(held)
            try:
                if checksum is not None:
                    await _take_verified(request, receiver, checksum, asked)
                else:
                    await _take_streaming(request, receiver, asked)
                await receiver.keep()
            except StoreUnavailable as error:
                if held.offset != held.size_bytes:
                    raise
                log.warning("upload_waits_for_store", upload=str(upload_id), error=str(error))
            finally:
                receiver.give_back()
    return held.offset


async def durable_offset(upload_id: UUID) -> int:
    """Return how much of a receiving upload is durable, after any connection that still writes it has let go."""
    async with hold(upload_id) as (held, _):
        return held.offset


async def _take_streaming(request: Request, receiver: Receiver, asked: Asked) -> None:
    """Take bytes as they come; whatever ends the connection, also the end of this process, what came is kept."""
    try:
        async for chunk in body_of(request, asked, receiver):
            await receiver.take(chunk)
    except (Stopped, MoreThanAnnounced, asyncio.CancelledError):
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


async def body_of(request: Request, asked: Asked, receiver: Receiver | None = None) -> AsyncIterator[bytes]:
    """Yield the body as it comes; what `receiver` has of a slow one is made durable meanwhile.

    Raises Stopped when the sender is gone, silent or slower than the least rate, or when the upload is asked for. What had reached this
    process by then is yielded before.
    """
    loop, window, least = asyncio.get_running_loop(), settings().upload_idle_seconds, settings().upload_min_bytes_per_second
    until, came, more = loop.time() + window, 0, True
    while more:
        now = loop.time()
        if now >= until:
            if came < least * window:
                yield _left_behind(request)
                raise Stopped("too slow" if came else "silent")
            until, came = now + window, 0
        keeps_in = receiver.keeps_in if receiver else None
        try:
            message = await asked.wait_for(request.receive, until - now if keeps_in is None else min(until - now, keeps_in))
        except TimeoutError:
            if asked.is_set():
                async for rest in _rest_of(request):
                    yield rest
                raise Stopped("taken over") from None
            if receiver is not None and receiver.keeps_in == 0:
                await receiver.spill()
            continue
        if message["type"] == "http.disconnect":
            yield _left_behind(request)
            raise Stopped("disconnected")
        more = message.get("more_body", False)
        if chunk := message.get("body"):
            came += len(chunk)
            yield chunk


async def _rest_of(request: Request) -> AsyncIterator[bytes]:
    """Yield what is on its way on a connection that has to end: mostly its sender is gone already, and its last bytes wait to be read."""
    clock = asyncio.get_running_loop()
    until, more = clock.time() + LAST_SECONDS, True
    while more and clock.time() < until:
        try:
            async with asyncio.timeout(QUIET_SECONDS):
                message = await request.receive()
        except TimeoutError:
            break
        more = message.get("more_body", False)
        if rest := message.get("body"):
            yield rest
    yield _left_behind(request)


def _left_behind(request: Request) -> bytes:
    """Return the bytes that arrived but were not handed out: uvicorn tells of a dead connection before it hands out what came on it."""
    cycle = getattr(request.receive, "__self__", None)
    body: bytes | bytearray = getattr(cycle, "body", b"")
    if cycle is not None:
        cycle.body = b""
    return bytes(body)
