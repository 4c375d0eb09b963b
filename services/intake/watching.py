"""Open pages that wait for news: one task a process asks the database for all of them at once, while there are any."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from services.web import shutdown
from shared.database import transaction
from shared.listing.changes import marks

log = structlog.get_logger(__name__)

ASK_SECONDS = 0.5
"""How often a process asks; one query for all pages."""
SIGN_OF_LIFE_SECONDS = 15.0
"""How often a stream without news says that it lives, so that nothing on the way cuts it."""
STREAM_SECONDS = 300.0
"""How long a stream lasts: then the browser asks anew, and whether it may is asked anew."""


class _Page:
    """An open page: what it knows, and what wakes it."""

    def __init__(self, submission_id: UUID, seen: str) -> None:
        self.submission_id = submission_id
        self.seen = seen
        self.news: str | None = None
        self.woken = asyncio.Event()


_open: set[_Page] = set()
_watcher: asyncio.Task[None] | None = None
_is_ending = False


async def changes(submission_id: UUID, *, seen: str) -> AsyncIterator[str | None]:
    """Yield a submission's mark each time it differs from the one seen, None as a sign of life; ends after `STREAM_SECONDS`."""
    page = _Page(submission_id, seen)
    _open.add(page)
    _watch()
    until = asyncio.get_running_loop().time() + STREAM_SECONDS
    try:
        yield None
        while not _is_ending and asyncio.get_running_loop().time() < until:
            try:
                async with asyncio.timeout(SIGN_OF_LIFE_SECONDS):
                    await page.woken.wait()
            except TimeoutError:
                yield None
                continue
            page.woken.clear()
            if page.news is not None:
                page.seen, page.news = page.news, None
                yield page.seen
    finally:
        _open.discard(page)


def _watch() -> None:
    global _watcher  # noqa: PLW0603  # one a process, alive while pages are open
    if _watcher is None:
        shutdown.hear(_end)
    if _watcher is None or _watcher.done():
        _watcher = asyncio.create_task(_ask_around())


def _end() -> None:
    global _is_ending  # noqa: PLW0603  # a process ends once
    _is_ending = True
    for page in _open:
        page.woken.set()


async def _ask_around() -> None:
    while _open and not _is_ending:
        try:
            found = await run_in_threadpool(_marks, {page.submission_id for page in _open})
        except SQLAlchemyError as error:
            log.warning("news_not_asked", error=str(error))
        else:
            for page in _open:
                mark = found.get(page.submission_id)
                if mark is not None and mark != page.seen:
                    page.news = mark
                    page.woken.set()
        await asyncio.sleep(ASK_SECONDS)


def _marks(submission_ids: set[UUID]) -> dict[UUID, str]:
    with transaction() as session:
        return marks(session, submission_ids)
