"""A submission's page: what is asked now, what was filed, what comes next; and submitting it."""

from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.intake.pages.assist import back_to
from services.intake.pages.stage import stage_page
from services.intake.schemas import StageView, SubmissionView
from services.intake.submission_view import Seen, seen_by, view
from services.intake.submitting import submit_for
from services.people.identity import Asking, BrowserSession, keep_session
from services.web import errors
from services.web.database import Transaction
from services.web.language import language_of
from services.web.templates import Page, show
from shared import clock
from shared.listing import changes
from shared.people import operations as people
from shared.people.person import Person
from shared.settings import secret_key
from shared.submissions import operations
from shared.submissions.history import HistoryLine, history_of
from shared.submissions.sheet import STANDINGS
from shared.text import Tag

router = APIRouter(prefix="/s")


class OverviewPage(Page):
    """A submission of several stages: what is asked now, what was filed with its receipts, and what comes next."""

    template: ClassVar[str] = "intake/overview.html"

    submission: SubmissionView
    tag: Tag
    asked: list[StageView]
    """What the reader may still change or submit, the nearest deadline first."""
    filed: list[StageView]
    """The other stages that are or were asked."""
    coming: list[StageView]
    history: list[HistoryLine]
    """The newest first."""
    may_withdraw: bool
    helps: bool
    mark: str


def overview_page(seen: Seen, submission: SubmissionView, history: list[HistoryLine], person: Person, *, mark: str) -> OverviewPage:
    """Return the page as `person` sees it."""
    asked = [state for state in seen.states if state.is_mine and (state.row.next_step is None or state.has_changes) and state.may_change]
    keys = [state.of.stage.key for state in sorted(asked, key=lambda state: state.of.filing.due_at)]
    by_key = {stage.key: stage for stage in submission.stages}
    return OverviewPage(
        submission=submission,
        tag=STANDINGS[submission.state].tag,
        asked=[by_key[key] for key in keys],
        filed=[stage for stage in submission.stages if stage.state is not None and stage.key not in keys],
        coming=[stage for stage in submission.stages if stage.state is None],
        history=history[::-1],
        may_withdraw=submission.id in person.submissions and not seen.submission.is_out,
        helps=person.account_id is not None,
        mark=mark,
    )


@router.get("/submissions/{submission_id}")
def page(request: Request, session: Transaction, person: Asking, submission_id: UUID, task: str | None = None) -> Response:
    """What is asked now, what was filed and what comes next; while there is only one stage to see, that stage's page itself.

    Its script fetches it again for the parts that change.
    """
    now = clock.now()
    seen = seen_by(session, person, submission_id, now=now)
    if submission_id in person.submissions and seen.submission.opened_at is None:
        operations.open_(session, seen.submission, by=person.actor, now=now)
        seen = seen_by(session, person, submission_id, now=now)
    if len(seen.states) == 1:
        return show(request, stage_page(request, session, seen, seen.states[0], person, asked=task))
    mark = changes.marks(session, [submission_id])[submission_id]
    history = history_of(session, submission_id)
    return show(request, overview_page(seen, view(session, seen, history, language=language_of(request)), history, person, mark=mark))


@router.post("/submissions/{submission_id}/submit")
def submit(
    request: Request,
    session: Transaction,
    person: Asking,
    submission_id: UUID,
    code: Annotated[str, Form(max_length=20)] = "",
    stage: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Submit, and show the page again; an officer needs the `code` that the group told."""
    refusal = submit_for(session, person, submission_id, stage=stage or None, code=code or None, now=clock.now())
    return errors.answer(request, refusal) if refusal else RedirectResponse(back_to(submission_id, stage, back), 303)


@router.get("/{token}")
def enter(session: Transaction, token: str, current: BrowserSession) -> Response:
    """Let a browser in by the group's link; the token leaves the address at once."""
    submission_id, credential = people.open_link(session, token=token, current=current, now=clock.now(), secret=secret_key())
    response = RedirectResponse(f"/s/submissions/{submission_id}", 303)
    keep_session(response, credential)
    return response
