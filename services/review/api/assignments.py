"""What a member holds: see it, renew, give back, declare a conflict, ballot."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.people.identity import Asking
from services.review import schemas
from services.review.access import OwnAssignment, OwnAssignmentForChange, member_id
from services.web.database import Transaction
from shared import clock
from shared.reviews import operations, queries

router = APIRouter(prefix="/assignments", tags=["assignments"])


class BallotBody(BaseModel):
    """Marks by criterion (null: none yet), a comment, and whether this is final."""

    marks: dict[str, Decimal | None] = Field(max_length=200)
    comment: str = ""
    submit: bool = False


class ConflictBody(BaseModel):
    """Why the member may not judge."""

    reason: str = Field(max_length=2000)


@router.get("")
def list_assignments(session: Transaction, person: Asking) -> dict[str, Any]:
    """Return what the asking member holds now."""
    held = queries.claimed_by(session, member_id(person), now=clock.now())
    return {"assignments": [schemas.held(one) for one in held]}


@router.get("/{assignment}")
def read_assignment(held: OwnAssignment, session: Transaction) -> dict[str, Any]:
    """Return one assignment with its submission, criteria and ballot."""
    return schemas.assignment(session, held)


@router.post("/{assignment}/renew")
def renew(held: OwnAssignmentForChange, session: Transaction) -> dict[str, Any]:
    """Take a sign of life: the claim lasts longer."""
    operations.renew(session, held, now=clock.now())
    return {"id": held.assignment.id, "status": held.assignment.status, "lease_until": held.assignment.lease_until}


@router.delete("/{assignment}", status_code=204)
def give_back(held: OwnAssignmentForChange, session: Transaction, person: Asking) -> Response:
    """Put the submission back into its queue; the draft stays."""
    operations.give_back(session, held, by=person.actor, now=clock.now())
    return Response(status_code=204)


@router.post("/{assignment}/conflict", status_code=204)
def declare_conflict(assignment: UUID, body: ConflictBody, session: Transaction, person: Asking) -> Response:
    """Note a conflict of interest: the member sees no more of this submission. Again, it changes nothing."""
    whole = queries.assignment(session, assignment, member=member_id(person), lock=True)
    operations.declare_conflict(session, whole, reason=body.reason, by=person.actor, now=clock.now())
    return Response(status_code=204)


@router.put("/{assignment}/ballot")
def save_ballot(body: BallotBody, held: OwnAssignmentForChange, session: Transaction, person: Asking) -> dict[str, Any]:
    """Keep marks and comment as a draft, or submit them for good."""
    saved = operations.save_ballot(
        session, held, marks=body.marks, comment=body.comment, submit=body.submit, by=person.actor, now=clock.now()
    )
    return {
        "assignment": held.assignment.id,
        "status": held.assignment.status,
        "lease_until": held.assignment.lease_until,
        **schemas.ballot(saved),
    }
