"""The verbs of a committee member: claim, renew, give back, declare a conflict, ballot."""

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
from shared.submissions.sheet import JUDGED

LONGEST_COMMENT = 10_000
"""Characters."""


class AssignmentLost(Conflict):
    """The time of the claim ran out, or the member gave it back."""

    th = "งานพิจารณานี้ไม่ได้อยู่กับท่านแล้ว (สถานะ {status}) โปรดรับงานใหม่ คะแนนที่บันทึกร่างไว้ยังอยู่"
    en = "This assignment is not yours any more (it is {status}). Please claim again; the draft you saved is kept."


class AlreadyBalloted(Conflict):
    """A member ballots once a round for each submission."""

    th = "ท่านส่งใบให้คะแนนของ {reference} แล้ว จึงแก้ไขไม่ได้"
    en = "Your ballot for {reference} has been submitted and cannot be changed."


class ReasonMissing(Invalid):
    """History needs the reason."""

    th = "โปรดระบุเหตุผล"
    en = "Please give the reason."


class CommentTooLong(Invalid):
    """A comment has an end."""

    th = "ความเห็นยาวเกิน {longest} ตัวอักษร"
    en = "The comment is longer than {longest} characters."


def claim(session: Session, context: RoundContext, committee: str, *, member: UUID, by: Actor, now: datetime) -> Assignment | None:
    """Take the next submission of a queue for a member: the least filled first, then the oldest. None when nothing is left for them.

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


def renew(session: Session, whole: AssignmentDetail, *, now: datetime) -> None:
    """Lengthen a claim by the round's term: a sign of life. Raises AssignmentLost, RoundNotOpen."""
    _require_held(whole, now)
    _require_open(session, whole)
    whole.assignment.lease_until = now + _lease(whole.context)
    session.flush()


def give_back(session: Session, whole: AssignmentDetail, *, by: Actor, now: datetime) -> None:
    """Put a claimed submission back into the queue; the draft stays. Again, it changes nothing. Raises AssignmentLost."""
    if whole.assignment.status == AssignmentStatus.GIVEN_BACK:
        return
    _require_held(whole, now)
    _end(session, whole, AssignmentStatus.GIVEN_BACK, now)
    _record_event(session, EventKind.ASSIGNMENT_GIVEN_BACK, whole.assignment, whole.entry, whole.context, by=by, now=now)


def declare_conflict(session: Session, whole: AssignmentDetail, *, reason: str, by: Actor, now: datetime) -> None:
    """Note that the member may not judge this submission, in no round; their draft goes. Again, it changes nothing.

    Raises AssignmentLost, ReasonMissing.
    """
    if whole.assignment.status == AssignmentStatus.CONFLICTED:
        return
    if not reason.strip():
        raise ReasonMissing
    _require_held(whole, now)
    session.execute(
        insert(ConflictOfInterest)
        .values(
            id=new_id(), submission_id=whole.submission.id, account_id=whole.assignment.account_id, reason=reason.strip(), declared_at=now
        )
        .on_conflict_do_nothing()
    )
    if whole.ballot is not None:
        session.delete(whole.ballot)
    _end(session, whole, AssignmentStatus.CONFLICTED, now)
    _record_event(session, EventKind.CONFLICT_DECLARED, whole.assignment, whole.entry, whole.context, by=by, now=now, reason=reason.strip())


def save_ballot(
    session: Session, whole: AssignmentDetail, *, marks: Mapping[str, Decimal | None], comment: str, submit: bool, by: Actor, now: datetime
) -> Ballot:
    """Keep a member's marks and comment as a draft, or submit them for good. `whole` was read with its row locked.

    Submitting the very same again changes nothing. Raises AlreadyBalloted, AssignmentLost, RoundNotOpen, MarksInvalid, CommentTooLong.
    """
    ballot = whole.ballot
    if ballot is not None and ballot.submitted_at is not None:
        same = checked(marks, whole.context.rules.criteria, complete=submit) == ballot.marks and comment == ballot.comment
        if submit and same and whole.assignment.status == AssignmentStatus.SUBMITTED:
            return ballot
        raise AlreadyBalloted(reference=whole.submission.reference)
    _require_held(whole, now)
    _require_open(session, whole)
    if len(comment) > LONGEST_COMMENT:
        raise CommentTooLong(longest=LONGEST_COMMENT)
    kept = checked(marks, whole.context.rules.criteria, complete=submit)
    if ballot is None:
        ballot = Ballot(id=new_id(), entry_id=whole.entry.id, account_id=whole.assignment.account_id)
        session.add(ballot)
    ballot.marks, ballot.comment, ballot.saved_at = dict(kept), comment, now
    if not submit:
        whole.assignment.lease_until = now + _lease(whole.context)
        session.flush()
        return ballot
    ballot.submitted_at = now
    advance(session, whole.assignment, AssignmentStatus.SUBMITTED, edges=ASSIGNMENT_TRANSITIONS, ended_at=now)
    _record_event(session, EventKind.BALLOT_SUBMITTED, whole.assignment, whole.entry, whole.context, by=by, now=now)
    return ballot


def expire(session: Session, *, now: datetime, round_id: UUID | None = None) -> int:
    """End the claims whose time ran out, of all rounds or of one; their drafts stay. Returns how many."""
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
    """Lock, count up and return the entry to give out next.

    What others hold this moment is skipped; only when nothing else is left, waited for.
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
        .join(Submission, Submission.id == Entry.submission_id)
        .where(
            Entry.round_id == context.row.id,
            Entry.committee == committee,
            Submission.status.in_(JUDGED),
            ~mine.exists(),
            ~conflict.exists(),
        )
        .order_by(Entry.filled, Entry.id)
        .limit(1)
    )
    most = most_at_once(context.rules.ballots)
    return query if most is None else query.where(Entry.filled < most)


def _require_held(whole: AssignmentDetail, now: datetime) -> None:
    assignment = whole.assignment
    if assignment.status == AssignmentStatus.SUBMITTED:
        raise AlreadyBalloted(reference=whole.submission.reference)
    if assignment.status != AssignmentStatus.CLAIMED:
        raise AssignmentLost(status=assignment.status)
    if assignment.lease_until <= now:
        raise AssignmentLost(status=str(AssignmentStatus.EXPIRED))


def _require_open(session: Session, whole: AssignmentDetail) -> None:
    """Hold the round open until this transaction ends: closing waits, or this sees it closed."""
    status = session.scalar(select(RoundRow.status).where(RoundRow.id == whole.context.row.id).with_for_update(read=True))
    if status != RoundStatus.OPEN:
        raise RoundNotOpen(round=whole.context.row.key, status=status)


def _end(session: Session, whole: AssignmentDetail, status: AssignmentStatus, now: datetime) -> None:
    advance(session, whole.assignment, status, edges=ASSIGNMENT_TRANSITIONS, ended_at=now)
    _release(session, whole.entry.id)


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
