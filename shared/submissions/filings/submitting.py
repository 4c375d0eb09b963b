"""A filing is submitted: its answers and files are frozen as a version, with a receipt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from shared.database import new_id
from shared.database.transitions import advance
from shared.errors import Conflict, Invalid
from shared.events import Actor, ActorKind, EventKind
from shared.forms.checking import Checked, check
from shared.forms.items import Item
from shared.people import codes
from shared.people.models import CodePurpose
from shared.programmes.stages import Office
from shared.submissions import operations, queries
from shared.submissions.deadlines import submits_until
from shared.submissions.filings import answers
from shared.submissions.filings.asking import AlreadyHandedIn, DeadlinePassed, require_asked
from shared.submissions.filings.context import FilingContext, newest_version
from shared.submissions.filings.record import record_event
from shared.submissions.lifecycle import FILING_TRANSITIONS, VERSION_TRANSITIONS, FilingStatus, VersionStatus
from shared.submissions.models import Filing, FilingVersion, Upload
from shared.submissions.receipts.issuing import Consent, issue
from shared.submissions.sheet import FILING_SHEET


class ItemsMissing(Invalid):
    """Submitting needs a complete file for every required item."""

    th = "ยังส่งไม่ได้ เพราะยังขาด: {names_th} โปรดอัปโหลดให้ครบแล้วกดส่งอีกครั้ง"
    en = "You cannot submit yet. Missing: {names_en}. Upload what is missing, then submit again."


class ConfirmationNeeded(Conflict):
    """Staff help, but only the group submits."""

    th = "เจ้าหน้าที่ส่งผลงานแทนกลุ่มไม่ได้ โปรดกด “ขอให้กลุ่มยืนยัน” แล้วให้กลุ่มยืนยันทางลิงก์ของกลุ่ม หรือบอกรหัสยืนยันให้ท่านกรอก"
    en = "Staff cannot submit for a group. Ask the group to confirm with its own link, or to tell you its code, which you enter."


@dataclass(frozen=True, slots=True)
class Ready:
    """What would be submitted now."""

    uploads: list[Upload]
    answers: dict[str, Any]


def submit(
    session: Session,
    of: FilingContext,
    *,
    by: Actor,
    secret: str,
    now: datetime,
    grant: Decimal | None = None,
    helper: Actor | None = None,
    confirmed_by: str = "link",
) -> FilingVersion:
    """Freeze the draft of a filing as its next version; the rows of its submission and its own are locked by the caller.

    `helper` is the officer at whose side a group does it, beside the one who prepared it; `confirmed_by` says how the group said yes:
    `link` or `code`; an office submits by its `account`. `grant` is what was awarded, for tables that may not come to more. `secret`
    signs the receipt's code. Raises ConfirmationNeeded to staff at a stage of the applicant's, and what `require_ready` raises.
    """
    filing = of.filing
    if filing.filed_by is Office.APPLICANT and by.kind is ActorKind.STAFF:
        raise ConfirmationNeeded
    if filing.filed_by is not Office.APPLICANT:
        confirmed_by = "account"
    ready = require_ready(session, of, by=by, now=now, grant=grant)
    before = newest_version(session, filing.id)
    helpers = tuple(dict.fromkeys(name for name in (filing.prepared_by, helper.name if helper else None) if name))
    helper_ids = [id_ for id_ in dict.fromkeys((filing.prepared_by_id, helper.id if helper else None)) if id_]
    closes = of.closes
    end_preparation(session, filing, now=now)
    version = FilingVersion(
        id=new_id(),
        filing_id=filing.id,
        number=before.number + 1 if before else 1,
        status=VersionStatus.CHECKING,
        document_version=filing.document_version,
        answers=ready.answers,
        upload_ids=[upload.id for upload in ready.uploads],
        submitted_at=now,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        helper_ids=helper_ids,
    )
    session.add(version)
    session.flush()
    if before is not None and before.status is VersionStatus.CHECKING:
        advance(session, before, VersionStatus.REPLACED, edges=VERSION_TRANSITIONS)
    if filing.status in {FilingStatus.OPEN, FilingStatus.RETURNED}:
        advance(session, filing, FilingStatus.SUBMITTED, edges=FILING_TRANSITIONS, submitted_at=now)
    else:
        filing.submitted_at = now
        session.flush()
    receipt = issue(
        session, of, version, uploads=ready.uploads, closes=closes, consent=Consent(by, confirmed_by, helpers), secret=secret, now=now
    )
    data: dict[str, Any] = {
        "receipt": str(receipt.id),
        "version": str(version.id),
        "number": version.number,
        "files": [
            {"item": upload.kind, "filename": upload.filename, "sha256": upload.sha256, "size_bytes": upload.size_bytes}
            for upload in ready.uploads
        ],
    }
    if helpers:
        data |= {"group": of.group.name, "helped_by": ", ".join(helpers), "confirmed_by": confirmed_by}
    record_event(session, EventKind.SUBMISSION_SUBMITTED, of, by=by, now=now, data=data)
    return version


def require_ready(session: Session, of: FilingContext, *, by: Actor, now: datetime, grant: Decimal | None = None) -> Ready:
    """Return what would be submitted now.

    Raises SubmissionOut, FilingEnded, AlreadyHandedIn, ItemsMissing, AnswersInvalid, DeadlinePassed. Within the stage's grace after the
    deadline it is possible if every file was begun before the deadline.
    """
    filing, stage = of.filing, of.stage
    require_asked(of)
    if by.kind is ActorKind.GROUP:
        operations.open_(session, of.submission, by=by, now=now)
    uploads = queries.draft_uploads(session, [filing.id]).get(filing.id, [])
    typed = answers.draft_of(session, filing.id)
    files = Counter(upload.kind for upload in uploads)
    checked = check(of.form, typed, files=files, grant=grant, complete=True, internal=filing.filed_by is not Office.APPLICANT)
    ready = Ready([upload for upload in uploads if upload.kind in checked.visible], checked.values)
    waits = FILING_SHEET[filing.status].may_submit
    # Before the deadline a later version may be submitted; the same again is none.
    if not waits and (now > of.closes or not _differs(newest_version(session, filing.id), ready)):
        raise AlreadyHandedIn
    _require_complete(checked, uploads)
    if now > submits_until(stage, of.closes, begun=[upload.created_at for upload in uploads]):
        raise DeadlinePassed(deadline=of.closes.isoformat())
    return ready


def end_preparation(session: Session, filing: Filing, *, now: datetime) -> None:
    """Let nothing wait for the group's yes any more, as after a change: the yes was asked for what was there then."""
    if filing.prepared_at is not None:
        filing.prepared_at = filing.prepared_by_id = filing.prepared_by = None
        session.flush()
        codes.end(session, CodePurpose.CONFIRM, subject_id=filing.id, now=now)


