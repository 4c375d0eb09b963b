"""A group's page: what is asked for, uploading it, its status, submitting it."""

from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.intake.access import visible
from services.intake.pages.assist import back_to
from services.intake.schemas import SubmissionView
from services.intake.submission_view import view
from services.intake.submitting import submit_for
from services.intake.tasks import Tasks, tasks
from services.people.identity import Asking, BrowserSession, keep_session
from services.web import errors
from services.web.database import Transaction
from services.web.language import language_of
from services.web.templates import Page, show
from shared import clock
from shared.listing import changes
from shared.people import operations as people
from shared.people.models import Role
from shared.people.person import Act, Person
from shared.settings import secret_key
from shared.submissions import operations
from shared.submissions.history import HistoryLine, history_of
from shared.submissions.sheet import SHEET, NextStepCode
from shared.text import Tag

router = APIRouter(prefix="/s")
LAST_DAY = 24 * 3600
"""Seconds before the deadline from which the time left is renewed each minute."""


class SubmissionPage(Page):
    """A group's page with one task open."""

    template: ClassVar[str] = "intake/submission.html"

    submission: SubmissionView
    tag: Tag
    tasks: Tasks
    history: list[HistoryLine]
    """The newest first."""
    is_submitted: bool
    """The group has submitted, and nothing was returned."""
    is_ready: bool
    """Nothing is left to do but to submit."""
    is_last_day: bool
    changes_alone: bool
    """The summary changes without an event: the place in the queue, or the time left on the last day."""
    must_fix: bool
    """A file must be replaced next."""
    by_link: bool
    """The reader has the group's link, so may submit; an officer without it may only ask the group to confirm."""
    asks: bool
    """The group is asked to confirm, or an officer may ask it to."""
    helps: bool
    """The page has the parts for officers."""
    mark: str
    """Differs once something happened, see `shared.listing.changes`."""


def submission_page(
    submission: SubmissionView, history: list[HistoryLine], person: Person, *, asked: str | None, mark: str
) -> SubmissionPage:
    """Return the page as `person` sees it; `asked` is the task they chose to open."""
    by_link = submission.id in person.submissions
    is_submitted = not SHEET[submission.state].may_upload
    is_ready = submission.may_submit and submission.next_step.code is NextStepCode.SUBMIT
    is_last_day = not is_submitted and submission.time_left.seconds < LAST_DAY
    return SubmissionPage(
        submission=submission,
        tag=SHEET[submission.state].tag,
        tasks=tasks(submission, asked=asked),
        history=history[::-1],
        is_submitted=is_submitted,
        is_ready=is_ready,
        is_last_day=is_last_day,
        changes_alone=is_last_day or (is_submitted and submission.queue is not None),
        must_fix=submission.next_step.code is NextStepCode.MEND,
        by_link=by_link,
        asks=is_ready and (submission.prepared is not None if by_link else person.has(Role.OFFICER)),
        helps=person.account_id is not None or submission.prepared is not None,
        mark=mark,
    )


@router.get("/submissions/{submission_id}")
def page(request: Request, session: Transaction, person: Asking, submission_id: UUID, task: str | None = None) -> Response:
    """The whole page with one task open: the next to do, or `task`. Its script fetches it again for the parts that change."""
    submission, group, programme = visible(session, person, submission_id, Act.SEE_SUBMISSION)
    if submission.id in person.submissions:
        operations.open_(session, submission, by=person.actor, now=clock.now())
    mark = changes.marks(session, [submission.id])[submission.id]
    history = history_of(session, submission.id)
    seen = view(session, submission, group, programme, history, language=language_of(request), now=clock.now())
    return show(request, submission_page(seen, history, person, asked=task, mark=mark))


@router.post("/submissions/{submission_id}/submit")
def submit(
    request: Request,
    session: Transaction,
    person: Asking,
    submission_id: UUID,
    code: Annotated[str, Form(max_length=20)] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Submit, and show the page again; an officer needs the `code` that the group told."""
    refusal = submit_for(session, person, submission_id, code=code or None, now=clock.now())
    return errors.answer(request, refusal) if refusal else RedirectResponse(back_to(submission_id, back), 303)


@router.get("/{token}")
def enter(session: Transaction, token: str, current: BrowserSession) -> Response:
    """Let a browser in by the group's link; the token leaves the address at once."""
    submission_id, credential = people.open_link(session, token=token, current=current, now=clock.now(), secret=secret_key())
    response = RedirectResponse(f"/s/submissions/{submission_id}", 303)
    keep_session(response, credential)
    return response
