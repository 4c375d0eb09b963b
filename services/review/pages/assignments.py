"""One submission before a member: its files, the ballot, and the ways out of it."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from services.pages.applicants import ApplicantAnswer
from services.pages.uploads import FileView
from services.people.identity import Asking
from services.review.access import OwnAssignment, OwnAssignmentForChange, member_id, own_assignment
from services.review.assignment_view import assignment_view
from services.review.ballot_form import BallotForm, TypedBallot, mark
from services.review.lease import SHEET, LeaseState, lease_state
from services.review.pages.queues import Notice
from services.review.schemas.assignments import AssignmentView
from services.review.schemas.submissions import AnswerView, BoundView, ItemView, StageView
from services.web.database import Transaction
from services.web.errors import status_of
from services.web.templates import Page, PageModel, show
from shared import clock
from shared.errors import Refusal
from shared.reviews import operations, queries
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.queries import AssignmentDetail
from shared.text import Tag, Text

router = APIRouter(prefix="/review/assignments")
BEATS_IN_LEASE = 4
LONGEST_BEAT_SECONDS = 300


async def _sent(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_sent)]
"""The fields of a form whose names depend on the programme."""


class Lease(PageModel):
    """The state of the assignment, in words: `sentence` has the slot `{at}` where `at` is set."""

    tag: Tag
    sentence: Text
    at: datetime | None
    may_mark: bool


class ItemSection(PageModel):
    """One item of the submission with its files."""

    kind: str
    stage: str
    label: Text
    files: list[FileView]
    bound: BoundView | None

    @classmethod
    def of(cls, item: ItemView) -> "ItemSection":
        """Return a part as the page shows it."""
        return cls(kind=item.kind, stage=item.stage, label=item.label, files=[FileView.of(one) for one in item.uploads], bound=item.bound)


class StageSection(PageModel):
    """What was submitted at one stage: answers, then files. Only one of several stages has a heading of its own."""

    key: str
    heading: Text | None
    answers: list[AnswerView]
    items: list[ItemSection]

    @classmethod
    def of(cls, stage: StageView, *, is_only: bool) -> "StageSection":
        """Return a stage as the page shows it."""
        heading = None if is_only else stage.label
        return cls(key=stage.key, heading=heading, answers=stage.answers, items=[ItemSection.of(item) for item in stage.items])


class AssignmentPage(Page):
    """A submission beside the ballot for it."""

    template: ClassVar[str] = "review/assignment.html"

    id: UUID
    queue: str
    programme_name: Text
    round_label: Text
    is_round_open: bool
    reference: str
    group: str
    applicant: list[ApplicantAnswer]
    submitted_at: datetime | None
    stages: list[StageSection]
    is_renewed: bool
    """A later version was filed after the member had submitted a ballot."""
    lease: Lease
    ballot: BallotForm
    beat_seconds: int
    """How often the page says that its reader is still there."""


@router.get("/{assignment}")
def page(request: Request, session: Transaction, own: OwnAssignment) -> Response:
    """The submission and the ballot; its script fetches it again for the parts that change."""
    return _page(request, session, own)


@router.get("/{assignment}/ballot")
@router.get("/{assignment}/conflict")
def return_to_page(request: Request, assignment: UUID) -> Response:
    """What a browser asks for when a refused form is loaded again, or in the other language."""
    return RedirectResponse(f"/review/assignments/{assignment}?{request.url.query}", 303)


@router.post("/{assignment}/ballot")
def save_ballot(request: Request, session: Transaction, person: Asking, own: OwnAssignmentForChange, sent: Sent) -> Response:
    """Keep a draft, or submit it for good; what is refused is shown again as it was typed."""
    marks = {known.key: _field(sent, f"mark-{known.key}").strip() for known in own.context.rules.criteria}
    typed = TypedBallot(marks, _field(sent, "comment").replace("\r\n", "\n"))
    submit = _field(sent, "step") == "submit"
    try:
        with session.begin_nested():
            operations.save_ballot(
                session,
                own,
                marks={key: mark(text) for key, text in typed.marks.items()},
                comment=typed.comment,
                submit=submit,
                by=person.actor,
                now=clock.now(),
            )
    except Refusal as refusal:
        return _page(request, session, own, refusal, typed)
    return _to(own)


@router.post("/{assignment}/renew")
def renew(session: Transaction, own: OwnAssignmentForChange) -> Response:
    """Take a sign of life; the page that follows says whether the claim is still theirs."""
    now = clock.now()
    if lease_state(own, now=now) == LeaseState.CLAIMED:
        operations.renew(session, own, now=now)
    return _to(own)


@router.post("/{assignment}/give-back")
def give_back(session: Transaction, person: Asking, own: OwnAssignmentForChange) -> Response:
    """Put the submission back into its queue."""
    operations.give_back(session, own, by=person.actor, now=clock.now())
    return RedirectResponse(f"/review?notice={Notice.GIVEN_BACK}", 303)


@router.post("/{assignment}/conflict")
def declare_conflict(
    request: Request, session: Transaction, person: Asking, assignment: UUID, reason: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """Note a conflict of interest; sent again, it changes nothing."""
    own = queries.assignment(session, assignment, member=member_id(person), lock=True)
    try:
        operations.declare_conflict(session, own, reason=reason, by=person.actor, now=clock.now())
    except operations.ReasonMissing as refusal:
        return _page(request, session, own_assignment(session, person, assignment), refusal)
    return RedirectResponse(f"/review?notice={Notice.CONFLICT_NOTED}", 303)


def _page(
    request: Request, session: Session, own: AssignmentDetail, refusal: Refusal | None = None, typed: TypedBallot | None = None
) -> Response:
    view, rules, state = assignment_view(session, own), own.context.rules, lease_state(own, now=clock.now())
    group = view.submission.group
    page = AssignmentPage(
        id=view.id,
        queue=view.queue,
        programme_name=view.programme_name,
        round_label=view.round.label,
        is_round_open=view.round.status == RoundStatus.OPEN,
        reference=view.submission.reference,
        group=group.name,
        applicant=group.answers,
        submitted_at=view.submission.submitted_at,
        stages=[StageSection.of(stage, is_only=len(view.submission.stages) == 1) for stage in view.submission.stages],
        is_renewed=view.ballot is not None and view.ballot.renewed_at is not None,
        lease=_lease(view, state),
        ballot=BallotForm.of(view.ballot, rules.criteria, typed=typed, is_final=state == LeaseState.SUBMITTED, refusal=refusal),
        beat_seconds=min(LONGEST_BEAT_SECONDS, rules.lease_minutes * 60 // BEATS_IN_LEASE),
    )
    return show(request, page, status_code=status_of(refusal) if refusal else 200)


def _lease(view: AssignmentView, state: LeaseState) -> Lease:
    row = SHEET[state]
    submitted_at = view.ballot.submitted_at if view.ballot else None
    at = {LeaseState.CLAIMED: view.lease_until, LeaseState.SUBMITTED: submitted_at}.get(state)
    return Lease(tag=row.tag, sentence=row.sentence, at=at, may_mark=row.may_mark)


def _to(own: AssignmentDetail) -> Response:
    return RedirectResponse(f"/review/assignments/{own.assignment.id}", 303)


def _field(sent: FormData, name: str) -> str:
    value = sent.get(name, "")
    return value if isinstance(value, str) else ""
