"""Open pages that wait for changes: one query for all of them, repeated while there are any."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from services.web.periodic import PeriodicWatcher
from services.web.threads import in_transaction
from shared.listing.changes import marks

LOOK_SECONDS = 0.5
"""How often a process looks for changes."""
SIGN_OF_LIFE_SECONDS = 15.0
"""How often a stream without changes sends a comment, so that no proxy cuts it."""
STREAM_SECONDS = 300.0
"""Maximum length of a stream. The browser reconnects, and its access is checked again."""


class _Page:
    """An open page: the mark it has seen, a newer one if there is, and what wakes its stream."""

    def __init__(self, submission_id: UUID, seen: str) -> None:
        self.submission_id = submission_id
        self.seen = seen
        self.newer: str | None = None
        self.woken = asyncio.Event()


class OpenPages:
    """The open pages of this process."""

    def __init__(self) -> None:
        self._pages: set[_Page] = set()
        self._is_ending = False
        self._watcher = PeriodicWatcher("open_pages", self._look, seconds=LOOK_SECONDS, at_shutdown=self._end)

    async def changes(self, submission_id: UUID, *, seen: str) -> AsyncIterator[str | None]:
        """Yield a submission's mark each time it differs from the one seen, None as a sign of life; ends after `STREAM_SECONDS`."""
        page = _Page(submission_id, seen)
        self._pages.add(page)
        self._watcher.start()
        until = asyncio.get_running_loop().time() + STREAM_SECONDS
        try:
            yield None
            while not self._is_ending and asyncio.get_running_loop().time() < until:
                try:
                    async with asyncio.timeout(SIGN_OF_LIFE_SECONDS):
                        await page.woken.wait()
                except TimeoutError:
                    yield None
                    continue
                page.woken.clear()
                if page.newer is not None:
                    page.seen, page.newer = page.newer, None
                    yield page.seen
        finally:
            self._pages.discard(page)
            if not self._pages:
                self._watcher.stop()

    def _end(self) -> None:
        """End every stream: the process is to end."""
        self._is_ending = True
        self._watcher.stop()
        for page in self._pages:
            page.woken.set()

    async def _look(self) -> None:
        """Wake the pages whose submission has changed."""
        found = await in_transaction(marks, {page.submission_id for page in self._pages})
        for page in self._pages:
            mark = found.get(page.submission_id)
            if mark is not None and mark != page.seen:
                page.newer = mark
                page.woken.set()
