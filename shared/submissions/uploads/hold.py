"""One writer at a time: the lease on an upload's row.

A writer holds the row by a token, and every durable write asks for that token. Whoever comes next asks the holder to let go
(`wanted_at`); it flushes what it has and does. One that does not within a second, or whose lease ran out, has lost the row: a
connection that is dead without our knowing never stands in the way of its own successor.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload, UploadPart
from shared.submissions.uploads.refusals import NoSuchUpload, WriterReplaced

PATIENCE = timedelta(seconds=1)
"""How long a holder has to let go once it was asked."""


@dataclass(frozen=True, slots=True)
class Hold:
    """An upload as its holder knows it: `offset_bytes` are durable, the first `parts_bytes` of them as `parts` parts in the store."""

    upload_id: UUID
    submission_id: UUID
    token: UUID
    size_bytes: int
    part_bytes: int
    offset_bytes: int
    parts: int
    parts_bytes: int
    object_key: str
    multipart_id: str | None
    digest_state: bytes | None

    @property
    def tail_bytes(self) -> int:
        """How many durable bytes lie behind the last part."""
        return self.offset_bytes - self.parts_bytes

    @property
    def is_whole(self) -> bool:
        """Whether every byte has arrived."""
        return self.offset_bytes == self.size_bytes


def acquire(session: Session, upload_id: UUID, *, term: timedelta, now: datetime) -> Hold | None:
    """Take the row of an upload that is being received, if it is free or its holder lost it; else ask the holder and return None.

    Ask again every tenth of a second. Raises NoSuchUpload when it is not being received (any more).
    """
    token = uuid4()
    free = or_(Upload.lease_token.is_(None), Upload.lease_until < now, Upload.wanted_at < now - PATIENCE)
    upload = session.scalar(
        update(Upload)
        .where(Upload.id == upload_id, Upload.status == UploadStatus.RECEIVING, free)
        .values(lease_token=token, lease_until=now + term, wanted_at=None)
        .returning(Upload)
        .execution_options(populate_existing=True)
    )
    if upload is None:
        asked = session.scalar(
            update(Upload)
            .where(Upload.id == upload_id, Upload.status == UploadStatus.RECEIVING)
            .values(wanted_at=func.coalesce(Upload.wanted_at, now))
            .returning(Upload.id)
        )
        if asked is None:
            raise NoSuchUpload
        return None
    count, size = (
        session.execute(
            select(func.count(), func.coalesce(func.sum(UploadPart.size_bytes), 0)).where(UploadPart.upload_id == upload_id)
        )
        .one()
        .tuple()
    )
    return Hold(
        upload_id=upload.id,
        submission_id=upload.submission_id,
        token=token,
        size_bytes=upload.size_bytes,
        part_bytes=upload.part_bytes,
        offset_bytes=upload.offset_bytes,
        parts=count,
        parts_bytes=size,
        object_key=upload.object_key,
        multipart_id=upload.multipart_id,
        digest_state=upload.digest_state,
    )


def renew(session: Session, holds: Collection[Hold], *, term: timedelta, now: datetime) -> Sequence[UUID]:
    """Renew the leases of a process's writers in one statement; return the ids of those uploads that it may go on with.

    The others are wanted by somebody else, or lost already: their writers flush and let go.
    """
    if not holds:
        return ()
    held = or_(*(and_(Upload.id == hold.upload_id, Upload.lease_token == hold.token) for hold in holds))
    return session.scalars(
        update(Upload).where(held, Upload.wanted_at.is_(None)).values(lease_until=now + term).returning(Upload.id)
    ).all()


def release(session: Session, hold: Hold) -> None:
    """Let go; nothing happens when it was lost."""
    session.execute(
        update(Upload)
        .where(Upload.id == hold.upload_id, Upload.lease_token == hold.token)
        .values(lease_token=None, lease_until=None, wanted_at=None)
    )


def held_row(session: Session, hold: Hold) -> Upload:
    """Return the row, locked, if it is still held. Raises WriterReplaced."""
    upload = session.scalar(
        select(Upload)
        .where(Upload.id == hold.upload_id, Upload.lease_token == hold.token, Upload.status == UploadStatus.RECEIVING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if upload is None:
        raise WriterReplaced
    return upload
