"""A member's own page: the queues to pull from, what they have claimed, what they have submitted."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.review.access import Judge, member_id, queue_of
from services.review.ballot_form import score_text
from services.review.schemas.queues import ClaimView, QueueView, SubmissionName
from services.web.database import Transaction
from services.web.templates import Page, PageModel, show
from shared import clock
from shared.access.visibility import visible
from shared.people.models import Role
from shared.people.person import Act
from shared.reviews import operations, queries
from shared.reviews.queries import SubmittedBallot
from shared.text import Text

router = APIRouter(prefix="/review")
NEWEST = 100
"""How many submitted ballots are listed."""


class Notice(StrEnum):
    """What just happened, for the page that follows; a member of its address."""

    NOTHING_LEFT = "nothing_left"
    GIVEN_BACK = "given_back"
    CONFLICT_NOTED = "conflict_noted"


NOTICES: dict[Notice, Text] = {
    Notice.NOTHING_LEFT: Text(
        "ขณะนี้ไม่มีงานเหลือให้ท่านในคิวนี้ ถ้ามีผู้คืนงานหรือมีผลงานเข้ามาใหม่ จำนวนที่รออยู่ด้านล่างจะเพิ่มขึ้น",
        "Nothing is left for you in that queue just now. When work is given back or comes in, the number waiting below goes up.",
    ),
    Notice.GIVEN_BACK: Text("คืนงานเข้าคิวแล้ว คะแนนที่บันทึกร่างไว้ยังอยู่", "The submission is back in its queue. The draft you saved is kept."),
    Notice.CONFLICT_NOTED: Text(
        "บันทึกส่วนได้เสียแล้ว ท่านจะไม่เห็นและไม่ได้รับผลงานนี้อีก",
        "Your conflict of interest is noted. You will neither see nor be given that submission again.",
    ),
}


class SubmittedRow(PageModel):
    """A ballot that the member submitted, with the score it came to."""

    id: UUID
    round_label: Text
    submitted_at: datetime | None
    score: str | None
    submission: SubmissionName

    @classmethod
    def of(cls, submitted: SubmittedBallot) -> Self:
        """Return a submitted ballot for the list."""
        return cls(
            id=submitted.assignment.id,
            round_label=submitted.round.label,
            submitted_at=submitted.ballot.submitted_at,
            score=score_text(submitted.ballot.marks, submitted.round.criteria),
            submission=SubmissionName.of(submitted.submission, submitted.group),
        )


class QueuesPage(Page):
    """What waits for a member, what is with them, and what they have done."""

    template: ClassVar[str] = "review/queues.html"

    queues: list[QueueView]
    claims: list[ClaimView]
    submitted: list[SubmittedRow]
    only_newest: int | None
    """How many submitted ballots are shown, when there may be more."""
    is_member: bool
    notice: Text | None


@router.get("")
def page(request: Request, session: Transaction, person: Judge, notice: Notice | None = None) -> Response:
    """The whole page; its counts are fetched again now and then."""
    now, account = clock.now(), person.account_id
    submitted = queries.submitted_by(session, account, visible=visible(person, Act.REVIEW), limit=NEWEST)
    shown = QueuesPage(
        queues=[QueueView.of(count) for count in queries.queues_of(session, person, now=now)],
        claims=[ClaimView.of(one) for one in queries.claimed_by(session, account, now=now)] if account else [],
        submitted=[SubmittedRow.of(one) for one in submitted],
        only_newest=NEWEST if len(submitted) == NEWEST else None,
        is_member=person.has(Role.MEMBER),
        notice=NOTICES[notice] if notice else None,
    )
    return show(request, shown)


@router.post("/queues/{queue}/claims")
def claim(session: Transaction, person: Judge, queue: str) -> Response:
    """Take the next submission and show it, or say that none is left."""
    member = member_id(person)
    context, committee = queue_of(session, person, queue)
    claimed = operations.claim(session, context, committee, member=member, by=person.actor, now=clock.now())
    return RedirectResponse(f"/review/assignments/{claimed.id}" if claimed else f"/review?notice={Notice.NOTHING_LEFT}", 303)
