"""Begin an upload, after checking what may be uploaded, until when, and how much."""

import unicodedata
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.errors import Conflict, Invalid, TooLarge
from shared.events import Actor, EventKind
from shared.forms.items import Item
from shared.storage.digest import ResumableSha256
from shared.submissions.filings.asking import require_open
from shared.submissions.filings.context import FilingContext
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Filing, Upload
from shared.submissions.operations import open_
from shared.submissions.sheet import ARRIVED

FILENAME_LENGTH = 150
MEGABYTE = 1024 * 1024


class ItemUnknown(Invalid):
    """The stage asks for no such item."""

    th = "ขั้นตอนนี้ไม่ได้ขอไฟล์ชนิด “{kind}” ชนิดที่รับคือ {kinds}"
    en = "This stage asks for no “{kind}”. It asks for: {kinds}."


class FileEmpty(Invalid):
    """The file has no bytes."""

    th = "ไฟล์นี้ว่างเปล่า (0 ไบต์) โปรดเลือกไฟล์ใหม่"
    en = "This file is empty (0 bytes). Please choose another."


class FileTooLarge(TooLarge):
    """The file has more bytes than its item allows."""

    th = "ไฟล์มีขนาด {size_mb} MB ใหญ่กว่าที่กำหนด {limit_mb} MB โปรดลดขนาดไฟล์ เช่น ตัดให้สั้นลงหรือบันทึกที่ความละเอียดต่ำลง"
    en = "The file has {size_mb} MB, more than the limit of {limit_mb} MB. Please cut it, or save it at a lower resolution."


class TooManyFiles(Conflict):
    """The item has as many files as it may have."""

    th = "ส่งไฟล์ชนิดนี้ครบ {limit} ไฟล์แล้ว"
    en = "All {limit} files of this kind have been uploaded."


class UnfinishedQuotaReached(Conflict):
    """The group's unfinished uploads announce more bytes than the programme allows."""

    th = "มีไฟล์ที่ส่งค้างอยู่ {used_mb} MB เริ่มไฟล์นี้อีกไม่ได้ โปรดส่งไฟล์ที่ค้างให้เสร็จ หรือยกเลิกก่อน"
    en = "Unfinished uploads already take {used_mb} MB, so this one cannot begin. Please finish or cancel one of them first."


def begin(
    session: Session,
    of: FilingContext,
    *,
    kind: str,
    filename: str,
    filetype: str | None,
    size_bytes: int,
    part_bytes: int,
    expires_after: timedelta,
    by: Actor,
    now: datetime,
) -> Upload:
    """Make the row of a new upload of a filing's draft. The caller has locked the rows of the submission and the filing.

    Raises ItemUnknown, FileEmpty, FileTooLarge, TooManyFiles, UnfinishedQuotaReached, and what `require_open` raises.
    """
    filing, submission = of.filing, of.submission
    item = of.form.item(kind)
    if item is None:
        raise ItemUnknown(kind=kind[:40], kinds=", ".join(item.key for item in of.form.items))
    require_open(of, now=now)
    if size_bytes <= 0:
        raise FileEmpty
    if size_bytes > item.max_bytes:
        raise FileTooLarge(**too_large_facts(size_bytes, item.max_bytes))
    if item.max_files > 1:
        _require_room(session, filing, item)
    used, quota = unfinished_bytes(session, filing.id), of.definition.quota_bytes(of.stage)
    if used + size_bytes > quota:
        raise UnfinishedQuotaReached(used_bytes=used, limit_bytes=quota, used_mb=f"{used / MEGABYTE:,.1f}")
    open_(session, submission, by=by, now=now)
    id_ = new_id()
    upload = Upload(
        id=id_,
        submission_id=submission.id,
        filing_id=filing.id,
        kind=item.key,
        filename=label_of(filename),
        filetype=filetype[:100] if filetype else None,
        size_bytes=size_bytes,
        part_bytes=part_bytes,
        digest_state=ResumableSha256().state,
        object_key=f"uploads/{submission.id}/{id_}",
        status=UploadStatus.RECEIVING,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        created_at=now,
        expires_at=now + expires_after,
    )
    session.add(upload)
    session.flush()
    record_event(session, EventKind.UPLOAD_BEGUN, upload, by=by, now=now)
    return upload


def unfinished_bytes(session: Session, filing_id: UUID) -> int:
    """Return how many bytes the unfinished uploads of a filing announce together."""
    query = select(func.sum(Upload.size_bytes)).where(Upload.filing_id == filing_id, Upload.status == UploadStatus.RECEIVING)
    return int(session.scalar(query) or 0)


def too_large_facts(size_bytes: int, limit_bytes: int) -> dict[str, Any]:
    """Return the facts of FileTooLarge: both sizes, in bytes and in MB."""
    return {
        "size_bytes": size_bytes,
        "limit_bytes": limit_bytes,
        "size_mb": f"{size_bytes / MEGABYTE:,.1f}",
        "limit_mb": f"{limit_bytes / MEGABYTE:,.1f}",
    }


def label_of(filename: str) -> str:
    """Return a file's name to display: the last part of its path, without control characters, at most `FILENAME_LENGTH` long."""
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(". ")
    if len(shown) > FILENAME_LENGTH:
        stem, dot, ending = shown.rpartition(".")
        shown = f"{stem[: FILENAME_LENGTH - len(ending) - 2]}…{dot}{ending}" if dot and len(ending) < 10 else shown[:FILENAME_LENGTH]
    return shown or "file"


def record_event(session: Session, kind: EventKind, upload: Upload, *, by: Actor, now: datetime, **data: Any) -> None:
    """Append an event about an upload to its submission's history."""
    facts = {"item": upload.kind, "filename": upload.filename, "size_bytes": upload.size_bytes, **data}
    events.append(session, kind, subject_id=upload.id, submission_id=upload.submission_id, by=by, now=now, data=facts)


def _require_room(session: Session, filing: Filing, item: Item) -> None:
    """Check that an item of several files has room for one more, unfinished uploads included. Raises TooManyFiles."""
    count = session.scalar(
        select(func.count())
        .select_from(Upload)
        .where(
            Upload.filing_id == filing.id,
            Upload.kind == item.key,
            Upload.status.in_((ARRIVED | {UploadStatus.RECEIVING}) - {UploadStatus.FAILED}),
            Upload.replaced_at.is_(None),
        )
    )
    if (count or 0) >= item.max_files:
        raise TooManyFiles(limit=item.max_files)
