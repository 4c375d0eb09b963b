"""Holding an upload: the newest connection wins, in this process and across processes.

A connection that wants an upload says so in the row (and to a holder in this process directly). The holder keeps what it has and lets go;
one that does not within `PATIENCE` seconds is taken over by force, and from then on nothing it writes counts.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog
from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from services.web import shutdown
from shared.database import single_statements, transaction
from shared.settings import settings
from shared.submissions.uploads import writing
from shared.submissions.uploads.writing import Writing

log = structlog.get_logger(__name__)

PATIENCE = 0.9
"""Seconds a holder has to let go."""
WATCH_SECONDS = 0.25
"""How often a process asks whether somebody wants what it holds; one query for all."""
THREADS = 16
"""Threads of a process for the database's share in uploads."""
STORE_THREADS = 8
"""Threads of a process that send parts to the store; each may hold a part beside its connection's buffer."""

T = TypeVar("T")
M = TypeVar("M")

_limiters: dict[int, CapacityLimiter] = {}
_held: dict[UUID, tuple[UUID, "Asked"]] = {}
"""Token → (upload, what asks its holder in this process to let go)."""
_watcher: asyncio.Task[None] | None = None


class Asked:
    """Asks a holder to let go, also while it waits for its sender."""

    def __init__(self) -> None:
        self._is_set = False
        self._waiting: asyncio.Timeout | None = None

    def set(self) -> None:
        """Ask."""
        if not self._is_set:
            self._is_set = True
            if self._waiting is not None and not self._waiting.expired():
                self._waiting.reschedule(asyncio.get_running_loop().time())

    def is_set(self) -> bool:
        """Whether somebody has asked."""
        return self._is_set

    async def wait_for(self, message: Callable[[], Awaitable[M]], seconds: float) -> M:
        """Return the next message. Raises TimeoutError when none comes in so long, or when somebody asks."""
        try:
            async with asyncio.timeout(0 if self._is_set else seconds) as self._waiting:
                return await message()
        finally:
            self._waiting = None


async def in_thread(call: Callable[[], T]) -> T:
    """Run what waits on the database in a thread; finished even if the connection is cancelled."""
    return await to_thread.run_sync(call, limiter=_limiter(THREADS))


async def in_store_thread(call: Callable[[], T]) -> T:
    """Run what sends a part to the store in a thread; finished even if the connection is cancelled."""
    return await to_thread.run_sync(call, limiter=_limiter(STORE_THREADS))


def _limiter(threads: int) -> CapacityLimiter:
    """Return the limiter of that many threads; made inside the event loop it belongs to."""
    if threads not in _limiters:
        _limiters[threads] = CapacityLimiter(threads)
    return _limiters[threads]


async def by_itself(call: Callable[[Connection], T]) -> T:
    """Run `call`, whose statements are transactions of their own, in a thread."""

    def run() -> T:
        with single_statements() as connection:
            return call(connection)

    return await in_thread(run)


async def in_transaction(call: Callable[[Session], T]) -> T:
    """Run `call` in one transaction in a thread."""

    def run() -> T:
        with transaction() as session:
            return call(session)

    return await in_thread(run)


def lease() -> timedelta:
    """How long a holder may be silent."""
    return timedelta(seconds=settings().upload_lease_seconds)


@asynccontextmanager
async def hold(upload_id: UUID) -> AsyncIterator[tuple[Writing, Asked]]:
    """Hold an upload: yields it, and what asks to let go. Raises UploadUnknown, UploadGone, TakenOver (it has arrived)."""
    held = await _take(upload_id)
    asked = Asked()
    _held[held.token] = (upload_id, asked)
    _watch()
    try:
        yield held, asked
    finally:
        try:
            if not held.is_released:
                await asyncio.shield(by_itself(partial(writing.release, writing=held)))
        finally:
            _held.pop(held.token, None)


async def _take(upload_id: UUID) -> Writing:
    clock = asyncio.get_running_loop()
    until = clock.time() + PATIENCE
    held = await by_itself(lambda connection: writing.take(connection, upload_id, lease=lease()))
    if held is None:
        await by_itself(lambda connection: writing.want(connection, upload_id))
    while held is None:
        for other, asked in _held.values():
            if other == upload_id:
                asked.set()
        await asyncio.sleep(0.05)
        force = clock.time() > until
        held = await by_itself(lambda connection, force=force: writing.take(connection, upload_id, lease=lease(), by_force=force))  # type: ignore[misc]
    return held


def _watch() -> None:
    global _watcher  # noqa: PLW0603  # one a process, alive while it holds uploads
    if _watcher is None:
        shutdown.hear(_let_go)
    if _watcher is None or _watcher.done():
        _watcher = asyncio.create_task(_ask_around())


def _let_go() -> None:
    """Ask every holder of this process to keep what it has: the process is to end."""
    for _, asked in _held.values():
        asked.set()


async def _ask_around() -> None:
    """Renew this process's leases, and pass on to holders that somebody wants their upload or has taken it."""
    while _held:
        tokens = set(_held)
        try:
            living, wanted = await by_itself(lambda connection, tokens=tokens: writing.held_and_wanted(connection, tokens, lease=lease()))  # type: ignore[misc]
        except SQLAlchemyError as error:
            log.warning("upload_leases_not_renewed", error=str(error))
        else:
            for token in wanted | (tokens - living):
                if token in _held:
                    _held[token][1].set()
        await asyncio.sleep(WATCH_SECONDS)
