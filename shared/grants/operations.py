"""What a published decision does: every submission gets its status, the awarded ones their grants."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import events
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict
from shared.events import SYSTEM, EventKind
from shared.grants.models import Grant
from shared.reviews.lifecycle import ROUND_TRANSITIONS, RoundStatus
from shared.reviews.models import RoundRow
from shared.reviews.queries import RoundContext, load_round_by_id
from shared.submissions.lifecycle import TRANSITIONS, Status
from shared.submissions.models import Submission


class DecisionNotPublished(Conflict):
    """Only a published decision takes effect."""

    th = "ผลการพิจารณานี้ยังไม่ได้ประกาศ (สถานะ {status})"
    en = "This decision is not published (it is {status})."


def apply_decision(session: Session, decision_id: UUID, *, now: datetime) -> None:
    """Give every submission of a published decision what its place says, with grants for awards; then the round is decided.

    Once: again, it changes nothing. Raises DecisionNotPublished.
    """
    decision = session.get_one(Decision, decision_id, with_for_update=True, populate_existing=True)
    if decision.status != DecisionStatus.PUBLISHED:
        raise DecisionNotPublished(status=decision.status)
    if decision.applied_at is not None:
        return
    context = load_round_by_id(session, decision.round_id)
    ids = [UUID(place["submission"]) for place in decision.places]
    found = session.scalars(
        select(Submission).where(Submission.id.in_(ids)).order_by(Submission.id).with_for_update().execution_options(populate_existing=True)
    )
    submissions = {submission.id: submission for submission in found}
    for place in decision.places:
        _give(session, submissions[UUID(place["submission"])], place, decision, context, now)
    row = session.get_one(RoundRow, decision.round_id, with_for_update=True, populate_existing=True)
    advance(session, row, RoundStatus.DECIDED, edges=ROUND_TRANSITIONS)
    decision.applied_at = now
    session.flush()


def _give(
    session: Session, submission: Submission, place: dict[str, Any], decision: Decision, context: RoundContext, now: datetime
) -> None:
    outcome: str | None = place["outcome"]
    selects = bool(context.rules.levels)
    if outcome is not None:
        status, kind = (Status.AWARDED, EventKind.SUBMISSION_AWARDED) if selects else (Status.SHORTLISTED, EventKind.SUBMISSION_SHORTLISTED)
    else:
        status, kind = (
            (Status.NOT_AWARDED, EventKind.SUBMISSION_NOT_AWARDED)
            if selects
            else (Status.NOT_SHORTLISTED, EventKind.SUBMISSION_NOT_SHORTLISTED)
        )
    level = outcome if selects else None
    advance(session, submission, status, edges=TRANSITIONS, level=level)
    about = {"round": context.row.key, "rank": place["rank"], "level": level, "amount": place["amount"], "decision": str(decision.id)}
    _record_event(session, kind, submission, submission.id, about, now)
    if level is not None:
        grant = Grant(
            id=new_id(),
            submission_id=submission.id,
            decision_id=decision.id,
            level=level,
            amount=Decimal(place["amount"]),
            made_at=now,
        )
        session.add(grant)
        session.flush()
        _record_event(session, EventKind.GRANT_MADE, submission, grant.id, {"level": level, "amount": place["amount"]}, now)


def _record_event(session: Session, kind: EventKind, submission: Submission, subject_id: UUID, data: dict[str, Any], now: datetime) -> None:
    events.append(
        session,
        kind,
        subject_id=subject_id,
        submission_id=submission.id,
        programme_id=submission.programme_id,
        by=SYSTEM,
        now=now,
        data=data,
    )
