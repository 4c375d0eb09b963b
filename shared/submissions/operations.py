"""The verbs of a submission, from the invitation to its acceptance."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict, Invalid
from shared.events import SYSTEM, Actor, ActorKind, EventKind
from shared.people import codes
from shared.people import operations as people
from shared.people.models import CodePurpose
from shared.programmes.definition import Definition, Item
from shared.programmes.models import Group, Programme
from shared.submissions import queries
from shared.submissions.deadlines import closes_at, hands_in_until
from shared.submissions.lifecycle import TRANSITIONS, Status
from shared.submissions.models import Submission, Upload
from shared.submissions.receipts.issuing import Consent, issue
from shared.submissions.sheet import MAY_SUBMIT


class DeadlinePassed(Conflict):
    """It is too late."""

    th = "หมดเวลาส่งแล้วเมื่อ {deadline} โปรดติดต่อเจ้าหน้าที่พัฒนาชุมชนอำเภอของท่าน"
    en = "The deadline was {deadline}. Contact your district officer."


class AlreadyHandedIn(Conflict):
    """What was handed in stays as it is until it is returned."""

    th = "กลุ่มของท่านส่งผลงานแล้ว (สถานะ {status}) จึงแก้ไขหรือส่งซ้ำไม่ได้"
    en = "Your group has already submitted (status: {status}), so this cannot be changed or submitted again."


class ItemsMissing(Invalid):
    """Handing in needs a whole file for every required item."""

    th = "ยังส่งไม่ได้ เพราะยังขาด: {names_th} โปรดอัปโหลดให้ครบแล้วกดส่งอีกครั้ง"
    en = "You cannot submit yet. Missing: {names_en}. Upload what is missing, then submit again."


class ConfirmationNeeded(Conflict):
    """Staff help, but only the group hands in."""

    th = "เจ้าหน้าที่ส่งผลงานแทนกลุ่มไม่ได้ โปรดกด “ขอให้กลุ่มยืนยัน” แล้วให้กลุ่มยืนยันทางลิงก์ของกลุ่ม หรือบอกรหัสยืนยันให้ท่านกรอก"
    en = "Staff cannot submit for a group. Ask the group to confirm with its own link, or to tell you its code, which you enter."


def invite(session: Session, *, programme: Programme, group: Group, by: Actor, now: datetime) -> Submission:
    """Open a submission for a target group with its reference number and link; one that exists is returned as it is."""
    existing = session.scalar(select(Submission).where(Submission.programme_id == programme.id, Submission.group_id == group.id))
    if existing is not None:
        return existing
    number = session.scalar(
        update(Programme)
        .where(Programme.id == programme.id)
        .values(next_reference=Programme.next_reference + 1)
        .returning(Programme.next_reference)
    )
    assert number is not None  # noqa: S101  # the programme exists: UPDATE … RETURNING gives the new value
    submission = Submission(
        id=new_id(),
        programme_id=programme.id,
        group_id=group.id,
        reference=f"{programme.definition.reference_prefix}-{number - 1:04d}",
        status=Status.INVITED,
    )
    session.add(submission)
    session.flush()
    people.make_link(session, submission_id=submission.id)
    record_event(session, EventKind.SUBMISSION_INVITED, submission, by=by, now=now)
    return submission


def open_(session: Session, submission: Submission, *, by: Actor, now: datetime) -> None:
    """Note that the group has come; nothing happens when it came before, also a moment before: its first look and first file race."""
    if submission.status == Status.INVITED:
        session.refresh(submission, with_for_update=True)
    if submission.status != Status.INVITED:
        return
    advance(session, submission, Status.OPEN, edges=TRANSITIONS)
    record_event(session, EventKind.SUBMISSION_OPENED, submission, by=by, now=now)


def submit(
    session: Session,
    submission: Submission,
    *,
    definition: Definition,
    by: Actor,
    secret: str,
    now: datetime,
    helped_by: str | None = None,
    confirmed_by: str = "link",
) -> None:
    """Hand the submission in. Raises ConfirmationNeeded to staff, AlreadyHandedIn, ItemsMissing, DeadlinePassed.

    Within the programme's grace after the deadline it is possible if every file was begun before the deadline. `helped_by` is the officer
    at whose side the group does it, beside the one who prepared it; `confirmed_by` says how the group said yes: `link` or `code`.
    `secret` signs the receipt's code.
    """
    if by.kind is ActorKind.STAFF:
        raise ConfirmationNeeded
    uploads = require_ready(session, submission, definition=definition, by=by, now=now)
    helpers = tuple(dict.fromkeys(name for name in (submission.prepared_by, helped_by) if name))
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    end_preparation(session, submission, now=now)
    advance(session, submission, Status.SUBMITTED, edges=TRANSITIONS, submitted_at=now)
    consent = Consent(by, confirmed_by, helpers)
    receipt = issue(session, submission, definition=definition, uploads=uploads, closes=closes, consent=consent, secret=secret, now=now)
    data: dict[str, Any] = {
        "receipt": str(receipt.id),
        "files": [
            {"item": upload.kind, "filename": upload.filename, "sha256": upload.sha256, "size_bytes": upload.size_bytes}
            for upload in uploads
        ],
    }
    if helpers:
        group = session.get_one(Group, submission.group_id)
        data |= {"group": group.name, "helped_by": ", ".join(helpers), "confirmed_by": confirmed_by}
    record_event(session, EventKind.SUBMISSION_SUBMITTED, submission, by=by, now=now, data=data)


def require_ready(session: Session, submission: Submission, *, definition: Definition, by: Actor, now: datetime) -> list[Upload]:
    """Return the files that would be handed in now. Raises AlreadyHandedIn, ItemsMissing, DeadlinePassed."""
    open_(session, submission, by=by, now=now)
    if submission.status not in MAY_SUBMIT:
        raise AlreadyHandedIn(status=submission.status)
    uploads = queries.current_uploads(session, [submission.id]).get(submission.id, [])
    _require_items(definition, uploads)
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    if now > hands_in_until(definition, closes, begun=[upload.created_at for upload in uploads]):
        raise DeadlinePassed(deadline=closes.isoformat())
    return uploads


def end_preparation(session: Session, submission: Submission, *, now: datetime) -> None:
    """Let nothing wait for the group's yes any more, as after a change of files: the yes was asked for what stood then."""
    if submission.prepared_at is not None:
        submission.prepared_at = submission.prepared_by_id = submission.prepared_by = None
        codes.end(session, CodePurpose.CONFIRM, submission_id=submission.id, now=now)


