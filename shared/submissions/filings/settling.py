"""What becomes of a filing: accepted, returned, waived, extended. Each version is accepted or fails; the accepted one is what is read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from shared.database.transitions import advance
from shared.errors import Conflict, Forbidden, Invalid
from shared.events import Actor, ActorKind, EventKind
from shared.submissions.deadlines import mends_until
from shared.submissions.filings.asking import require_asked
from shared.submissions.filings.context import FilingContext, newest_version
from shared.submissions.filings.record import record_event
from shared.submissions.lifecycle import FILING_TRANSITIONS, VERSION_TRANSITIONS, FilingStatus, VersionStatus
from shared.submissions.models import FilingVersion


class NothingSubmitted(Conflict):
    """Only what was submitted is accepted or returned."""

    th = "ยังไม่มีงานที่ยื่นใน {stage_th} จึงยังรับหรือส่งกลับไม่ได้"
    en = "Nothing was submitted at {stage_en}, so there is nothing to accept or return."


class OwnWork(Forbidden):
    """Nobody accepts what they submitted or prepared themselves."""

    th = "ท่านเป็นผู้ยื่นหรือช่วยเตรียมงานนี้ จึงรับเองไม่ได้ โปรดให้เจ้าหน้าที่อื่นรับ"
    en = "You submitted or prepared this yourself, so another officer has to accept it."


class ReasonNeeded(Invalid):
    """Those whom it concerns are told why."""

    th = "โปรดระบุเหตุผล"
    en = "Please give the reason."


class DeadlineNotLater(Invalid):
    """An extension moves a deadline to a later instant."""

    th = "กำหนดใหม่ต้องช้ากว่ากำหนดเดิม ({due})"
    en = "The new deadline has to be later than the present one ({due})."


class CheckUnfinished(Conflict):
    """An officer accepts once the files are checked."""

    th = "ยังตรวจไฟล์ไม่เสร็จ โปรดรอสักครู่แล้วลองใหม่"
    en = "The files are still being checked. Please try again in a moment."


def accept(session: Session, of: FilingContext, version: FilingVersion, *, by: Actor, now: datetime, reason: str | None = None) -> None:
    """Accept a version: from now on it is what is read. Raises OwnWork to who submitted or prepared it."""
    require_asked(of)
    if by.kind is ActorKind.STAFF and by.id in {version.by_id, *version.helper_ids}:
        raise OwnWork
    filing = of.filing
    again = filing.version_id is not None
    if again and filing.version_id != version.id:
        before = session.get_one(FilingVersion, filing.version_id)
        advance(session, before, VersionStatus.REPLACED, edges=VERSION_TRANSITIONS)
    advance(session, version, VersionStatus.PASSED, edges=VERSION_TRANSITIONS)
    if filing.status is FilingStatus.ACCEPTED:
        filing.version_id, filing.accepted_at = version.id, now
        session.flush()
    else:
        advance(session, filing, FilingStatus.ACCEPTED, edges=FILING_TRANSITIONS, version_id=version.id, accepted_at=now)
    data = {"version": str(version.id), "number": version.number, "again": again}
    record_event(session, EventKind.SUBMISSION_ACCEPTED, of, by=by, now=now, reason=reason, data=data)


def accept_by_officer(session: Session, of: FilingContext, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Accept what was submitted last, as an officer; the rows are locked. Despite a finding it needs a reason. Again changes nothing.

    Raises NothingSubmitted, CheckUnfinished, OwnWork, ReasonNeeded.
    """
    version = _newest(session, of)
    if version.status is VersionStatus.PASSED:
        return
    if version.status is VersionStatus.CHECKING and version.checked_at is None:
        raise CheckUnfinished
    if version.status is VersionStatus.FAILED and not reason.strip():
        raise ReasonNeeded
    accept(session, of, version, by=by, now=now, reason=reason.strip() or None)


