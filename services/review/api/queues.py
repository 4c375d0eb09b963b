"""The queues a member pulls from."""

from typing import Any

from fastapi import APIRouter, Response

from services.people.identity import Asking
from services.review import schemas
from services.review.access import Judge, member_id, queue_of
from services.web.database import Transaction
from shared import clock
from shared.reviews import operations, queries

router = APIRouter(prefix="/queues", tags=["queues"])


@router.get("")
def list_queues(session: Transaction, person: Judge) -> dict[str, Any]:
    """Return the queues of open rounds that the asking member may pull from."""
    return {"queues": [schemas.queue(count) for count in queries.queues_of(session, person, now=clock.now())]}


@router.post("/{queue}/claims", status_code=201, responses={204: {"description": "Nothing is left for this member."}})
def claim(queue: str, session: Transaction, person: Asking, response: Response) -> Any:
    """Take the next submission of a queue: 201 with the assignment, 204 when nothing is left."""
    member = member_id(person)
    context, committee = queue_of(session, person, queue)
    claimed = operations.claim(session, context, committee, member=member, by=person.actor, now=clock.now())
    if claimed is None:
        return Response(status_code=204)
    response.headers["Location"] = f"/api/review/assignments/{claimed.id}"
    return schemas.assignment(session, queries.assignment(session, claimed.id, member=claimed.account_id))
