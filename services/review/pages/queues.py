"""A member's own page: the queues to pull from, what they hold, what they have submitted."""

from enum import StrEnum

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.review import schemas
from services.review.access import Judge, member_id, queue_of
from services.web.database import Transaction
from services.web.templates import render
from shared import clock
from shared.access.visibility import visible
from shared.people.models import Role
from shared.people.person import Act
from shared.reviews import operations, queries

router = APIRouter(prefix="/review")
NEWEST = 100
"""So many submitted ballots are listed."""


class Notice(StrEnum):
    """What just happened, said on the page that follows."""

    NOTHING_LEFT = "nothing_left"
    GIVEN_BACK = "given_back"
    CONFLICT_NOTED = "conflict_noted"


@router.get("")
def page(request: Request, session: Transaction, person: Judge, notice: Notice | None = None) -> Response:
    """The whole page; its counts are fetched again now and then."""
    now = clock.now()
    return render(
        request,
        "review/queues.html",
        queues=[schemas.queue(count) for count in queries.queues_of(session, person, now=now)],
        held=[schemas.held(one) for one in queries.claimed_by(session, person.account_id, now=now)] if person.account_id else [],
        submitted=[
            schemas.submitted(one)
            for one in queries.submitted_by(session, person.account_id, visible=visible(person, Act.REVIEW), limit=NEWEST)
        ],
        newest=NEWEST,
        is_member=person.has(Role.MEMBER),
        notice=notice,
    )


@router.post("/queues/{queue}/claims")
def claim(session: Transaction, person: Judge, queue: str) -> Response:
    """Take the next submission and show it, or say that none is left."""
    member = member_id(person)
    context, committee = queue_of(session, person, queue)
    claimed = operations.claim(session, context, committee, member=member, by=person.actor, now=clock.now())
    return RedirectResponse(f"/review/assignments/{claimed.id}" if claimed else f"/review?notice={Notice.NOTHING_LEFT}", 303)
