"""The queues a member pulls from."""

from fastapi import APIRouter, Response

from services.people.identity import Asking
from services.review.access import Judge, NoMember, member_id, queue_of
from services.review.assignment_view import assignment_view
from services.review.schemas.assignments import AssignmentView
from services.review.schemas.queues import QueueList, QueueView
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.reviews import operations, queries
from shared.reviews.queries import QueueUnknown
from shared.reviews.rounds import RoundNotOpen

router = APIRouter(prefix="/queues", tags=["queues"])


@router.get("")
@raises()
def list_queues(session: Transaction, person: Judge) -> QueueList:
    """Return the queues of open rounds that the asking member may pull from."""
    return QueueList(queues=[QueueView.of(count) for count in queries.queues_of(session, person, now=clock.now())])


@router.post(
    "/{queue}/claims",
    status_code=201,
    response_model=AssignmentView,
    responses={204: {"description": "Nothing is left for this member."}},
)
@raises(NoMember, QueueUnknown, RoundNotOpen)
def claim(queue: str, session: Transaction, person: Asking, response: Response) -> AssignmentView | Response:
    """Take the next submission of a queue: 201 with the assignment, 204 when nothing is left."""
    member = member_id(person)
    context, committee = queue_of(session, person, queue)
    claimed = operations.claim(session, context, committee, member=member, by=person.actor, now=clock.now())
    if claimed is None:
        return Response(status_code=204)
    response.headers["Location"] = f"/api/review/assignments/{claimed.id}"
    return assignment_view(session, queries.assignment(session, claimed.id, member=claimed.account_id))