def accept(session: Session, submission: Submission, *, now: datetime) -> None:
    """Take the submission on for judging: all its files passed."""
    advance(session, submission, Status.ACCEPTED, edges=TRANSITIONS)
    record_event(session, EventKind.SUBMISSION_ACCEPTED, submission, by=SYSTEM, now=now)


def return_(session: Session, submission: Submission, *, findings: list[dict[str, Any]], now: datetime) -> None:
    """Give the submission back to the group with what must be mended: findings as {item, code, data}."""
    advance(session, submission, Status.RETURNED, edges=TRANSITIONS, returned_at=now)
    record_event(session, EventKind.SUBMISSION_RETURNED, submission, by=SYSTEM, now=now, data={"findings": findings})


def remind(session: Session, submission: Submission, *, days: int, now: datetime) -> None:
    """Remind a group that has not handed in that so many days are left; once for each number of days."""
    reminded = [event.data["days"] for event in queries.history(session, submission.id) if event.kind == EventKind.SUBMISSION_REMINDED]
    if days not in reminded:
        record_event(session, EventKind.SUBMISSION_REMINDED, submission, by=SYSTEM, now=now, data={"days": days})


def missing_items(definition: Definition, uploads: list[Upload]) -> list[Item]:
    """Return the required items for which no whole file stands."""
    arrived = {upload.kind for upload in uploads}
    return [item for item in definition.items if item.required and item.kind not in arrived]


def _require_items(definition: Definition, uploads: list[Upload]) -> None:
    missing = missing_items(definition, uploads)
    if missing or not uploads:
        raise ItemsMissing(
            missing=[item.kind for item in missing],
            names_th=", ".join(item.label.th for item in missing),
            names_en=", ".join(item.label.en for item in missing),
        )


def record_event(
    session: Session,
    kind: EventKind,
    submission: Submission,
    *,
    by: Actor,
    now: datetime,
    reason: str | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Append an event about a submission to its history."""
    events.append(
        session,
        kind,
        subject_id=submission.id,
        submission_id=submission.id,
        programme_id=submission.programme_id,
        by=by,
        now=now,
        reason=reason,
        data=data,
    )
