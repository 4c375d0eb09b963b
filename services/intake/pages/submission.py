"""A group's page: what is asked, sending it, where it stands, handing it in."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.intake import advice
from services.intake.access import visible
from services.intake.pages.assist import back_to
from services.intake.schemas import view
from services.intake.submitting import hand_in
from services.intake.tasks import tasks
from services.people.identity import Asking, BrowserSession, keep_session
from services.web import errors
from services.web.database import Transaction
from services.web.language import language_of
from services.web.templates import render
from shared import clock
from shared.listing import changes
from shared.people import operations as people
from shared.people.person import Act
from shared.settings import secret_key
from shared.submissions import operations
from shared.submissions.texts import STATES

router = APIRouter(prefix="/s")


@router.get("/submissions/{submission_id}")
def page(request: Request, session: Transaction, person: Asking, submission_id: UUID, task: str | None = None) -> Response:
    """The whole page with one task open: the next to do, or `task`. Its script fetches it again for the parts that change."""
    submission, group, programme = visible(session, person, submission_id, Act.SEE_SUBMISSION)
    if submission.id in person.submissions:
        operations.open_(session, submission, by=person.actor, now=clock.now())
    mark = changes.marks(session, [submission.id])[submission.id]
    seen = view(session, submission, group, programme, language=language_of(request), now=clock.now())
    return render(
        request,
        "intake/submission.html",
        submission=seen,
        look=STATES[seen["state"]][2],
        tasks=tasks(seen, asked=task),
        advice=advice,
        mark=mark,
    )


@router.post("/submissions/{submission_id}/submit")
def submit(
    request: Request,
    session: Transaction,
    person: Asking,
    submission_id: UUID,
    code: Annotated[str, Form(max_length=20)] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Hand in, and show the page again; an officer needs the `code` that the group told."""
    refusal = hand_in(session, person, submission_id, code=code or None, now=clock.now())
    return errors.answer(request, refusal) if refusal else RedirectResponse(back_to(submission_id, back), 303)


@router.get("/{token}")
def enter(session: Transaction, token: str, current: BrowserSession) -> Response:
    """Let a browser in by the group's link; the token leaves the address at once."""
    submission_id, credential = people.open_link(session, token=token, current=current, now=clock.now(), secret=secret_key())
    response = RedirectResponse(f"/s/submissions/{submission_id}", 303)
    keep_session(response, credential)
    return response
