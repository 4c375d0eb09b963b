"""Help with submitting: an officer prepares, the group confirms, by its own link or by a code that it tells the officer."""

from datetime import datetime

from sqlalchemy.orm import Session

from shared.errors import Conflict, Invalid
from shared.events import Actor, EventKind
from shared.people import codes
from shared.people.models import CodePurpose
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.submissions import operations
from shared.submissions.models import Submission


class CodeWrong(Invalid):
    """The code is not the one that was sent to the group."""

    th = "รหัสยืนยันไม่ถูกต้อง ลองได้อีก {tries_left} ครั้ง โปรดถามกลุ่มอีกครั้ง"
    en = "That code is not correct. Tries left: {tries_left}. Ask the group again."


class CodeDead(Conflict):
    """The code has expired, was tried too often, or was used."""

    th = "รหัสยืนยันนี้ใช้ไม่ได้แล้ว (หมดอายุ หรือพิมพ์ผิดครบจำนวนครั้ง) โปรดกด “ขอให้กลุ่มยืนยัน” ใหม่ กลุ่มจะได้รหัสใหม่"
    en = "This code no longer works: it has expired or was entered wrongly too often. Ask the group to confirm again to get a new code."


def prepare(session: Session, submission: Submission, *, definition: Definition, by: Actor, secret: str, now: datetime) -> None:
    """Ask the group to confirm what an officer prepared for it: it is sent its link and a new code; the submission's row must be locked.

    Everything that submitting needs must be there. Raises AlreadyHandedIn, ItemsMissing, DeadlinePassed.
    """
    operations.require_ready(session, submission, definition=definition, by=by, now=now)
    code = codes.make(session, CodePurpose.CONFIRM, submission_id=submission.id, now=now, secret=secret)
    submission.prepared_at, submission.prepared_by_id, submission.prepared_by = now, by.id, by.name
    group = session.get_one(Group, submission.group_id)
    data = {"group": group.name, "helped_by": by.name, "code": str(code.id)}
    operations.record_event(session, EventKind.SUBMISSION_PREPARED, submission, by=by, now=now, data=data)


def confirm_by_code(
    session: Session, submission: Submission, *, typed: str, definition: Definition, helper: Actor, secret: str, now: datetime
) -> CodeWrong | CodeDead | None:
    """Submit for the group that told `helper` its code; the submission's row must be locked.

    What is wrong with the code is returned, not raised, so that the try it cost is committed. Raises what submitting raises, and
    ConfirmationNeeded when nothing waits for a code.
    """
    if submission.prepared_at is None:
        raise operations.ConfirmationNeeded
    tried, tries_left = codes.confirm(session, typed, submission_id=submission.id, now=now, secret=secret)
    if tried is codes.Tried.WRONG:
        return CodeWrong(tries_left=tries_left)
    if tried is codes.Tried.DEAD:
        return CodeDead()
    group = Actor.group(submission.id)
    operations.submit(
        session, submission, definition=definition, by=group, helped_by=helper.name, confirmed_by="code", now=now, secret=secret
    )
    return None


def hand_over(session: Session, submission: Submission, *, by: Actor, secret: str, now: datetime) -> None:
    """Make a code by which another device opens the submission."""
    codes.make(session, CodePurpose.HANDOVER, submission_id=submission.id, now=now, secret=secret)
    operations.record_event(session, EventKind.HANDOVER_MADE, submission, by=by, now=now)


def note_handed_over(session: Session, submission: Submission, *, now: datetime) -> None:
    """Note that another device opened the submission by its code."""
    operations.record_event(session, EventKind.HANDOVER_USED, submission, by=Actor.group(submission.id), now=now)
