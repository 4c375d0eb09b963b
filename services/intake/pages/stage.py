"""A stage's page: its questions and files, their status, and submitting them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from services.intake import advice, stage_view
from services.intake.fields import Sheet
from services.intake.filing_state import FilingState
from services.intake.schemas import StageAsked, SubmissionView
from services.intake.submission_view import Seen, seen_by, stage_of, view
from services.intake.tasks import Tasks, tasks
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.fields import Clash, FieldView
from services.web.language import language_of
from services.web.templates import Page, show
from shared import clock
from shared.forms.checking import check
from shared.listing import changes
from shared.people.models import Role
from shared.people.person import Person
from shared.programmes.stages import Office
from shared.submissions import operations
from shared.submissions.history import HistoryLine, history_of
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.sheet import FILING_SHEET, STANDINGS, NextStepCode
from shared.text import Tag, Text

router = APIRouter(prefix="/s")
LAST_DAY = 24 * 3600
"""Seconds before the deadline from which the time left is renewed each minute."""


class StagePage(Page):
    """A stage's page with one task open."""

    template: ClassVar[str] = "intake/submission.html"

    submission: SubmissionView
    form: StageAsked
    at: str
    """The page's own address."""
    fields: list[FieldView]
    """The questions with their inputs, in the form's order."""
    refusals: list[Text]
    """Why it was not saved or submitted, besides what is wrong with single questions."""
    shows_problems: bool
    """A summary of problems stands above the questions."""
    saved_at: datetime | None
    """When any answer was saved last."""
    is_alone: bool
    """There is only one stage to see, so there is nothing to go back to."""
    tag: Tag
    tasks: Tasks
    history: list[HistoryLine]
    """The newest first."""
    is_submitted: bool
    """It was submitted, and neither was it returned nor is anything changed."""
    is_changed: bool
    """It was submitted, and the draft was changed since: it may be submitted again, or go back."""
    is_ready: bool
    """Nothing is left to do but to submit."""
    is_last_day: bool
    changes_alone: bool
    """The summary changes without an event: the place in the queue, or the time left on the last day."""
    must_fix: bool
    """A file must be replaced next."""
    may_submit: bool
    """The reader may submit it: by the group's link, or as an officer of the office that files it."""
    asks: bool
    """The group is asked to confirm, or an officer may ask it to."""
    helps: bool
    """The page has the parts for officers."""
    may_withdraw: bool
    is_office: bool
    """An office fills it in."""
    mark: str
    """Differs once something happened, see `shared.listing.changes`."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What came of a page that was sent and not taken: why, what was typed, and what others have saved meanwhile."""

    refusals: Sequence[Text] = ()
    typed: Mapping[str, object] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    all_problems: bool = False
    """Also what is missing is shown."""


TAKEN = NotTaken()


def stage_page(
    request: Request, session: Session, seen: Seen, state: FilingState, person: Person, *, asked: str | None, refused: NotTaken = TAKEN
) -> StagePage:
    """Return the page of a filing as `person` sees it; `asked` is the task they chose to open."""
    language, submission_id = language_of(request), seen.submission.id
    history = history_of(session, submission_id)
    submission = view(session, seen, history, language=language, asked=state)
    asks_for = stage_of(session, state, language=language)
    by_link = submission_id in person.submissions
    is_office = state.of.filing.filed_by is not Office.APPLICANT
    is_submitted = not FILING_SHEET[asks_for.state].may_submit and not asks_for.has_changes
    is_ready = asks_for.may_submit and asks_for.next_step.code is NextStepCode.SUBMIT
    is_last_day = not is_submitted and asks_for.time_left is not None and asks_for.time_left.seconds < LAST_DAY
    is_alone = len(seen.states) == 1
    fields = _fields(state, language, refused) if state.form.questions else []
    whens = {item.key: json.dumps(item.when, ensure_ascii=False) for item in state.form.items if item.when}
    advised: dict[str, list[Text]] = {item.key: advice.good(item) for item in state.form.items}
    return StagePage(
        submission=submission,
        form=asks_for,
        at=f"/s/submissions/{submission_id}" + ("" if is_alone else f"/stages/{state.of.stage.key}"),
        fields=fields,
        refusals=list(refused.refusals),
        shows_problems=bool(refused.refusals) or any(one.has_problem and one.is_visible for one in fields),
        saved_at=max((one.saved_at for one in state.saved.values() if one.saved_at), default=None) if state.shows_draft else None,
        is_alone=is_alone,
        tag=STANDINGS[seen.standing].tag if is_alone else stage_view.tag_of(state),
        tasks=tasks(asks_for, advised, asked=asked, whens=whens),
        history=history[::-1],
        is_submitted=is_submitted,
        is_changed=asks_for.has_changes and not FILING_SHEET[asks_for.state].may_submit and state.may_change,
        is_ready=is_ready,
        is_last_day=is_last_day,
        changes_alone=is_last_day or (is_submitted and submission.queue is not None),
        must_fix=asks_for.next_step.code is NextStepCode.MEND,
        may_submit=by_link if not is_office else state.is_mine,
        asks=is_ready and not is_office and (asks_for.prepared is not None if by_link else person.has(Role.OFFICER)),
        helps=person.account_id is not None or asks_for.prepared is not None,
        may_withdraw=is_alone and by_link and not seen.submission.is_out,
        is_office=is_office,
        mark=changes.marks(session, [submission_id])[submission_id],
    )


def _fields(state: FilingState, language: str, refused: NotTaken) -> list[FieldView]:
    """Return the questions with what is stored, or with what was typed where that was not taken."""
    checked, complete = state.checked_draft, state.checked
    if refused.typed:
        typed = {key: value for key, value in {**state.typed, **refused.typed}.items() if state.form.question(key) is not None}
        files = {item.key: item.min_files for item in state.form.items}
        checked = check(state.form, typed, files=files, grant=state.grant, complete=False)
        complete = check(state.form, typed, files=files, grant=state.grant, complete=True)
    shown = complete if refused.all_problems or state.of.filing.status is FilingStatus.RETURNED else checked
    return Sheet(
        definition=state.of.definition,
        checked=checked,
        saved=state.saved if state.shows_draft else {},
        problems=[problem for problem in shown.problems if state.form.question(problem.key) is not None] if state.may_change else [],
        clashes=refused.clashes,
        language=language,
    ).fields()


@router.get("/submissions/{submission_id}/stages/{stage}")
def page(request: Request, session: Transaction, person: Asking, submission_id: UUID, stage: str, task: str | None = None) -> Response:
    """The stage with one task open: the next to do, or `task`. Its script fetches it again for the parts that change."""
    now = clock.now()
    seen = seen_by(session, person, submission_id, now=now)
    if submission_id in person.submissions and seen.submission.opened_at is None:
        operations.open_(session, seen.submission, by=person.actor, now=now)
        seen = seen_by(session, person, submission_id, now=now)
    return show(request, stage_page(request, session, seen, seen.state(stage), person, asked=task))
