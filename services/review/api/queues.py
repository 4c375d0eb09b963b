"""The queues a member pulls from."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.review.api import documents
from services.web.database import Transaction
from services.web.identity import Asking
from shared import clock
from shared.errors import Forbidden
from shared.people.models import Role
from shared.people.person import Act, Person, Scope, may
from shared.reviews import operations, queries
from shared.reviews.queries import QueueUnknown

router = APIRouter(prefix="/queues", tags=["queues"])


class NoMember(Forbidden):
    """Only members of committees judge."""

    th = "เฉพาะกรรมการเท่านั้นที่รับงานพิจารณาได้"
    en = "Only members of a committee take submissions to judge."


@router.get("")
def list_queues(session: Transaction, person: Asking) -> dict[str, Any]:
    """Return the queues of open rounds that the asking member may pull from."""
    if not person.has(Role.MEMBER, Role.CHAIR):
        raise NoMember
    return {"queues": [documents.queue(count) for count in queries.queues_of(session, person, now=clock.now())]}


@router.post("/{queue}/claims", status_code=201, responses={204: {"description": "Nothing is left for this member."}})
def claim(queue: str, session: Transaction, person: Asking, response: Response) -> Any:
    """Take the next submission of a queue: 201 with the assignment, 204 when nothing is left."""
    member = member_id(person)
    sitting, committee = queries.queue(session, queue)
    if not may(person, Act.REVIEW, Scope(programme_id=sitting.programme.id, committees=frozenset({committee}))):
        raise QueueUnknown(queue=queue)
    claimed = operations.claim(session, sitting, committee, member=member, by=person.actor, now=clock.now())
    if claimed is None:
        return Response(status_code=204)
    response.headers["Location"] = f"/api/review/assignments/{claimed.id}"
    return documents.assignment(session, queries.assignment(session, claimed.id, member=claimed.account_id))


def member_id(person: Person) -> UUID:
    """Return the account of a member. Raises NoMember."""
    if person.account_id is None or not person.has(Role.MEMBER):
        raise NoMember
    return person.account_id
