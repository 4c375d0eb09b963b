"""Beginning an upload: what may be sent, by when, how much of it."""

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
from shared.programmes.definition import Definition, Item
from shared.storage.digest import ResumableSha256
from shared.submissions.deadlines import closes_at
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.operations import AlreadyHandedIn, DeadlinePassed, open_
from shared.submissions.sheet import ARRIVED, MAY_UPLOAD

FILENAME_LENGTH = 150
MEGABYTE = 1024 * 1024


class ItemUnknown(Invalid):
    """The programme asks for no such item."""

    th = "โครงการนี้ไม่ได้ขอไฟล์ชนิด “{kind}” ชนิดที่รับคือ {kinds}"
    en = "This programme asks for no “{kind}”. It asks for: {kinds}."


class FileEmpty(Invalid):
    """A file without a byte is nobody's work."""

    th = "ไฟล์นี้ว่างเปล่า (0 ไบต์) โปรดเลือกไฟล์ใหม่"
    en = "This file is empty (0 bytes). Please choose another."


class FileTooLarge(TooLarge):
    """More bytes than the item's limit."""

    th = "ไฟล์มีขนาด {size_mb} MB ใหญ่กว่าที่กำหนด {limit_mb} MB โปรดลดขนาดไฟล์ เช่น ตัดให้สั้นลงหรือบันทึกที่ความละเอียดต่ำลง"
    en = "The file has {size_mb} MB, more than the limit of {limit_mb} MB. Please cut it, or save it at a lower resolution."


class TooManyFiles(Conflict):
    """The item's number of files is reached."""

    th = "ส่งไฟล์ชนิดนี้ครบ {limit} ไฟล์แล้ว"
    en = "All {limit} files of this kind have been sent."


class UnfinishedQuotaReached(Conflict):
    """More bytes are announced and not finished than the programme lets a group have."""

    th = "มีไฟล์ที่ส่งค้างอยู่ {used_mb} MB เริ่มไฟล์นี้อีกไม่ได้ โปรดส่งไฟล์ที่ค้างให้เสร็จ หรือยกเลิกก่อน"
    en = "Unfinished uploads already take {used_mb} MB, so this one can not begin. Please finish or cancel one of them first."


def begin(
    session: Session,
    submission: Submission,
    *,
    definition: Definition,
    kind: str,
    filename: str,
    filetype: str | None,
    size_bytes: int,
    part_bytes: int,
    expires_after: timedelta,
    by: Actor,
    now: datetime,
) -> Upload:
    """Make the row of a new upload; the submission's row is to be locked.

    Raises ItemUnknown, FileEmpty, FileTooLarge, TooManyFiles, UnfinishedQuotaReached, AlreadyHandedIn, DeadlinePassed.
    """
    item = definition.item(kind)
    if item is None:
        raise ItemUnknown(kind=kind[:40], kinds=", ".join(item.kind for item in definition.items))
    if submission.status not in MAY_UPLOAD:
        raise AlreadyHandedIn(status=submission.status)
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    if now > closes:
        raise DeadlinePassed(deadline=closes.isoformat())
    if size_bytes <= 0:
        raise FileEmpty
    if size_bytes > item.max_bytes:
        raise FileTooLarge(**too_large_facts(size_bytes, item.max_bytes))
    if item.max_files > 1:
        _require_room(session, submission, item)
    used = unfinished_bytes(session, submission.id)
    if used + size_bytes > definition.quota_bytes:
        raise UnfinishedQuotaReached(used_bytes=used, limit_bytes=definition.quota_bytes, used_mb=f"{used / MEGABYTE:,.1f}")
    open_(session, submission, by=by, now=now)
    id_ = new_id()
    upload = Upload(
        id=id_,
        submission_id=submission.id,
        kind=item.kind,
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


def unfinished_bytes(session: Session, submission_id: UUID) -> int:
    """Return how many bytes of a submission are announced and not finished."""
    query = select(func.sum(Upload.size_bytes)).where(Upload.submission_id == submission_id, Upload.status == UploadStatus.RECEIVING)
    return int(session.scalar(query) or 0)


def too_large_facts(size_bytes: int, limit_bytes: int) -> dict[str, Any]:
    """Return what FileTooLarge says, in bytes and MB."""
    return {
        "size_bytes": size_bytes,
        "limit_bytes": limit_bytes,
        "size_mb": f"{size_bytes / MEGABYTE:,.1f}",
        "limit_mb": f"{limit_bytes / MEGABYTE:,.1f}",
    }


def label_of(filename: str) -> str:
    """Return what to show as a file's name: the last part of a path, without control characters, of a bearable length."""
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


def _require_room(session: Session, submission: Submission, item: Item) -> None:
    """Let an item of several files have no more than its number, those on their way included."""
    standing = session.scalar(
        select(func.count())
        .select_from(Upload)
        .where(
            Upload.submission_id == submission.id,
            Upload.kind == item.kind,
            Upload.status.in_((ARRIVED | {UploadStatus.RECEIVING}) - {UploadStatus.FAILED}),
            Upload.replaced_at.is_(None),
        )
    )
    if (standing or 0) >= item.max_files:
        raise TooManyFiles(limit=item.max_files)
