"""What a member has claimed: see it, renew, give back, declare a conflict, ballot."""

from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.people.identity import Asking
from services.review.access import NoMember, OwnAssignment, OwnAssignmentForChange, member_id
from services.review.assignment_view import assignment_view
from services.review.schemas.assignments import AssignmentView, SavedBallot
from services.review.schemas.queues import ClaimList, ClaimView, RenewedClaim
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.reviews import operations, queries
from shared.reviews.marks import MarksInvalid
from shared.reviews.operations import AlreadyBalloted, AssignmentLost, CommentTooLong, ReasonMissing
from shared.reviews.queries import AssignmentUnknown
from shared.reviews.rounds import RoundNotOpen

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
@raises(NoMember)
def list_assignments(session: Transaction, person: Asking) -> ClaimList:
    """Return what the asking member has claimed now."""
    claimed = queries.claimed_by(session, member_id(person), now=clock.now())
    return ClaimList(assignments=[ClaimView.of(one) for one in claimed])


@router.get("/{assignment}")
@raises()
def read_assignment(own: OwnAssignment, session: Transaction) -> AssignmentView:
    """Return one assignment with its submission, criteria and ballot."""
    return assignment_view(session, own)


@router.post("/{assignment}/renew")
@raises(AssignmentLost, RoundNotOpen)
def renew(own: OwnAssignmentForChange, session: Transaction) -> RenewedClaim:
    """Take a sign of life: the claim lasts longer."""
    operations.renew(session, own, now=clock.now())
    return RenewedClaim.of(own.assignment)


@router.delete("/{assignment}", status_code=204)
@raises(AssignmentLost)
def give_back(own: OwnAssignmentForChange, session: Transaction, person: Asking) -> Response:
    """Put the submission back into its queue; the draft stays."""
    operations.give_back(session, own, by=person.actor, now=clock.now())
    return Response(status_code=204)


@router.post("/{assignment}/conflict", status_code=204)
@raises(NoMember, AssignmentUnknown, AssignmentLost, ReasonMissing)
def declare_conflict(assignment: UUID, body: ConflictBody, session: Transaction, person: Asking) -> Response:
    """Note a conflict of interest: the member sees no more of this submission. Again, it changes nothing."""
    own = queries.assignment(session, assignment, member=member_id(person), lock=True)
    operations.declare_conflict(session, own, reason=body.reason, by=person.actor, now=clock.now())
    return Response(status_code=204)


@router.put("/{assignment}/ballot")
@raises(AlreadyBalloted, AssignmentLost, RoundNotOpen, MarksInvalid, CommentTooLong)
def save_ballot(body: BallotBody, own: OwnAssignmentForChange, session: Transaction, person: Asking) -> SavedBallot:
    """Keep marks and comment as a draft, or submit them for good."""
    ballot = operations.save_ballot(
        session, own, marks=body.marks, comment=body.comment, submit=body.submit, by=person.actor, now=clock.now()
    )
    return SavedBallot.of(own.assignment, ballot)
