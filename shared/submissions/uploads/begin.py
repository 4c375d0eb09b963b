"""A file begins to arrive: what is asked of it before its first byte."""

import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.events import Actor, EventKind
from shared.programmes.definition import Definition, Item
from shared.submissions import operations
from shared.submissions.deadlines import closes_at
from shared.submissions.lifecycle import MAY_UPLOAD, UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.operations import DeadlinePassed
from shared.submissions.uploads.end import terminate
from shared.submissions.uploads.refusals import FileEmpty, FileTooLarge, KindUnknown, TooManyUploads, UploadsClosed

MAX_RECEIVING = 16
"""Files of one submission on their way at once."""
FILENAME_LENGTH = 200
MIB = 1024 * 1024


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
    expires_at: datetime,
    by: Actor,
    now: datetime,
) -> Upload:
    """Take a new upload of `size_bytes` on; the first one opens an invited submission. Hold `submission` locked.

    Raises KindUnknown, FileEmpty, FileTooLarge, UploadsClosed, DeadlinePassed, TooManyUploads.
    """
    item = check(submission, definition=definition, kind=kind, size_bytes=size_bytes, now=now)
    _make_room(session, submission, by=by, now=now)
    operations.open_(session, submission, by=by, now=now)
    id_ = new_id()
    upload = Upload(
        id=id_,
        submission_id=submission.id,
        kind=item.kind,
        filename=label(filename),
        filetype=filetype,
        size_bytes=size_bytes,
        offset_bytes=0,
        part_bytes=part_bytes,
        object_key=object_key(submission),
        status=UploadStatus.RECEIVING,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(upload)
    session.flush()
    events.append(
        session,
        EventKind.UPLOAD_BEGUN,
        subject_id=id_,
        submission_id=submission.id,
        programme_id=submission.programme_id,
        by=by,
        now=now,
        data={"item": item.kind, "filename": upload.filename, "size_bytes": size_bytes},
    )
    return upload


def check(submission: Submission, *, definition: Definition, kind: str, size_bytes: int, now: datetime) -> Item:
    """Return the item a new file is for. Raises what `begin` raises, but for TooManyUploads."""
    item = definition.item(kind)
    if item is None:
        kinds = [item.kind.value for item in definition.items]
        raise KindUnknown(kind=kind, kinds=", ".join(kinds), known=kinds)
    if size_bytes <= 0:
        raise FileEmpty
    if size_bytes > item.max_bytes:
        raise too_large(item, size_bytes)
    if submission.status not in MAY_UPLOAD:
        raise UploadsClosed(status=submission.status)
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    if now > closes:
        raise DeadlinePassed(deadline=closes.isoformat())
    return item


def too_large(item: Item, size_bytes: int) -> FileTooLarge:
    """Return the refusal of a file that is larger than its item allows."""
    # Rounded so that what was sent never looks smaller than the limit it broke.
    return FileTooLarge(
        size_mb=-(-size_bytes // MIB), max_mb=item.max_bytes // MIB or 1, size_bytes=size_bytes, max_bytes=item.max_bytes
    )


def label(filename: str) -> str:
    """Return what the sender calls the file as a label for people: without folders, control characters and surrogates, not too long."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/").rpartition("/")[2])
    name = "".join(character for character in name if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}).strip()
    if len(name) > FILENAME_LENGTH:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if dot and len(ending) <= 10 else ""  # noqa: PLR2004  # as long as endings of names are
        name = (stem or name)[: FILENAME_LENGTH - len(ending)] + ending
    return name or "file"


def object_key(submission: Submission) -> str:
    """Return a new key; nothing of what people say is in it."""
    return f"submissions/{submission.id}/{new_id()}"


def expiry(now: datetime, *, hours: float) -> datetime:
    """Return when an upload that begins now is given up."""
    return now + timedelta(hours=hours)


def _make_room(session: Session, submission: Submission, *, by: Actor, now: datetime) -> None:
    """Give the oldest forgotten upload up when too many are on their way. Raises TooManyUploads when all are alive."""
    receiving = session.scalars(
        select(Upload).where(Upload.submission_id == submission.id, Upload.status == UploadStatus.RECEIVING).order_by(Upload.id)
    ).all()
    if len(receiving) < MAX_RECEIVING:
        return
    forgotten = next((upload for upload in receiving if upload.lease_until is None or upload.lease_until < now), None)
    if forgotten is None:
        raise TooManyUploads(sending=len(receiving))
    terminate(session, forgotten, programme_id=submission.programme_id, by=by, now=now, reason="too many at once")
