"""Changes of a submission as server-sent events: they say only that something changed; the page, loaded again, says what."""

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from services.intake.access import visible
from services.intake.watching import OpenPages
from services.people.identity import Asking
from services.web.database import Transaction
from shared.people.person import Act

router = APIRouter(prefix="/s")

AGAIN_MILLISECONDS = 3000
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""No proxy may buffer the stream."""


@router.get("/submissions/{submission_id}/events")
def events(request: Request, session: Transaction, person: Asking, submission_id: UUID, since: str = "") -> StreamingResponse:
    """Stream `changed` each time the submission differs from the mark `since`, or from the last one this browser received."""
    visible(session, person, submission_id, Act.SEE_SUBMISSION)
    seen = request.headers.get("last-event-id") or since
    return StreamingResponse(_stream(request.app.state.open_pages, submission_id, seen), media_type="text/event-stream", headers=HEADERS)


async def _stream(pages: OpenPages, submission_id: UUID, seen: str) -> AsyncIterator[str]:
    """Yield the events of one open page. The database session of the request has ended before the first."""
    yield f"retry: {AGAIN_MILLISECONDS}\n\n"
    async for mark in pages.changes(submission_id, seen=seen):
        yield ":\n\n" if mark is None else f"id: {mark}\nevent: changed\ndata: {mark}\n\n"
