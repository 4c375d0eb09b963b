"""Writing to an upload: one writer at a time, by a lease in the row; every durable step is fenced with the lease's token.

Who wants the row sets `wanted_at`; the holder sees it, keeps what it has, and lets go. One that does not answer is taken over: from then
on its token opens nothing. All lease times are the database's clock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, delete, func, or_, select, update
from sqlalchemy.orm import Session

from shared.errors import Conflict, Gone, NotFound
from shared.storage import Part
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload, UploadPart, UploadTail


class UploadUnknown(NotFound):
    """There is no such upload, or it is another group's."""

    th = "ไม่พบการอัปโหลดนี้ โปรดเลือกไฟล์แล้วเริ่มใหม่"
    en = "There is no such upload. Please choose the file and start again."


class UploadGone(Gone):
    """The upload was given up, or ended by its sender."""

    th = "การอัปโหลดนี้หมดอายุหรือถูกยกเลิกแล้ว โปรดเลือกไฟล์แล้วเริ่มใหม่"
    en = "This upload has expired or was cancelled. Please choose the file and start again."


class TakenOver(Conflict):
    """A newer connection writes this upload now."""

    th = "มีการเชื่อมต่อใหม่ส่งไฟล์นี้ต่ออยู่"
    en = "A newer connection continues this upload."


@dataclass(slots=True)
class Writing:
    """A held upload: where its next byte goes, and how its bytes are laid down."""

    upload_id: UUID
    token: UUID
    size_bytes: int
    offset: int
    part_bytes: int
    object_key: str
    multipart_id: str | None
    digest_state: bytes | None
    parts: int
    """Whole parts in the store."""

    @property
    def tail_bytes(self) -> int:
        """Durable bytes after the last part; the last of all may be shorter than the others."""
        return max(0, self.offset - self.parts * self.part_bytes)


def take(session: Session, upload_id: UUID, *, lease: timedelta, by_force: bool = False) -> Writing | None:
    """Hold the upload if nobody does (or `by_force`, whoever does); None when another holds it. Raises UploadUnknown, UploadGone."""
    free = or_(Upload.lease_token.is_(None), Upload.lease_until < func.now())
    token = uuid4()
    statement = update(Upload).where(Upload.id == upload_id, Upload.status == UploadStatus.RECEIVING)
    if not by_force:
        statement = statement.where(free)
    row = session.execute(
        statement.values(lease_token=token, lease_until=func.now() + lease, wanted_at=None).returning(
            Upload.size_bytes, Upload.offset_bytes, Upload.part_bytes, Upload.object_key, Upload.multipart_id, Upload.digest_state
        )
    ).one_or_none()
    if row is None:
        require_receiving(session, upload_id)
        return None
    parts = session.scalar(select(func.count()).select_from(UploadPart).where(UploadPart.upload_id == upload_id)) or 0
    size, offset, part, key, multipart, digest = row.tuple()
    return Writing(upload_id, token, size, offset, part, key, multipart, digest, parts)


def require_receiving(session: Session, upload_id: UUID) -> None:
    """Return if the upload is on its way. Raises UploadUnknown, UploadGone, and TakenOver when it has arrived already."""
    status = session.scalar(select(Upload.status).where(Upload.id == upload_id))
    if status is None:
        raise UploadUnknown
    if status in (UploadStatus.TERMINATED, UploadStatus.EXPIRED):
        raise UploadGone
    if status != UploadStatus.RECEIVING:
        raise TakenOver


def want(session: Session, upload_id: UUID) -> None:
    """Ask the holder to keep what it has and let go."""
    session.execute(update(Upload).where(Upload.id == upload_id).values(wanted_at=func.now()))


def held_and_wanted(session: Session, tokens: Collection[UUID], *, lease: timedelta) -> tuple[set[UUID], set[UUID]]:
    """Renew the leases of one process; return the tokens that still hold, and those of them that somebody wants."""
    rows = session.execute(
        update(Upload)
        .where(Upload.lease_token.in_(tokens))
        .values(lease_until=func.now() + lease)
        .returning(Upload.lease_token, Upload.wanted_at)
    ).all()
    return {token for token, _ in rows if token}, {token for token, wanted_at in rows if token and wanted_at}


def release(session: Session, writing: Writing) -> None:
    """Let go."""
    session.execute(update(Upload).where(_held(writing)).values(lease_token=None, lease_until=None, wanted_at=None))


def keep_multipart(session: Session, writing: Writing, multipart_id: str) -> None:
    """Note the multipart upload the parts go to. Raises TakenOver."""
    _fenced(session, writing, multipart_id=multipart_id)
    writing.multipart_id = multipart_id


def keep_part(session: Session, writing: Writing, part: Part, *, digest_state: bytes) -> None:
    """Note that a part lies in the store: the offset moves to its end, and the tail it was made of is not needed any more.

    Raises TakenOver.
    """
    offset = writing.parts * writing.part_bytes + part.size_bytes
    _fenced(session, writing, offset_bytes=offset, digest_state=digest_state)
    session.add(UploadPart(upload_id=writing.upload_id, number=part.number, size_bytes=part.size_bytes, etag=part.etag))
    session.execute(delete(UploadTail).where(UploadTail.upload_id == writing.upload_id))


def keep_tail(session: Session, writing: Writing, content: bytes, *, digest_state: bytes) -> None:
    """Keep a piece of the bytes after the last whole part. Raises TakenOver."""
    _fenced(session, writing, offset_bytes=writing.offset + len(content), digest_state=digest_state)
    session.add(UploadTail(upload_id=writing.upload_id, offset_bytes=writing.offset, content=content))


def set_size(session: Session, writing: Writing, size_bytes: int) -> None:
    """Note the size of a file whose sender did not know it before the end. Raises TakenOver."""
    _fenced(session, writing, size_bytes=size_bytes)
    writing.size_bytes = size_bytes


def tail(session: Session, upload_id: UUID) -> Sequence[bytes]:
    """Return the pieces of the tail in order."""
    return session.scalars(select(UploadTail.content).where(UploadTail.upload_id == upload_id).order_by(UploadTail.offset_bytes)).all()


def parts(session: Session, upload_id: UUID) -> list[Part]:
    """Return the parts in the store, in order."""
    rows = session.scalars(select(UploadPart).where(UploadPart.upload_id == upload_id).order_by(UploadPart.number))
    return [Part(row.number, row.size_bytes, row.etag) for row in rows]


def _held(writing: Writing) -> Any:
    return (Upload.id == writing.upload_id) & (Upload.lease_token == writing.token) & (Upload.status == UploadStatus.RECEIVING)


def _fenced(session: Session, writing: Writing, **values: Any) -> None:
    result = session.execute(update(Upload).where(_held(writing)).values(**values))
    assert isinstance(result, CursorResult)  # noqa: S101  # narrows the type: an UPDATE has a row count
    if result.rowcount != 1:
        raise TakenOver
