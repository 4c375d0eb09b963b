"""What arrived becomes durable: parts in the store, and the tail behind them here.

Each step is fenced by the writer's token and returns the hold as it is now.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.storage import Part
from shared.submissions.models import Submission, UploadPart, UploadTail
from shared.submissions.uploads.begin import object_key
from shared.submissions.uploads.hold import Hold, held_row


def append_parts(
    session: Session, hold: Hold, parts: Sequence[Part], *, multipart_id: str | None, digest_state: bytes, term: timedelta, now: datetime
) -> Hold:
    """Note parts that lie in the store behind the last one; the first of them holds the tail, which is forgotten here.

    Raises WriterReplaced.
    """
    upload = held_row(session, hold)
    size = sum(part.size_bytes for part in parts)
    session.add_all(
        UploadPart(upload_id=hold.upload_id, number=part.number, size_bytes=part.size_bytes, etag=part.etag) for part in parts
    )
    session.execute(delete(UploadTail).where(UploadTail.upload_id == hold.upload_id))
    upload.multipart_id = multipart_id
    upload.offset_bytes = hold.parts_bytes + size
    upload.digest_state = digest_state
    upload.lease_until = now + term
    return replace(
        hold,
        offset_bytes=upload.offset_bytes,
        parts=hold.parts + len(parts),
        parts_bytes=hold.parts_bytes + size,
        multipart_id=multipart_id,
        digest_state=digest_state,
    )


def append_tail(session: Session, hold: Hold, content: bytes, *, digest_state: bytes, now: datetime) -> Hold:
    """Keep a piece that follows the durable bytes and does not fill a part. Raises WriterReplaced."""
    upload = held_row(session, hold)
    session.add(UploadTail(upload_id=hold.upload_id, offset_bytes=hold.offset_bytes, content=content))
    upload.offset_bytes = hold.offset_bytes + len(content)
    upload.digest_state = digest_state
    return replace(hold, offset_bytes=upload.offset_bytes, digest_state=digest_state)


def load_tail(session: Session, hold: Hold) -> bytes:
    """Return the durable bytes behind the last part."""
    pieces = session.scalars(select(UploadTail.content).where(UploadTail.upload_id == hold.upload_id).order_by(UploadTail.offset_bytes))
    return b"".join(pieces)


def fix_size(session: Session, hold: Hold, size_bytes: int) -> Hold:
    """Set the size of a file whose end was not known when it began. Raises WriterReplaced."""
    held_row(session, hold).size_bytes = size_bytes
    return replace(hold, size_bytes=size_bytes)


def start_over(session: Session, hold: Hold) -> Hold:
    """Begin again from the first byte under a new key: the store lost what it had. Raises WriterReplaced."""
    upload = held_row(session, hold)
    session.execute(delete(UploadPart).where(UploadPart.upload_id == hold.upload_id))
    session.execute(delete(UploadTail).where(UploadTail.upload_id == hold.upload_id))
    submission = session.get_one(Submission, hold.submission_id)
    upload.object_key, upload.multipart_id, upload.digest_state, upload.offset_bytes = object_key(submission), None, None, 0
    return replace(
        hold, offset_bytes=0, parts=0, parts_bytes=0, object_key=upload.object_key, multipart_id=None, digest_state=None
    )