def has_changes(version: FilingVersion | None, uploads: Sequence[Upload], values: dict[str, Any]) -> bool:
    """Return whether the draft differs from what was submitted last."""
    return version is not None and _differs(version, Ready(list(uploads), values))


def missing_items(of: FilingContext, uploads: Sequence[Upload], asked: frozenset[str]) -> list[Item]:
    """Return the required items of those that are asked for which there are too few complete files."""
    arrived = Counter(upload.kind for upload in uploads)
    return [item for item in of.form.items if item.required and item.key in asked and arrived[item.key] < item.min_files]


def _differs(version: FilingVersion | None, ready: Ready) -> bool:
    if version is None:
        return True
    return set(version.upload_ids) != {upload.id for upload in ready.uploads} or version.answers != ready.answers


def _require_complete(checked: Checked, uploads: Sequence[Upload]) -> None:
    """Raise AnswersInvalid with everything where an answer is missing or wrong, ItemsMissing where only files are missing."""
    form = checked.form
    missing = [item for problem in checked.problems if (item := form.item(problem.key)) is not None]
    if len(missing) < len(checked.problems):
        checked.or_refused()
    if missing or (not uploads and not form.questions):
        raise ItemsMissing(
            missing=[item.key for item in missing],
            names_th=", ".join(item.label.th for item in missing),
            names_en=", ".join(item.label.en for item in missing),
        )
