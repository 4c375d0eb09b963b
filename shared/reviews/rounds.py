"""The verbs of a round: open it, put submissions into its queues, close it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict
from shared.events import SYSTEM, Actor, EventKind
from shared.programmes import operations as programmes
from shared.programmes import queries as programme_queries
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme
from shared.reviews import queries
from shared.reviews.assignment import Missing, missing
from shared.reviews.lifecycle import ROUND_TRANSITIONS, RoundStatus
from shared.reviews.models import Entry, RoundRow
from shared.reviews.queries import RoundContext, RoundUnknown
from shared.submissions import queries as submission_queries
from shared.submissions.lifecycle import Status
from shared.submissions.models import Submission

NAMED = 5
"""So many submissions are named in a sentence; all of them are in its facts."""


class RoundNotOpen(Conflict):
    """Judging happens while the round is open."""

    th = "รอบ {round} ไม่ได้เปิดให้พิจารณาอยู่ (สถานะ {status})"
    en = "Round {round} is not open for judging (it is {status})."


class RoundNotClosed(Conflict):
    """Only a closed round can be ranked for good and decided."""

    th = "รอบ {round} ยังไม่ปิดการพิจารณา (สถานะ {status}) โปรดปิดรอบก่อน"
    en = "Round {round} is not closed (it is {status}). Please close it first."


class RoundEnded(Conflict):
    """A round opens once; a closed one is opened again with a reason."""

    th = "รอบ {round} ปิดไปแล้ว (สถานะ {status}) หากจำเป็นให้เปิดใหม่พร้อมเหตุผล"
    en = "Round {round} has ended (it is {status}). If it must go on, reopen it with a reason."


class EarlierRoundUndecided(Conflict):
    """A round judges what the one before it kept."""

    th = "ผลของรอบ {earlier} ยังไม่มีผลบังคับครบทุกใบสมัคร จึงยังเปิดรอบ {round} ไม่ได้ โปรดประกาศผลแล้วรอสักครู่"
    en = "The decision of round {earlier} has not taken effect yet, so round {round} cannot open. Publish it, then wait a moment."


class SubmissionsBeingChecked(Conflict):
    """Closing now would leave out groups whose files are being checked this moment."""

    th = "ยังปิดรอบไม่ได้ กำลังตรวจสอบไฟล์ของ {references} โปรดรอสักครู่แล้วลองใหม่"
    en = "The round cannot close: the files of {references} are being checked. Please try again in a moment."


class BallotsMissing(Conflict):
    """A round closes when every submission has its ballots."""

    th = "ยังปิดรอบ {round} ไม่ได้ ใบให้คะแนนยังไม่ครบ: {whose}"
    en = "Round {round} cannot close; ballots are missing: {whose}"


class RoundEmpty(Conflict):
    """There is nothing to judge in the round."""

    th = "รอบ {round} ไม่มีใบสมัครให้พิจารณา"
    en = "Round {round} holds no submission."


def open_round(session: Session, programme: Programme, key: str, *, by: Actor, now: datetime) -> RoundRow:
    """Open a round for judging; when it is open already nothing happens. Raises RoundUnknown, EarlierRoundUndecided, RoundEnded.

    From now on its part of the programme's definition is frozen. Its submissions are put into the queues by the job that follows.
    """
    programme = programme_queries.programme(session, programme.slug, lock=True)
    definition = programme.definition
    keys = [round_.key for round_ in definition.rounds]
    if key not in keys:
        raise RoundUnknown(programme=programme.slug, round=key)
    ordinal = keys.index(key)
    known = queries.rounds(session, programme.id)
    if ordinal > 0 and (earlier := keys[ordinal - 1]) and (earlier not in known or known[earlier].status != RoundStatus.DECIDED):
        raise EarlierRoundUndecided(earlier=earlier, round=key)
    row = known.get(key)
    if row is None:
        row = RoundRow(id=new_id(), programme_id=programme.id, key=key, ordinal=ordinal, status=RoundStatus.WAITING)
        session.add(row)
        session.flush()
    if row.status == RoundStatus.OPEN:
        return row
    if row.status != RoundStatus.WAITING:
        raise RoundEnded(round=key, status=row.status)
    programmes.freeze_round(session, programme, key)
    advance(session, row, RoundStatus.OPEN, edges=ROUND_TRANSITIONS, opened_at=now)
    events.append(session, EventKind.ROUND_OPENED, subject_id=row.id, programme_id=programme.id, by=by, now=now, data={"round": key})
    return row


def route_submission(session: Session, submission_id: UUID, *, now: datetime) -> None:
    """Give an accepted submission to the committee of its province, and into the queue of the first round if that is open.

    Again, it changes nothing.
    """
    _, group, programme = submission_queries.submission_with_group(session, submission_id)
    # The round is held first, as closing holds it: a round that closes waits for this, or this sees it closed.
    first = session.scalar(select(RoundRow).where(RoundRow.programme_id == programme.id, RoundRow.ordinal == 0).with_for_update(read=True))
    submission = submission_queries.submission(session, submission_id, lock=True)
    if submission.status != Status.ACCEPTED:
        return
    committee = _route(session, submission, group, programme.definition, now)
    if first is not None and first.status == RoundStatus.OPEN:
        _enter(session, first.id, [(submission.id, committee)])


def route_round(session: Session, round_id: UUID, *, now: datetime) -> int:
    """Put the submissions a round judges into its queues: those accepted, later those the round before kept. Returns how many came new."""
    context = queries.load_round_by_id(session, round_id)
    session.refresh(context.row, with_for_update={"read": True})
    if context.row.status != RoundStatus.OPEN:
        return 0
    return _fill(session, context, now)


def close_round(session: Session, context: RoundContext, *, by: Actor, now: datetime) -> None:
    """End the judging of a round; when it has ended already nothing happens.

    Raises RoundNotOpen, SubmissionsBeingChecked, BallotsMissing (naming whose), RoundEmpty.
    """
    row, key = context.row, context.row.key
    session.refresh(row, with_for_update=True)
    if row.status == RoundStatus.CLOSED:
        return
    if row.status != RoundStatus.OPEN:
        raise RoundNotOpen(round=key, status=row.status)
    if row.ordinal == 0:
        _refuse_unchecked(session, context.programme.id)
    _fill(session, context, now)
    entries = queries.judged(session, row.id)
    if not entries:
        raise RoundEmpty(round=key)
    members = queries.members(session, context.programme.id, {entry.committee for entry in entries})
    lacking = missing(
        entries,
        ballots=context.rules.ballots,
        members={committee: [account.id for account in accounts] for committee, accounts in members.items()},
    )
    if lacking:
        names = {account.id: account.name for accounts in members.values() for account in accounts}
        raise BallotsMissing(round=key, **_whose(lacking, names))
    advance(session, row, RoundStatus.CLOSED, edges=ROUND_TRANSITIONS, closed_at=now)
    events.append(session, EventKind.ROUND_CLOSED, subject_id=row.id, programme_id=row.programme_id, by=by, now=now, data={"round": key})


def _fill(session: Session, context: RoundContext, now: datetime) -> int:
    judged = Status.ACCEPTED if context.row.ordinal == 0 else Status.SHORTLISTED
    found = session.execute(
        select(Submission, Group)
        .join(Group, Group.id == Submission.group_id)
        .where(
            Submission.programme_id == context.programme.id,
            Submission.status == judged,
            ~select(Entry.id).where(Entry.round_id == context.row.id, Entry.submission_id == Submission.id).exists(),
        )
        .order_by(Submission.reference)
    ).all()
    routed = [(submission.id, _route(session, submission, group, context.definition, now)) for submission, group in found]
    return _enter(session, context.row.id, routed)


def _route(session: Session, submission: Submission, group: Group, definition: Definition, now: datetime) -> str:
    if submission.committee is None:
        submission.committee = definition.committee_for(group.province)
        session.flush()
        events.append(
            session,
            EventKind.SUBMISSION_ROUTED,
            subject_id=submission.id,
            submission_id=submission.id,
            programme_id=submission.programme_id,
            by=SYSTEM,
            now=now,
            data={"committee": submission.committee},
        )
    return submission.committee


def _enter(session: Session, round_id: UUID, routed: list[tuple[UUID, str]]) -> int:
    if not routed:
        return 0
    # Identifiers of one millisecond sort at random: they are put in order, so that the queue gives out in the order of `routed`.
    ids = sorted(new_id() for _ in routed)
    rows = [
        {"id": id_, "round_id": round_id, "submission_id": submission_id, "committee": committee, "filled": 0}
        for id_, (submission_id, committee) in zip(ids, routed, strict=True)
    ]
    statement = insert(Entry).on_conflict_do_nothing().returning(Entry.id)
    return len(session.scalars(statement, rows).all())


def _refuse_unchecked(session: Session, programme_id: UUID) -> None:
    waiting = session.scalars(
        select(Submission.reference)
        .where(Submission.programme_id == programme_id, Submission.status == Status.SUBMITTED)
        .order_by(Submission.reference)
    ).all()
    if waiting:
        raise SubmissionsBeingChecked(references=", ".join(waiting[:NAMED]), submissions=list(waiting))


def _whose(lacking: list[Missing], names: dict[UUID, str]) -> dict[str, object]:
    """Return the sentence part and the facts of BallotsMissing: by submission, and by member."""
    by_member: dict[str, list[str]] = {}
    for entry in lacking:
        for member in entry.members:
            by_member.setdefault(names[member], []).append(entry.reference)
    parts = [f"{name} ({_few(references)})" for name, references in sorted(by_member.items())]
    nobody = [entry.reference for entry in lacking if not entry.members]
    if nobody:
        parts.append(f"{_few(nobody)}: –")
    return {
        "whose": "; ".join(parts),
        "missing": [
            {
                "submission": entry.reference,
                "needed": entry.needed,
                "submitted": entry.submitted,
                "members": [names[member] for member in entry.members],
            }
            for entry in lacking
        ],
        "members": [{"name": name, "submissions": references} for name, references in sorted(by_member.items())],
    }


def _few(references: list[str]) -> str:
    named = ", ".join(references[:NAMED])
    return named if len(references) <= NAMED else f"{named} +{len(references) - NAMED}"