def return_(
    session: Session,
    of: FilingContext,
    version: FilingVersion,
    *,
    findings: Sequence[dict[str, Any]],
    by: Actor,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Return a version with what has to be fixed: findings as {item, code, data}, or an officer's reason.

    A later version that fails leaves the accepted one as it is; the accepted one itself is returned with time to fix it.
    """
    filing = of.filing
    stays = filing.status is FilingStatus.ACCEPTED and filing.version_id != version.id
    advance(session, version, VersionStatus.FAILED, edges=VERSION_TRANSITIONS, findings=list(findings))
    if not stays:
        mend = mends_until(of.stage, due_at=filing.due_at, submitted_at=version.submitted_at, returned_at=now)
        values = {"returned_at": now, "mend_until": mend or filing.mend_until, "version_id": None}
        advance(session, filing, FilingStatus.RETURNED, edges=FILING_TRANSITIONS, **values)
    data = {"version": str(version.id), "number": version.number, "findings": list(findings), "stays": stays}
    record_event(session, EventKind.SUBMISSION_RETURNED, of, by=by, now=now, reason=reason, data=data)


def return_by_officer(session: Session, of: FilingContext, *, reason: str, by: Actor, now: datetime) -> None:
    """Return what was submitted last for changes, with a reason that its filer reads; the rows are locked. Again changes nothing.

    Raises ReasonNeeded, NothingSubmitted.
    """
    require_asked(of)
    if not reason.strip():
        raise ReasonNeeded
    version = _newest(session, of)
    if version.status is not VersionStatus.FAILED:
        return_(session, of, version, findings=[], by=by, now=now, reason=reason.strip())


def waive(session: Session, of: FilingContext, *, reason: str, by: Actor, now: datetime) -> None:
    """Ask no more for an unfinished filing; it counts as done. Again changes nothing. Raises ReasonNeeded, SubmissionOut."""
    if of.filing.status is FilingStatus.WAIVED:
        return
    require_asked(of)
    if not reason.strip():
        raise ReasonNeeded
    advance(session, of.filing, FilingStatus.WAIVED, edges=FILING_TRANSITIONS)
    record_event(session, EventKind.FILING_WAIVED, of, by=by, now=now, reason=reason.strip())


def ask_again(session: Session, of: FilingContext, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Ask again for a filing that was waived. Again changes nothing."""
    if of.filing.status is FilingStatus.WAIVED:
        advance(session, of.filing, FilingStatus.OPEN, edges=FILING_TRANSITIONS)
        record_event(session, EventKind.FILING_OPENED, of, by=by, now=now, reason=reason.strip() or None)


def extend(session: Session, of: FilingContext, *, until: datetime, reason: str, by: Actor, now: datetime) -> None:
    """Move the deadline of one filing to a later instant, also after it passed. Raises DeadlineNotLater, ReasonNeeded, SubmissionOut."""
    require_asked(of)
    if not reason.strip():
        raise ReasonNeeded
    if until == of.filing.due_at:
        return
    if until < of.filing.due_at:
        raise DeadlineNotLater(due=of.filing.due_at.isoformat())
    of.filing.due_at = until
    session.flush()
    record_event(session, EventKind.FILING_EXTENDED, of, by=by, now=now, reason=reason.strip(), data={"until": until.isoformat()})


def name_coordinator(session: Session, of: FilingContext, *, account_id: UUID | None, by: Actor, now: datetime) -> None:
    """Name the officer who is reminded of a filing; None: all of the office."""
    if of.filing.coordinator_id != account_id:
        of.filing.coordinator_id = account_id
        session.flush()
        data = {"coordinator": str(account_id) if account_id else None}
        record_event(session, EventKind.FILING_COORDINATED, of, by=by, now=now, data=data)


def _newest(session: Session, of: FilingContext) -> FilingVersion:
    version = newest_version(session, of.filing.id)
    if version is None:
        raise NothingSubmitted(stage_th=of.stage.label.th, stage_en=of.stage.label.en)
    return version
