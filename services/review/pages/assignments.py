"""One submission before a member: its files, the ballot, and the ways out of it."""

import re
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from services.people.identity import Asking
from services.review import schemas
from services.review.access import OwnAssignment, OwnAssignmentForChange, member_id, own_assignment
from services.review.pages.queues import Notice
from services.web.database import Transaction
from services.web.errors import status_of
from services.web.templates import render
from shared import clock
from shared.errors import Refusal
from shared.reviews import operations, queries
from shared.reviews.lifecycle import AssignmentStatus
from shared.reviews.queries import AssignmentDetail

router = APIRouter(prefix="/review/assignments")
BEATS_IN_LEASE = 4
LONGEST_BEAT_SECONDS = 300
NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,12})?")
NO_BALLOT: dict[str, Any] = {"marks": {}, "comment": "", "saved_at": None, "submitted_at": None}


async def _sent(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_sent)]
"""The fields of a form whose names depend on the programme."""


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
    typed = {known.key: _field(sent, f"mark-{known.key}").strip() for known in own.context.rules.criteria}
    comment = _field(sent, "comment").replace("\r\n", "\n")
    submit = _field(sent, "step") == "submit"
    try:
        with session.begin_nested():
            operations.save_ballot(
                session,
                own,
                marks={key: _mark(text) for key, text in typed.items()},
                comment=comment,
                submit=submit,
                by=person.actor,
                now=clock.now(),
            )
    except Refusal as refusal:
        return _page(request, session, own, refusal, marks=typed, comment=comment)
    return _to(own)


@router.post("/{assignment}/renew")
def renew(session: Transaction, own: OwnAssignmentForChange) -> Response:
    """Take a sign of life; the page that follows says whether the claim still stands."""
    now = clock.now()
    if schemas.standing(own, now=now) == AssignmentStatus.CLAIMED:
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


def _page(request: Request, session: Session, own: AssignmentDetail, refusal: Refusal | None = None, **typed: Any) -> Response:
    work = schemas.assignment(session, own)
    rules, standing = own.context.rules, schemas.standing(own, now=clock.now())
    ballot = work["ballot"] or NO_BALLOT
    if standing != AssignmentStatus.SUBMITTED:
        ballot = {**ballot, **typed}
    return render(
        request,
        "review/assignment.html",
        status_code=status_of(refusal) if refusal else 200,
        work=work,
        standing=standing,
        ballot=ballot,
        score=schemas.score_text(work["ballot"]["marks"], rules.criteria) if work["ballot"] and not typed else None,
        weights=sum(known.weight for known in rules.criteria),
        beat_seconds=min(LONGEST_BEAT_SECONDS, rules.lease_minutes * 60 // BEATS_IN_LEASE),
        refusal=refusal,
        errors={error["criterion"]: error for error in refusal.facts.get("errors", [])} if refusal else {},
    )


def _to(own: AssignmentDetail) -> Response:
    return RedirectResponse(f"/review/assignments/{own.assignment.id}", 303)


def _field(sent: FormData, name: str) -> str:
    value = sent.get(name, "")
    return value if isinstance(value, str) else ""


def _mark(text: str) -> Decimal | None:
    """Read a mark as typed, None for an empty field. What is no number lies in no range."""
    if not text:
        return None
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else Decimal("NaN")
