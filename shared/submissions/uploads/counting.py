"""Numbers of unfinished uploads, for operators."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Numbers of uploads that have not arrived, and their bytes: announced, and durable so far."""

    uploads: int
    announced_bytes: int
    durable_bytes: int
    sending: int
    """Being written by a connection at this moment."""
    in_store: int
    """Unfinished, with parts in the store."""
    to_free: int
    """Terminated or expired, with parts in the store that the sweep will delete."""
    next_expires_at: datetime | None


def unfinished(session: Session) -> Unfinished:
    """Count unfinished uploads, in one query."""
    receiving = Upload.status == UploadStatus.RECEIVING
    in_store = Upload.multipart_id.is_not(None)
    row = session.execute(
        select(
            func.count().filter(receiving),
            func.coalesce(func.sum(Upload.size_bytes).filter(receiving), 0),
            func.coalesce(func.sum(Upload.offset_bytes).filter(receiving), 0),
            func.count().filter(receiving, Upload.lease_until > func.now()),
            func.count().filter(receiving, in_store),
            func.count().filter(~receiving, in_store),
            func.min(Upload.expires_at).filter(receiving),
        ).where(Upload.status.in_((UploadStatus.RECEIVING, UploadStatus.TERMINATED, UploadStatus.EXPIRED)))
    ).one()
    count, announced, durable, sending, parts, to_free, expires = row
    return Unfinished(count, int(announced), int(durable), sending, parts, to_free, expires)
