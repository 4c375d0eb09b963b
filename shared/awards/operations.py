"""The verbs of a decision: make it from a closed round, sign, publish; and reopen the round instead."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from shared import events
from shared.awards import queries, seal
from shared.awards.lifecycle import DECISION_TRANSITIONS, DecisionStatus
from shared.awards.models import Decision
from shared.awards.snapshot import DecidedTie
from shared.awards.ties import Resolution
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict, Invalid
from shared.events import Actor, EventKind
from shared.programmes.models import Programme
from shared.reviews.lifecycle import ROUND_TRANSITIONS, RoundStatus
from shared.reviews.models import RoundRow
from shared.reviews.queries import RoundContext
from shared.reviews.rounds import RoundNotClosed


class TiesUndecided(Conflict):
    """Equal scores lie across a cut: people decide their order, with a reason."""

    th = "คะแนนเท่ากันคร่อมเส้นตัด ({references}) โปรดให้กรรมการจัดลำดับพร้อมเหตุผล แล้วสรุปผลอีกครั้ง"
    en = "Equal scores lie across a cut ({references}). Please let the committee order them, with the reason, and decide again."


class DecisionStands(Conflict):
    """A signed decision is not made again."""

    th = "ผลของรอบนี้ลงนามแล้ว จึงสรุปใหม่ไม่ได้ หากจำเป็นให้เปิดรอบใหม่พร้อมเหตุผล"
    en = "The decision of this round is signed and is not made again. If it must change, reopen the round with a reason."


class DecisionChanged(Conflict):
    """What would be signed is not what the chair saw."""

    th = "ผลการพิจารณาเปลี่ยนไปจากที่ท่านเห็น โปรดเปิดดูใหม่ก่อนลงนาม"
    en = "The decision is not the one you saw. Please look at it again before you sign."


class DecisionNotSigned(Conflict):
    """Only what the chair signed is published."""

    th = "ประธานยังไม่ได้ลงนาม (สถานะ {status}) จึงยังประกาศไม่ได้"
    en = "The chair has not signed this (it is {status}), so it cannot be published."


class DecisionSuperseded(Conflict):
    """A later decision, or a reopened round, took its place."""

    th = "ผลการพิจารณานี้ถูกแทนที่แล้ว"
    en = "This decision has been superseded."


class ReopeningNeedsReason(Invalid):
    """History needs the reason for opening a closed round again."""

    th = "โปรดระบุเหตุผลที่เปิดรอบใหม่"
    en = "Please give the reason for reopening the round."


def decide(session: Session, context: RoundContext, *, resolutions: Sequence[Resolution], by: Actor, now: datetime) -> Decision:
    """Freeze the ranking of a closed round with its outcome. The same again gives the same decision; another supersedes an unsigned one.

    Raises RoundNotClosed, TiesUndecided (showing what needs deciding), TieNotAsked, TieReasonMissing, DecisionStands.
    """
    _require_closed(session, context.row)
    ranking = queries.rank_round(session, context, resolutions)
    if ranking.ties:
        references = "; ".join(", ".join(tie.references) for tie in ranking.ties)
        raise TiesUndecided(references=references, ties=[tie.to_json() for tie in ranking.ties])
    references_by_id = {place.submission: place.reference for place in ranking.places}
    ties = [
        DecidedTie(
            submissions=list(resolution.submissions),
            references=[references_by_id[submission] for submission in resolution.submissions],
            reason=resolution.reason.strip(),
        )
        for resolution in resolutions
    ]
    content = seal.Content(
        programme=context.programme.slug,
        round=context.row.key,
        rule=ranking.rule_used,
        places=[place.to_json() for place in ranking.places],
        ties=[tie.to_json() for tie in ties],
    )
    earlier = queries.current_decision(session, context.row.id, lock=True)
    if earlier is not None:
        if earlier.rule == content.rule and earlier.digest == seal.digest(content, seal_format=earlier.seal_format):
            return earlier
        if earlier.status != DecisionStatus.MADE:
            raise DecisionStands
        advance(session, earlier, DecisionStatus.SUPERSEDED, edges=DECISION_TRANSITIONS)
    decision = Decision(
        id=new_id(),
        programme_id=context.programme.id,
        round_id=context.row.id,
        status=DecisionStatus.MADE,
        places_json=content.places,
        ties_json=content.ties,
        rule_name=content.rule.name,
        rule_version=content.rule.version,
        seal_format=seal.FORMAT,
        digest=seal.digest(content, seal_format=seal.FORMAT),
        made_by=by.name,
        made_at=now,
    )
    session.add(decision)
    session.flush()
    _record_event(session, EventKind.DECISION_MADE, decision, context.row, by=by, now=now)
    return decision


def sign(session: Session, decision: Decision, *, seen: str | None, by: Actor, now: datetime) -> None:
    """Sign a decision as the chair; `seen` is the digest of what was on their screen. Again, it changes nothing.

    Raises DecisionSuperseded, DecisionChanged, RoundNotClosed.
    """
    row = _locked_round(session, decision)
    decision = queries.decision(session, decision.programme_id, decision.id, lock=True)
    _require_current(decision)
    programme = session.get_one(Programme, decision.programme_id)
    if not is_unchanged(decision, programme=programme.slug, round_key=row.key) or seen not in {None, decision.digest}:
        raise DecisionChanged
    if decision.status != DecisionStatus.MADE:
        return
    _require_closed(session, row)
    advance(session, decision, DecisionStatus.SIGNED, edges=DECISION_TRANSITIONS, signed_by=by.name, signed_at=now)
    _record_event(session, EventKind.DECISION_SIGNED, decision, row, by=by, now=now)


def publish(session: Session, decision: Decision, *, by: Actor, now: datetime) -> None:
    """Make a signed decision known; the job that follows applies it to every submission. Again, it changes nothing.

    Raises DecisionSuperseded, DecisionNotSigned, RoundNotClosed.
    """
    row = _locked_round(session, decision)
    decision = queries.decision(session, decision.programme_id, decision.id, lock=True)
    _require_current(decision)
    if decision.status == DecisionStatus.PUBLISHED:
        return
    if decision.status != DecisionStatus.SIGNED:
        raise DecisionNotSigned(status=decision.status)
    _require_closed(session, row)
    advance(session, decision, DecisionStatus.PUBLISHED, edges=DECISION_TRANSITIONS, published_at=now)
    _record_event(session, EventKind.DECISION_PUBLISHED, decision, row, by=by, now=now)


def reopen_round(session: Session, context: RoundContext, *, reason: str, by: Actor, now: datetime) -> None:
    """Let judging go on in a closed round; a decision not published yet is superseded. Raises ReopeningNeedsReason, RoundNotClosed."""
    if not reason.strip():
        raise ReopeningNeedsReason
    _require_closed(session, context.row)
    decision = queries.current_decision(session, context.row.id, lock=True)
    if decision is not None:
        advance(session, decision, DecisionStatus.SUPERSEDED, edges=DECISION_TRANSITIONS)
    advance(session, context.row, RoundStatus.OPEN, edges=ROUND_TRANSITIONS, closed_at=None)
    events.append(
        session,
        EventKind.ROUND_OPENED,
        subject_id=context.row.id,
        programme_id=context.programme.id,
        by=by,
        now=now,
        reason=reason.strip(),
        data={"round": context.row.key, "again": True},
    )


def is_unchanged(decision: Decision, *, programme: str, round_key: str) -> bool:
    """Return whether a decision is what its digest says, in the format in which it was made."""
    content = seal.Content(programme, round_key, decision.rule, decision.places_json, decision.ties_json)
    return seal.digest(content, seal_format=decision.seal_format) == decision.digest


def _locked_round(session: Session, decision: Decision) -> RoundRow:
    """Return the round of a decision, locked before the decision is: in this order everybody locks the two."""
    return session.get_one(RoundRow, decision.round_id, with_for_update=True, populate_existing=True)


def _require_closed(session: Session, row: RoundRow) -> None:
    session.refresh(row, with_for_update=True)
    if row.status != RoundStatus.CLOSED:
        raise RoundNotClosed(round=row.key, status=row.status)


def _require_current(decision: Decision) -> None:
    if decision.status == DecisionStatus.SUPERSEDED:
        raise DecisionSuperseded


def _record_event(session: Session, kind: EventKind, decision: Decision, row: RoundRow, *, by: Actor, now: datetime) -> None:
    events.append(
        session,
        kind,
        subject_id=decision.id,
        programme_id=decision.programme_id,
        by=by,
        now=now,
        data={"round": row.key, "digest": decision.digest},
    )
