"""The end of an upload: it arrives, its sender ends it, or it expires. Its row says that it arrived; the store is never asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from shared.database import single_statements, transaction
from shared.database.transitions import advance
from shared.events import SYSTEM, Actor, ActorKind, EventKind
from shared.storage import Store
from shared.storage.digest import ResumableSha256
from shared.submissions.filings import context
from shared.submissions.filings.asking import may_change
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.submitting import end_preparation
from shared.submissions.lifecycle import UPLOAD_TRANSITIONS, UploadStatus
from shared.submissions.models import Upload, UploadPart, UploadTail
from shared.submissions.sheet import ARRIVED, FILING_SHEET
from shared.submissions.uploads import writing
from shared.submissions.uploads.beginning import record_event
from shared.submissions.uploads.writing import WriteLease


def finish(store: Store, lease: WriteLease, *, now: datetime) -> None:
    """Complete the object of an upload whose bytes are all durable, and record that the file has arrived. It may be repeated.

    Opens its own transactions, so that none is open while the store is asked. Raises StoreUnavailable, TakenOver.
    """
    with single_statements() as connection:
        parts, pieces = writing.parts(connection, lease.upload_id), writing.tail(connection, lease.upload_id)
    if not parts:
        store.put(lease.object_key, b"".join(pieces))
    else:
        assert lease.multipart_id is not None  # noqa: S101  # parts were put into it
        if pieces:
            parts.append(store.put_part(lease.object_key, lease.multipart_id, len(parts) + 1, b"".join(pieces)))
        store.complete(lease.object_key, lease.multipart_id, parts)
    with transaction() as session:
        arrive(session, lease, now=now)


def arrive(session: Session, lease: WriteLease, *, now: datetime) -> None:
    """Record that the file has arrived: it replaces an earlier file, and validation follows. Raises TakenOver.

    What was submitted stays as it is: versions name their files. A file that arrives when nothing can be submitted any more is stored,
    but is marked as replaced. Rows are locked from the submission down to the upload.
    """
    filing_id = session.scalar(select(Upload.filing_id).where(Upload.id == lease.upload_id))
    assert filing_id is not None  # noqa: S101  # the lease is of an upload's row
    of = context.of_filing(session, filing_id, lock=True)
    upload = session.get_one(Upload, lease.upload_id, with_for_update=True, populate_existing=True)
    if upload.lease_token != lease.token:
        raise writing.TakenOver
    is_of_use = FILING_SHEET[of.filing.status].may_submit or may_change(of, now=now)
    digest = ResumableSha256(upload.digest_state).hexdigest()
    advance(
        session,
        upload,
        UploadStatus.RECEIVED,
        edges=UPLOAD_TRANSITIONS,
        sha256=digest,
        digest_state=None,
        received_at=now,
        lease_token=None,
        lease_until=None,
        wanted_at=None,
        replaced_at=None if is_of_use else now,
    )
    session.execute(delete(UploadTail).where(UploadTail.upload_id == upload.id))
    again = False
    if upload.replaced_at is None:
        again = _replace_earlier(session, of, upload, now=now)
        end_preparation(session, of.filing, now=now)
    sender = Actor(ActorKind(upload.by_kind), upload.by_id, upload.by_name)
    record_event(session, EventKind.UPLOAD_RECEIVED, upload, by=sender, now=now, sha256=digest, again=again)


def end(session: Session, upload: Upload, *, to: UploadStatus, by: Actor, now: datetime) -> None:
    """Mark an unfinished upload as terminated or expired; `free` deletes its parts from the store. Raises StatusChanged."""
    advance(session, upload, to, edges=UPLOAD_TRANSITIONS, lease_token=None, lease_until=None, digest_state=None)
    session.execute(delete(UploadTail).where(UploadTail.upload_id == upload.id))
    session.execute(delete(UploadPart).where(UploadPart.upload_id == upload.id))
    kind = EventKind.UPLOAD_EXPIRED if to == UploadStatus.EXPIRED else EventKind.UPLOAD_TERMINATED
    record_event(session, kind, upload, by=by, now=now)


def free(store: Store, upload: Upload) -> None:
    """Delete the parts of an ended upload from the store. Raises StoreUnavailable."""
    if upload.multipart_id is not None:
        store.abort(upload.object_key, upload.multipart_id)
    with transaction() as session:
        session.execute(update(Upload).where(Upload.id == upload.id).values(multipart_id=None))


def unfinished(session: Session, *, limit: int) -> Sequence[UUID]:
    """Return the ids of uploads whose bytes are all durable, but which were not completed."""
    query = select(Upload.id).where(Upload.status == UploadStatus.RECEIVING, Upload.offset_bytes == Upload.size_bytes)
    return session.scalars(query.order_by(Upload.id).limit(limit)).all()


def expired(session: Session, *, now: datetime, limit: int) -> Sequence[Upload]:
    """Return and lock uploads that were not finished in time, except those that another transaction has locked."""
    query = select(Upload).where(Upload.status == UploadStatus.RECEIVING, Upload.expires_at <= now, Upload.offset_bytes < Upload.size_bytes)
    return session.scalars(query.order_by(Upload.expires_at).limit(limit).with_for_update(skip_locked=True)).all()


def to_free(session: Session, *, limit: int) -> Sequence[Upload]:
    """Return ended uploads that still have parts in the store."""
    query = select(Upload).where(Upload.status.in_((UploadStatus.EXPIRED, UploadStatus.TERMINATED)), Upload.multipart_id.is_not(None))
    return session.scalars(query.order_by(Upload.id).limit(limit)).all()


def redrive(store: Store, upload_id: UUID, *, now: datetime, lease: timedelta) -> bool:
    """Finish an upload whose bytes are all durable, under a lease that long; return False if another holds one. Raises StoreUnavailable."""
    with single_statements() as connection:
        claimed = writing.claim(connection, upload_id, duration=lease)
    if claimed is None:
        return False
    finish(store, claimed, now=now)
    return True


def expire(session: Session, *, now: datetime, limit: int) -> int:
    """Expire the uploads that were not finished in time; return how many."""
    uploads = expired(session, now=now, limit=limit)
    for upload in uploads:
        end(session, upload, to=UploadStatus.EXPIRED, by=SYSTEM, now=now)
    return len(uploads)


def _replace_earlier(session: Session, of: FilingContext, upload: Upload, *, now: datetime) -> bool:
    """Mark as replaced: earlier files of the same content, those that failed validation, and the oldest beyond the item's number of files.

    Return whether a file of the same content had been sent before.
    """
    item = of.form.item(upload.kind)
    current = session.scalars(
        select(Upload)
        .where(Upload.filing_id == of.filing.id, Upload.kind == upload.kind, Upload.status.in_(ARRIVED), Upload.replaced_at.is_(None))
        .order_by(Upload.received_at.desc(), Upload.id.desc())
    ).all()
    same = [earlier for earlier in current if earlier.sha256 == upload.sha256 and earlier.id != upload.id]
    good = [earlier for earlier in current if earlier.status != UploadStatus.FAILED and earlier not in same]
    staying = good[: item.max_files if item else 1]
    for earlier in current:
        if earlier not in staying:
            earlier.replaced_at = now
    return bool(same)
