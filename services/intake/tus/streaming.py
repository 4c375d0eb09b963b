"""A request's body as it comes: written at once, or collected until its checksum is verified; ended on request, or when silent or slow."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import structlog
from starlette.requests import Request

from services.intake.tus.lease import ReleaseRequest
from services.intake.tus.protocol import Checksum, ChecksumMismatch, ChunkTooLargeForChecksum, MoreThanAnnounced, OffsetMismatch
from services.intake.tus.receiving import Receiver
from services.intake.tus.server import UploadServer
from services.intake.tus.unread import take_unread
from shared.settings import settings
from shared.storage import StoreUnavailable

QUIET_SECONDS = 0.03
LAST_SECONDS = 0.4
"""A connection that has to end may still deliver what is on its way, until it is quiet for `QUIET_SECONDS`, at most for `LAST_SECONDS`."""

log = structlog.get_logger(__name__)


class Stopped(Exception):  # not a refusal: nobody is left to read one
    """The sender disconnected, was silent or too slow, or a newer connection took over. What was received is durable."""


async def receive(request: Request, server: UploadServer, upload_id: UUID, *, offset: int, checksum: Checksum | None) -> int:
    """Write the body of a request at `offset`; return the new offset.

    Raises OffsetMismatch, ChecksumMismatch, ChunkTooLargeForChecksum, MoreThanAnnounced, TooManyUploads, TakenOver, UploadUnknown,
    UploadGone; Stopped when the sender is not there any more. A store that fails after the last byte is no error: all bytes are durable,
    and the sweep finishes the upload.
    """
    with server.memory.connection():
        async with server.leases.lease(upload_id) as (lease, release_request):
            if offset != lease.offset:
                raise OffsetMismatch(offset=lease.offset)
            receiver = Receiver(lease, server.memory)
            try:
                if checksum is not None:
                    await _write_verified(request, receiver, checksum, release_request)
                else:
                    await _write_streaming(request, receiver, release_request)
                await receiver.close()
            except StoreUnavailable as error:
                if lease.offset != lease.size_bytes:
                    raise
                log.warning("upload_waits_for_store", upload=str(upload_id), error=str(error))
            finally:
                receiver.discard()
    return lease.offset


async def durable_offset(server: UploadServer, upload_id: UUID) -> int:
    """Return how many bytes of an upload are durable, after any connection that still writes it has released it."""
    async with server.leases.lease(upload_id) as (lease, _):
        return lease.offset


async def _write_streaming(request: Request, receiver: Receiver, release_request: ReleaseRequest) -> None:
    """Write bytes as they come. Whatever ends the connection, also the end of this process, what came is made durable."""
    try:
        async for chunk in body_of(request, release_request, receiver):
            await receiver.write(chunk)
    except (Stopped, MoreThanAnnounced, asyncio.CancelledError):
        await asyncio.shield(receiver.close())
        raise


async def _write_verified(request: Request, receiver: Receiver, checksum: Checksum, release_request: ReleaseRequest) -> None:
    """Collect the whole body and verify its checksum before writing it: of a damaged request nothing is written."""
    content, limit = bytearray(), receiver.lease.part_bytes
    async for chunk in body_of(request, release_request):
        if len(content) + len(chunk) > limit:
            raise ChunkTooLargeForChecksum(limit_bytes=limit)
        content += chunk
    if not checksum.matches(content):
        raise ChecksumMismatch
    await receiver.write(content)


async def body_of(request: Request, release_request: ReleaseRequest, receiver: Receiver | None = None) -> AsyncIterator[bytes]:
    """Yield the body as it comes; meanwhile the buffer of `receiver` is made durable in time if the sender is slow.

    Raises Stopped when the sender disconnects, is silent or slower than the minimum rate, or when the lease has to be released. Everything
    that had reached this process by then is yielded before.
    """
    loop, window, least = asyncio.get_running_loop(), settings().upload_idle_seconds, settings().upload_min_bytes_per_second
    until, came, more = loop.time() + window, 0, True
    while more:
        now = loop.time()
        if now >= until:
            if came < least * window:
                yield take_unread(request)
                raise Stopped("too slow" if came else "silent")
            until, came = now + window, 0
        spill_due_in = receiver.spill_due_in if receiver else None
        wait = until - now if spill_due_in is None else min(until - now, spill_due_in)
        try:
            message = await release_request.wait_for(request.receive, wait)
        except TimeoutError:
            if release_request.is_set():
                async for rest in _rest_of(request):
                    yield rest
                raise Stopped("taken over") from None
            if receiver is not None and receiver.spill_due_in == 0:
                await receiver.spill()
            continue
        if message["type"] == "http.disconnect":
            yield take_unread(request)
            raise Stopped("disconnected")
        more = message.get("more_body", False)
        if chunk := message.get("body"):
            came += len(chunk)
            yield chunk


async def _rest_of(request: Request) -> AsyncIterator[bytes]:
    """Yield what is on its way on a connection that has to end. Mostly its sender is gone, and its last bytes wait to be read."""
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
    yield take_unread(request)
