"""What a published decision does to submissions: each gets its status and level. What it does to money is in `shared.grants`."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import events
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.awards.snapshot import AwardPlace
from shared.database.transitions import advance
from shared.errors import Conflict
from shared.events import SYSTEM, EventKind
from shared.reviews.lifecycle import ROUND_TRANSITIONS, RoundStatus
from shared.reviews.models import RoundRow
from shared.reviews.queries import RoundContext, load_round_by_id
from shared.submissions.lifecycle import TRANSITIONS, Status
from shared.submissions.models import Submission


class DecisionNotPublished(Conflict):
    """Only a published decision takes effect."""

    th = "ผลการพิจารณานี้ยังไม่ได้ประกาศ (สถานะ {status})"
    en = "This decision is not published (it is {status})."


def apply_decision(session: Session, decision: Decision, *, now: datetime) -> None:
    """Give every submission of a published decision what its place says; then the round is decided. Again, it changes nothing.

    Raises DecisionNotPublished.
    """
    session.refresh(decision, with_for_update=True)
    if decision.status != DecisionStatus.PUBLISHED:
        raise DecisionNotPublished(status=decision.status)
    if decision.applied_at is not None:
        return
    context, places = load_round_by_id(session, decision.round_id), decision.places
    found = session.scalars(
        select(Submission)
        .where(Submission.id.in_([place.submission for place in places]))
        .order_by(Submission.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    submissions = {submission.id: submission for submission in found}
    for place in places:
        _give(session, submissions[place.submission], place, decision, context, now)
    row = session.get_one(RoundRow, decision.round_id, with_for_update=True, populate_existing=True)
    advance(session, row, RoundStatus.DECIDED, edges=ROUND_TRANSITIONS)
    decision.applied_at = now
    session.flush()


def _give(session: Session, submission: Submission, place: AwardPlace, decision: Decision, context: RoundContext, now: datetime) -> None:
    selects = bool(context.rules.levels)
    if place.outcome is not None:
        status, kind = (Status.AWARDED, EventKind.SUBMISSION_AWARDED) if selects else (Status.SHORTLISTED, EventKind.SUBMISSION_SHORTLISTED)
    else:
        status, kind = (
            (Status.NOT_AWARDED, EventKind.SUBMISSION_NOT_AWARDED)
            if selects
            else (Status.NOT_SHORTLISTED, EventKind.SUBMISSION_NOT_SHORTLISTED)
        )
    level = place.outcome if selects else None
    advance(session, submission, status, edges=TRANSITIONS, level=level)
    events.append(
        session,
        kind,
        subject_id=submission.id,
        submission_id=submission.id,
        programme_id=submission.programme_id,
        by=SYSTEM,
        now=now,
        data={
            "round": context.row.key,
            "rank": place.rank,
            "level": level,
            "amount": f"{place.amount:.2f}",
            "decision": str(decision.id),
        },
    )
