"""What a published decision says of submissions: each gets its outcome. What follows from it is in `shared.stages`."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shared import events
from shared.awards.lifecycle import DecisionStatus, OutcomeKind
from shared.awards.models import Decision, Outcome
from shared.awards.snapshot import AwardPlace
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict
from shared.events import SYSTEM, EventKind, Occurrence
from shared.reviews.lifecycle import ROUND_TRANSITIONS, RoundStatus
from shared.reviews.models import RoundRow
from shared.reviews.queries import RoundContext, load_round_by_id
from shared.submissions.models import Submission


class DecisionNotPublished(Conflict):
    """Only a published decision takes effect."""

    th = "ผลการพิจารณานี้ยังไม่ได้ประกาศ (สถานะ {status})"
    en = "This decision is not published (it is {status})."


def apply_decision(session: Session, decision: Decision, *, now: datetime) -> None:
    """Give every submission of a published decision what its place says; then the round is decided. Again, it changes nothing.

    Raises DecisionNotPublished.
    """
    row = session.get_one(RoundRow, decision.round_id, with_for_update=True, populate_existing=True)
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
    # Of what left between the decision and this moment nothing is said.
    _give(session, [place for place in places if not submissions[place.submission].is_out], decision, context, now)
    advance(session, row, RoundStatus.DECIDED, edges=ROUND_TRANSITIONS)
    decision.applied_at = now
    session.flush()


KINDS = {
    OutcomeKind.SHORTLISTED: EventKind.SUBMISSION_SHORTLISTED,
    OutcomeKind.NOT_SHORTLISTED: EventKind.SUBMISSION_NOT_SHORTLISTED,
    OutcomeKind.AWARDED: EventKind.SUBMISSION_AWARDED,
    OutcomeKind.NOT_AWARDED: EventKind.SUBMISSION_NOT_AWARDED,
}


def kind_of(outcome: str | None, *, selects: bool) -> OutcomeKind:
    """Return what a place's outcome is called; `selects` says whether the stage fills levels."""
    if selects:
        return OutcomeKind.NOT_AWARDED if outcome is None else OutcomeKind.AWARDED
    return OutcomeKind.NOT_SHORTLISTED if outcome is None else OutcomeKind.SHORTLISTED


def _give(session: Session, places: list[AwardPlace], decision: Decision, context: RoundContext, now: datetime) -> None:
    if not places:
        return
    selects, label = bool(context.rules.levels), context.rules.label
    rows, occurred = [], []
    for place in places:
        kind, level = kind_of(place.outcome, selects=selects), place.outcome if selects else None
        about = {"submission_id": place.submission, "round_id": decision.round_id, "decision_id": decision.id}
        rows.append({"id": new_id(), **about, "kind": kind, "level": level, "amount": place.amount, "made_at": now})
        data = {
            "round": context.row.key,
            "stage_th": label.th,
            "stage_en": label.en,
            "rank": place.rank,
            "level": level,
            "amount": f"{place.amount:.2f}",
            "decision": str(decision.id),
        }
        occurred.append(Occurrence(KINDS[kind], place.submission, place.submission, context.programme.id, data=data))
    session.execute(insert(Outcome), rows)
    events.append_all(session, occurred, by=SYSTEM, now=now)
