"""Help with submitting: an officer prepares, the group confirms, by its own link or by a code that it tells the officer."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from shared.errors import Conflict, Invalid
from shared.events import Actor, EventKind
from shared.people import codes
from shared.people.models import CodePurpose
from shared.submissions import operations
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.record import record_event
from shared.submissions.filings.submitting import ConfirmationNeeded, require_ready, submit
from shared.submissions.models import Submission


class CodeWrong(Invalid):
    """The code is not the one that was sent to the group."""

    th = "รหัสยืนยันไม่ถูกต้อง ลองได้อีก {tries_left} ครั้ง โปรดถามกลุ่มอีกครั้ง"
    en = "That code is not correct. Tries left: {tries_left}. Ask the group again."


class CodeDead(Conflict):
    """The code has expired, was tried too often, or was used."""

    th = "รหัสยืนยันนี้ใช้ไม่ได้แล้ว (หมดอายุ หรือพิมพ์ผิดครบจำนวนครั้ง) โปรดกด “ขอให้กลุ่มยืนยัน” ใหม่ กลุ่มจะได้รหัสใหม่"
    en = "This code no longer works: it has expired or was entered wrongly too often. Ask the group to confirm again to get a new code."


def prepare(session: Session, of: FilingContext, *, by: Actor, secret: str, now: datetime, grant: Decimal | None = None) -> None:
    """Ask the group to confirm what an officer prepared for it: it is sent its link and a new code; the rows must be locked.

    Everything that submitting needs must be there; `grant` is what was awarded. Raises what `require_ready` raises.
    """
    require_ready(session, of, by=by, now=now, grant=grant)
    filing = of.filing
    code = codes.make(session, CodePurpose.CONFIRM, subject_id=filing.id, now=now, secret=secret)
    filing.prepared_at, filing.prepared_by_id, filing.prepared_by = now, by.id, by.name
    data = {"group": of.group.name, "helped_by": by.name, "code": str(code.id)}
    record_event(session, EventKind.SUBMISSION_PREPARED, of, by=by, now=now, data=data)


def confirm_by_code(
    session: Session, of: FilingContext, *, typed: str, helper: Actor, secret: str, now: datetime, grant: Decimal | None = None
) -> CodeWrong | CodeDead | None:
    """Submit for the group that told `helper` its code; the rows must be locked.

    What is wrong with the code is returned, not raised, so that the try it cost is committed. Raises what submitting raises, and
    ConfirmationNeeded when nothing waits for a code.
    """
    if of.filing.prepared_at is None:
        raise ConfirmationNeeded
    tried, tries_left = codes.confirm(session, typed, subject_id=of.filing.id, now=now, secret=secret)
    if tried is codes.Tried.WRONG:
        return CodeWrong(tries_left=tries_left)
    if tried is codes.Tried.DEAD:
        return CodeDead()
    submit(session, of, by=Actor.group(of.submission.id), helper=helper, confirmed_by="code", now=now, secret=secret, grant=grant)
    return None


def hand_over(session: Session, submission: Submission, *, by: Actor, secret: str, now: datetime) -> None:
    """Make a code by which another device opens the submission."""
    codes.make(session, CodePurpose.HANDOVER, subject_id=submission.id, now=now, secret=secret)
    operations.record_event(session, EventKind.HANDOVER_MADE, submission, by=by, now=now)


def note_handed_over(session: Session, submission: Submission, *, now: datetime) -> None:
    """Note that another device opened the submission by its code."""
    operations.record_event(session, EventKind.HANDOVER_USED, submission, by=Actor.group(submission.id), now=now)
