"""What a committee member does: claim, renew, give back, declare a conflict, ballot."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict, Invalid
from shared.events import SYSTEM, Actor, EventKind
from shared.reviews.assignment import most_at_once
from shared.reviews.lifecycle import ASSIGNMENT_TRANSITIONS, AssignmentStatus, RoundStatus
from shared.reviews.marks import checked
from shared.reviews.models import Assignment, Ballot, ConflictOfInterest, Entry, RoundRow
from shared.reviews.queries import AssignmentDetail, RoundContext
from shared.reviews.rounds import RoundNotOpen
from shared.submissions.models import Submission

LONGEST_COMMENT = 10_000
"""Characters."""


class AssignmentLost(Conflict):
    """The time of the claim ran out, or the member gave it back."""

    th = "งานพิจารณานี้ไม่ได้อยู่กับท่านแล้ว (สถานะ {status}) โปรดรับงานใหม่ คะแนนที่บันทึกร่างไว้ยังอยู่"
    en = "This assignment is not yours any more (it is {status}). Please claim again; the draft you saved is kept."


class AlreadyBalloted(Conflict):
    """A member gives one ballot for each submission of a round."""

    th = "ท่านส่งใบให้คะแนนของ {reference} แล้ว จึงแก้ไขไม่ได้"
    en = "Your ballot for {reference} has been submitted and cannot be changed."


class ReasonMissing(Invalid):
    """History needs the reason."""

    th = "โปรดระบุเหตุผล"
    en = "Please give the reason."


class CommentTooLong(Invalid):
    """A comment has a greatest length."""

    th = "ความเห็นยาวเกิน {longest} ตัวอักษร"
    en = "The comment is longer than {longest} characters."


def claim(session: Session, context: RoundContext, committee: str, *, member: UUID, by: Actor, now: datetime) -> Assignment | None:
    """Claim the next submission of a queue for a member: the one with the fewest ballots first, then the oldest. None when nothing is left.

    Claims that happen at once skip one another's rows (SKIP LOCKED). Raises RoundNotOpen.
    """
    if context.row.status != RoundStatus.OPEN:
        raise RoundNotOpen(round=context.row.key, status=context.row.status)
    # Two claims of one member wait for one another, so that neither takes what the other just took.
    session.execute(select(func.pg_advisory_xact_lock(member.int & (1 << 63) - 1)))
    entry = _take(session, context, committee, member)
    if entry is None and expire(session, now=now, round_id=context.row.id):
        entry = _take(session, context, committee, member)
    if entry is None:
        return None
    assignment = Assignment(
        id=new_id(),
        entry_id=entry.id,
        account_id=member,
        status=AssignmentStatus.CLAIMED,
        claimed_at=now,
        lease_until=now + _lease(context),
    )
    session.add(assignment)
    _record_event(session, EventKind.ASSIGNMENT_CLAIMED, assignment, entry, context, by=by, now=now)
    session.flush()
    return assignment


def renew(session: Session, detail: AssignmentDetail, *, now: datetime) -> None:
    """Extend the lease of a claim by the round's lease time. Raises AssignmentLost, RoundNotOpen."""
    _require_claimed(detail, now)
    _require_open(session, detail)
    detail.assignment.lease_until = now + _lease(detail.context)
    session.flush()


def give_back(session: Session, detail: AssignmentDetail, *, by: Actor, now: datetime) -> None:
    """Return a claimed submission to the queue; the draft is kept. Repeated, it changes nothing. Raises AssignmentLost."""
    if detail.assignment.status == AssignmentStatus.GIVEN_BACK:
        return
    _require_claimed(detail, now)
    _end(session, detail, AssignmentStatus.GIVEN_BACK, now)
    _record_event(session, EventKind.ASSIGNMENT_GIVEN_BACK, detail.assignment, detail.entry, detail.context, by=by, now=now)


def declare_conflict(session: Session, detail: AssignmentDetail, *, reason: str, by: Actor, now: datetime) -> None:
    """Record that the member may not judge this submission in any round, and delete their draft. Repeated, it changes nothing.

    Raises AssignmentLost, ReasonMissing.
    """
    if detail.assignment.status == AssignmentStatus.CONFLICTED:
        return
    if not reason.strip():
        raise ReasonMissing
    _require_claimed(detail, now)
    session.execute(
        insert(ConflictOfInterest)
        .values(
            id=new_id(), submission_id=detail.submission.id, account_id=detail.assignment.account_id, reason=reason.strip(), declared_at=now
        )
        .on_conflict_do_nothing()
    )
    if detail.ballot is not None:
        session.delete(detail.ballot)
    _end(session, detail, AssignmentStatus.CONFLICTED, now)
    _record_event(
        session, EventKind.CONFLICT_DECLARED, detail.assignment, detail.entry, detail.context, by=by, now=now, reason=reason.strip()
    )


