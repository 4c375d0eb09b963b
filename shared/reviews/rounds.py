"""What is done with a round: open it, close it. Its entries are made by `shared.reviews.entries`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict
from shared.events import Actor, EventKind
from shared.programmes import operations as programmes
from shared.programmes import queries as programme_queries
from shared.programmes.models import Programme
from shared.reviews import queries
from shared.reviews.assignment import IncompleteEntry, incomplete
from shared.reviews.lifecycle import ROUND_TRANSITIONS, RoundStatus
from shared.reviews.models import RoundRow
from shared.reviews.queries import RoundContext, RoundUnknown
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission

NAMED = 5
"""The most submissions that a sentence names; its facts hold all of them."""


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
    """Open a round for judging; when it is open already nothing happens. Raises RoundUnknown, RoundEnded.

    From now on its part of the programme's definition is frozen. Its submissions are put into the queues by the job that follows.
    """
    programme = programme_queries.programme(session, programme.slug, lock=True)
    keys = [stage.key for stage in programme.definition.judges]
    if key not in keys:
        raise RoundUnknown(programme=programme.slug, round=key)
    row = queries.rounds(session, programme.id).get(key)
    if row is None:
        row = RoundRow(id=new_id(), programme_id=programme.id, key=key, ordinal=keys.index(key), status=RoundStatus.WAITING)
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


def close_round(session: Session, context: RoundContext, *, by: Actor, now: datetime) -> None:
    """End the judging of a round; when it has ended already nothing happens. Its entries are all made, see `shared.stages.rounds`.

    Raises RoundNotOpen, SubmissionsBeingChecked, BallotsMissing (naming whose), RoundEmpty.
    """
    row, key = context.row, context.row.key
    session.refresh(row, with_for_update=True)
    if row.status == RoundStatus.CLOSED:
        return
    if row.status != RoundStatus.OPEN:
        raise RoundNotOpen(round=key, status=row.status)
    _refuse_unchecked(session, context)
    entries = queries.judged_entries(session, row.id)
    if not entries:
        raise RoundEmpty(round=key)
    members = queries.members(session, context.programme.id, {entry.committee for entry in entries})
    lacking = incomplete(
        entries,
        ballots=context.rules.ballots,
        members={committee: [account.id for account in accounts] for committee, accounts in members.items()},
    )
    if lacking:
        names = {account.id: account.name for accounts in members.values() for account in accounts}
        raise BallotsMissing(round=key, **_whose(lacking, names))
    advance(session, row, RoundStatus.CLOSED, edges=ROUND_TRANSITIONS, closed_at=now)
    events.append(session, EventKind.ROUND_CLOSED, subject_id=row.id, programme_id=row.programme_id, by=by, now=now, data={"round": key})


def _refuse_unchecked(session: Session, context: RoundContext) -> None:
    """Raise SubmissionsBeingChecked while something that the round reads is submitted and neither accepted nor returned."""
    waiting = session.scalars(
        select(Submission.reference)
        .join(Filing, Filing.submission_id == Submission.id)
        .where(
            Submission.programme_id == context.programme.id,
            Submission.withdrawn_at.is_(None),
            Submission.disqualified_at.is_(None),
            Filing.stage.in_(context.definition.reads_of(context.rules)),
            Filing.status == FilingStatus.SUBMITTED,
        )
        .order_by(Submission.reference)
    ).all()
    if waiting:
        raise SubmissionsBeingChecked(references=", ".join(waiting[:NAMED]), submissions=list(waiting))


def _whose(lacking: list[IncompleteEntry], names: dict[UUID, str]) -> dict[str, object]:
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
