"""Writing to an upload: one writer at a time, by a lease in the row; every durable step is fenced with the lease's token.

Who wants the row sets `wanted_at`; the holder sees it, keeps what it has, and lets go. One that does not answer is taken over: from then
on its token opens nothing. All lease times are the database's clock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    LargeBinary,
    Table,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from shared.errors import Conflict, Gone, NotFound
from shared.storage import Part
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload, UploadPart, UploadTail

# Statements on tables, not on entities: these run for every piece of every upload.
UPLOADS, PARTS, TAILS = (cast("Table", model.__table__) for model in (Upload, UploadPart, UploadTail))
RELEASED = {"lease_token": None, "lease_until": None, "wanted_at": None}


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
    is_released: bool = False

    @property
    def tail_bytes(self) -> int:
        """Durable bytes after the last part; the last of all may be shorter than the others."""
        return max(0, self.offset - self.parts * self.part_bytes)


def take(session: Session, upload_id: UUID, *, lease: timedelta, by_force: bool = False) -> Writing | None:
    """Hold the upload if nobody does (or `by_force`, whoever does); None when another holds it. Raises UploadUnknown, UploadGone.

    A lease need not outlive a crash of the database, so its commit does not wait for the disk.
    """
    free = or_(UPLOADS.c.lease_token.is_(None), UPLOADS.c.lease_until < func.now())
    token = uuid4()
    statement = update(UPLOADS).where(UPLOADS.c.id == upload_id, UPLOADS.c.status == UploadStatus.RECEIVING)
    if not by_force:
        statement = statement.where(free)
    parts = select(func.count()).select_from(PARTS).where(PARTS.c.upload_id == upload_id).scalar_subquery()
    row = session.execute(
        statement.values(lease_token=token, lease_until=func.now() + lease, wanted_at=None).returning(
            UPLOADS.c.size_bytes,
            UPLOADS.c.offset_bytes,
            UPLOADS.c.part_bytes,
            UPLOADS.c.object_key,
            UPLOADS.c.multipart_id,
            UPLOADS.c.digest_state,
            parts,
            func.set_config("synchronous_commit", "off", True),
        )
    ).one_or_none()
    if row is None:
        require_receiving(session, upload_id)
        return None
    return Writing(upload_id, token, *row[:7])


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
    session.execute(update(UPLOADS).where(_held(writing)).values(RELEASED))
    writing.is_released = True


def keep_multipart(session: Session, writing: Writing, multipart_id: str) -> None:
    """Note the multipart upload the parts go to. Raises TakenOver."""
    _written(session, update(UPLOADS).where(_held(writing)).values(multipart_id=multipart_id).returning(UPLOADS.c.id))
    writing.multipart_id = multipart_id


def keep_part(session: Session, writing: Writing, part: Part, *, digest_state: bytes) -> None:
    """Note in one statement that a part lies in the store: the offset moves to its end, and the tail it was made of goes.

    Raises TakenOver.
    """
    offset = writing.parts * writing.part_bytes + part.size_bytes
    held = update(UPLOADS).where(_held(writing)).values(offset_bytes=offset, digest_state=digest_state).returning(UPLOADS.c.id).cte("held")
    gone = delete(TAILS).where(TAILS.c.upload_id.in_(select(held.c.id))).returning(TAILS.c.upload_id).cte("gone")
    noted = select(held.c.id, literal(part.number), literal(part.size_bytes), literal(part.etag))
    row = insert(PARTS).from_select(["upload_id", "number", "size_bytes", "etag"], noted).add_cte(gone)
    _written(session, row.returning(PARTS.c.number))


def keep_tail(session: Session, writing: Writing, content: bytes, *, digest_state: bytes, let_go: bool = False) -> None:
    """Keep, in one statement, a piece of the bytes after the last whole part, and let go of the upload if so asked. Raises TakenOver."""
    values = {"offset_bytes": writing.offset + len(content), "digest_state": digest_state, **(RELEASED if let_go else {})}
    held = update(UPLOADS).where(_held(writing)).values(values).returning(UPLOADS.c.id).cte("held")
    piece = select(held.c.id, literal(writing.offset, BigInteger), literal(content, LargeBinary))
    _written(session, insert(TAILS).from_select(["upload_id", "offset_bytes", "content"], piece).returning(TAILS.c.offset_bytes))
    writing.is_released = let_go


def set_size(session: Session, writing: Writing, size_bytes: int) -> None:
    """Note the size of a file whose sender did not know it before the end. Raises TakenOver."""
    _written(session, update(UPLOADS).where(_held(writing)).values(size_bytes=size_bytes).returning(UPLOADS.c.id))
    writing.size_bytes = size_bytes


def tail(session: Session, upload_id: UUID) -> Sequence[bytes]:
    """Return the pieces of the tail in order."""
    return session.scalars(select(UploadTail.content).where(UploadTail.upload_id == upload_id).order_by(UploadTail.offset_bytes)).all()


def parts(session: Session, upload_id: UUID) -> list[Part]:
    """Return the parts in the store, in order."""
    rows = session.scalars(select(UploadPart).where(UploadPart.upload_id == upload_id).order_by(UploadPart.number))
    return [Part(row.number, row.size_bytes, row.etag) for row in rows]


def _held(writing: Writing) -> ColumnElement[bool]:
    return and_(UPLOADS.c.id == writing.upload_id, UPLOADS.c.lease_token == writing.token, UPLOADS.c.status == UploadStatus.RECEIVING)


def _written(session: Session, statement: Executable) -> None:
    """Raises TakenOver when the statement, which returns what it wrote, wrote nothing: the upload is not held any more."""
    if session.execute(statement).first() is None:
        raise TakenOver