def save_ballot(
    session: Session, detail: AssignmentDetail, *, marks: Mapping[str, Decimal | None], comment: str, submit: bool, by: Actor, now: datetime
) -> Ballot:
    """Save a member's marks and comment as a draft, or submit them for good. `detail` was read with its row locked.

    Submitting the same again changes nothing. Raises AlreadyBalloted, AssignmentLost, RoundNotOpen, MarksInvalid, CommentTooLong.
    """
    ballot = detail.ballot
    if ballot is not None and ballot.submitted_at is not None:
        same = checked(marks, detail.context.rules.criteria, complete=submit) == ballot.marks and comment == ballot.comment
        if submit and same and detail.assignment.status == AssignmentStatus.SUBMITTED:
            return ballot
        raise AlreadyBalloted(reference=detail.submission.reference)
    _require_claimed(detail, now)
    _require_open(session, detail)
    if len(comment) > LONGEST_COMMENT:
        raise CommentTooLong(longest=LONGEST_COMMENT)
    given = checked(marks, detail.context.rules.criteria, complete=submit)
    if ballot is None:
        ballot = Ballot(id=new_id(), entry_id=detail.entry.id, account_id=detail.assignment.account_id)
        session.add(ballot)
    ballot.marks, ballot.comment, ballot.saved_at = dict(given), comment, now
    if not submit:
        detail.assignment.lease_until = now + _lease(detail.context)
        session.flush()
        return ballot
    ballot.submitted_at, ballot.renewed_at = now, None
    advance(session, detail.assignment, AssignmentStatus.SUBMITTED, edges=ASSIGNMENT_TRANSITIONS, ended_at=now)
    _record_event(session, EventKind.BALLOT_SUBMITTED, detail.assignment, detail.entry, detail.context, by=by, now=now)
    return ballot


def expire(session: Session, *, now: datetime, round_id: UUID | None = None) -> int:
    """End the claims whose lease ran out, of all rounds or of one; drafts are kept. Returns how many ended."""
    lapsed = (
        select(Assignment, Entry, Submission.programme_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(Assignment.status == AssignmentStatus.CLAIMED, Assignment.lease_until <= now)
        .order_by(Entry.id)
        .with_for_update(of=Assignment, skip_locked=True)
    )
    if round_id is not None:
        lapsed = lapsed.where(Entry.round_id == round_id)
    found = session.execute(lapsed.execution_options(populate_existing=True)).all()
    for assignment, entry, programme_id in found:
        advance(session, assignment, AssignmentStatus.EXPIRED, edges=ASSIGNMENT_TRANSITIONS, ended_at=now)
        _release(session, entry.id)
        events.append(
            session,
            EventKind.ASSIGNMENT_EXPIRED,
            subject_id=assignment.id,
            submission_id=entry.submission_id,
            programme_id=programme_id,
            by=SYSTEM,
            now=now,
        )
    return len(found)


def _take(session: Session, context: RoundContext, committee: str, member: UUID) -> Entry | None:
    """Lock the entry to be claimed next, count it up and return it.

    Entries that other transactions have locked are skipped; they are waited for only when nothing else is left.
    """
    query = _open_to(context, committee, member)
    for locked in (query.with_for_update(of=Entry, skip_locked=True), query.with_for_update(of=Entry)):
        taken = session.scalar(
            update(Entry)
            .where(Entry.id == locked.scalar_subquery())
            .values(filled=Entry.filled + 1)
            .returning(Entry)
            .execution_options(populate_existing=True, synchronize_session=False)
        )
        if taken is not None:
            return taken
    return None


def _open_to(context: RoundContext, committee: str, member: UUID) -> Select[UUID]:
    mine = select(Assignment.id).where(
        Assignment.entry_id == Entry.id,
        Assignment.account_id == member,
        Assignment.status.in_((AssignmentStatus.CLAIMED, AssignmentStatus.SUBMITTED)),
    )
    conflict = select(ConflictOfInterest.id).where(
        ConflictOfInterest.submission_id == Entry.submission_id, ConflictOfInterest.account_id == member
    )
    query = (
        select(Entry.id)
        .where(
            Entry.round_id == context.row.id,
            Entry.committee == committee,
            Entry.lapsed_at.is_(None),
            ~mine.exists(),
            ~conflict.exists(),
        )
        .order_by(Entry.filled, Entry.id)
        .limit(1)
    )
    most = most_at_once(context.rules.ballots)
    return query if most is None else query.where(Entry.filled < most)


def _require_claimed(detail: AssignmentDetail, now: datetime) -> None:
    assignment = detail.assignment
    if assignment.status == AssignmentStatus.SUBMITTED:
        raise AlreadyBalloted(reference=detail.submission.reference)
    if assignment.status != AssignmentStatus.CLAIMED:
        raise AssignmentLost(status=assignment.status)
    if assignment.lease_until <= now:
        raise AssignmentLost(status=str(AssignmentStatus.EXPIRED))


def _require_open(session: Session, detail: AssignmentDetail) -> None:
    """Lock the round so that it cannot close before this transaction ends. Raises RoundNotOpen when it has closed already."""
    status = session.scalar(select(RoundRow.status).where(RoundRow.id == detail.context.row.id).with_for_update(read=True))
    if status != RoundStatus.OPEN:
        raise RoundNotOpen(round=detail.context.row.key, status=status)


def _end(session: Session, detail: AssignmentDetail, status: AssignmentStatus, now: datetime) -> None:
    advance(session, detail.assignment, status, edges=ASSIGNMENT_TRANSITIONS, ended_at=now)
    _release(session, detail.entry.id)


def _release(session: Session, entry_id: UUID) -> None:
    session.execute(update(Entry).where(Entry.id == entry_id).values(filled=Entry.filled - 1))


def _lease(context: RoundContext) -> timedelta:
    return timedelta(minutes=context.rules.lease_minutes)


def _record_event(
    session: Session,
    kind: EventKind,
    assignment: Assignment,
    entry: Entry,
    context: RoundContext,
    *,
    by: Actor,
    now: datetime,
    reason: str | None = None,
) -> None:
    events.append(
        session,
        kind,
        subject_id=assignment.id,
        submission_id=entry.submission_id,
        programme_id=context.programme.id,
        by=by,
        now=now,
        reason=reason,
        data={"round": context.row.key, "committee": entry.committee},
    )
