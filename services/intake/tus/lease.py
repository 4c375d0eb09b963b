"""Write leases of uploads: the newest connection wins, within one process and across processes.

A connection that needs an upload whose lease another holds notes it in the row (`wanted_at`), and asks a holder of the same process
directly. The holder saves what it has received and releases the lease. One that does not within `PATIENCE_SECONDS` loses the lease: from
then on the database refuses what it writes.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from services.web.periodic import PeriodicWatcher
from services.web.threads import in_autocommit
from shared.submissions.uploads import writing
from shared.submissions.uploads.writing import WriteLease

PATIENCE_SECONDS = 0.9
"""Time a holder has to release its lease."""
RETRY_SECONDS = 0.05
"""How often a connection that waits for a lease tries to claim it."""
RENEW_SECONDS = 0.25
"""How often a process renews its leases and looks whether somebody needs one of them; one query for all."""

M = TypeVar("M")


class ReleaseRequest:
    """Tells the holder of a lease that it has to release it, also while it waits for its sender."""

    def __init__(self) -> None:
        self._is_set = False
        self._waiting: asyncio.Timeout | None = None

    def set(self) -> None:
        """Ask the holder to release."""
        if not self._is_set:
            self._is_set = True
            if self._waiting is not None and not self._waiting.expired():
                self._waiting.reschedule(asyncio.get_running_loop().time())

    def is_set(self) -> bool:
        """Say whether the holder was asked to release."""
        return self._is_set

    async def wait_for(self, message: Callable[[], Awaitable[M]], seconds: float) -> M:
        """Return the next message. Raises TimeoutError when none comes within `seconds`, or when this request is set."""
        try:
            async with asyncio.timeout(0 if self._is_set else seconds) as self._waiting:
                return await message()
        finally:
            self._waiting = None


class Leases:
    """The leases that this process holds, renewed as long as there are any."""

    def __init__(self, *, duration: timedelta) -> None:
        self._duration = duration
        """How long a lease lasts without being renewed."""
        self._held: dict[UUID, tuple[UUID, ReleaseRequest]] = {}
        """Token of a lease → (upload id, request to its holder)."""
        self._watcher = PeriodicWatcher("upload_leases", self._renew, seconds=RENEW_SECONDS, at_shutdown=self._ask_all)

    @asynccontextmanager
    async def lease(self, upload_id: UUID) -> AsyncIterator[tuple[WriteLease, ReleaseRequest]]:
        """Hold the lease of an upload, taken over from another holder if need be.

        Raises UploadUnknown, UploadGone, and TakenOver when the upload has arrived.
        """
        lease = await self._claim(upload_id)
        release_request = ReleaseRequest()
        self._held[lease.token] = (upload_id, release_request)
        self._watcher.start()
        try:
            yield lease, release_request
        finally:
            try:
                if not lease.is_released:
                    await asyncio.shield(in_autocommit(writing.release, lease))
            finally:
                self._held.pop(lease.token, None)
                if not self._held:
                    self._watcher.stop()

    async def _claim(self, upload_id: UUID) -> WriteLease:
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE_SECONDS
        lease = await in_autocommit(writing.claim, upload_id, duration=self._duration)
        if lease is None:
            await in_autocommit(writing.request_release, upload_id)
        while lease is None:
            for other, release_request in self._held.values():
                if other == upload_id:
                    release_request.set()
            await asyncio.sleep(RETRY_SECONDS)
            lease = await in_autocommit(writing.claim, upload_id, duration=self._duration, by_force=loop.time() > until)
        return lease

    def _ask_all(self) -> None:
        """Ask every holder to save what it has and release: the process is to end."""
        for _, release_request in self._held.values():
            release_request.set()

    async def _renew(self) -> None:
        """Renew all leases; ask the holders of those that somebody needs, and of those that were lost, to release."""
        tokens = set(self._held)
        renewed, wanted = await in_autocommit(writing.renew, tokens, duration=self._duration)
        for token in wanted | (tokens - renewed):
            if token in self._held:
                self._held[token][1].set()
