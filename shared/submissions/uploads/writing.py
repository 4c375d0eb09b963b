"""Writing an upload: one writer at a time, who holds a lease on the row; every write is accepted only with the lease's token.

Another writer requests the lease by setting `wanted_at`. The holder sees this, saves what it has and releases the lease. If it does not,
the lease is claimed by force, and from then on the earlier token is refused. All lease times are of the database's clock.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from shared.errors import Conflict, Gone
from shared.storage import Part
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.queries import UploadUnknown

# Plain SQL made of constants, one statement a step: these run for every piece of every upload, where building them with SQLAlchemy would
# take longer than the database's answer.
HELD = f"id = %(upload_id)s AND lease_token = %(token)s AND status = '{UploadStatus.RECEIVING}'"
RELEASED = "lease_token = NULL, lease_until = NULL, wanted_at = NULL"
# Nobody misses a lease after a crash of the database, so its commit does not wait for the disk.
CLAIM = f"""
    UPDATE uploads SET lease_token = %(token)s, lease_until = now() + %(duration)s, wanted_at = NULL
    WHERE id = %(upload_id)s AND status = '{UploadStatus.RECEIVING}'
        AND (%(by_force)s OR lease_token IS NULL OR lease_until < now())
    RETURNING size_bytes, offset_bytes, part_bytes, object_key, multipart_id, digest_state,
        (SELECT count(*) FROM upload_parts WHERE upload_id = uploads.id), set_config('synchronous_commit', 'off', true)
"""  # noqa: S608
RELEASE = f"UPDATE uploads SET {RELEASED} WHERE {HELD}"  # noqa: S608
SAVE_MULTIPART = f"UPDATE uploads SET multipart_id = %(multipart_id)s WHERE {HELD} RETURNING id"  # noqa: S608
SET_SIZE = f"UPDATE uploads SET size_bytes = %(size_bytes)s WHERE {HELD} RETURNING id"  # noqa: S608
SAVE_PART = f"""
    WITH held AS (UPDATE uploads SET offset_bytes = %(offset)s, digest_state = %(digest_state)s WHERE {HELD} RETURNING id),
        gone AS (DELETE FROM upload_tails WHERE upload_id IN (SELECT id FROM held))
    INSERT INTO upload_parts (upload_id, number, size_bytes, etag) SELECT id, %(number)s, %(size_bytes)s, %(etag)s FROM held
    RETURNING upload_id
"""  # noqa: S608
SAVE_TAIL = f"""
    WITH held AS (UPDATE uploads SET offset_bytes = %(offset)s, digest_state = %(digest_state)s WHERE {HELD} RETURNING id)
    INSERT INTO upload_tails (upload_id, offset_bytes, content) SELECT id, %(begin)s, %(content)s FROM held
    RETURNING upload_id
"""  # noqa: S608
SAVE_TAIL_AND_RELEASE = SAVE_TAIL.replace(" WHERE", f", {RELEASED} WHERE", 1)
RENEW = "UPDATE uploads SET lease_until = now() + %(duration)s WHERE lease_token = ANY(%(tokens)s) RETURNING lease_token, wanted_at"


class UploadGone(Gone):
    """The upload was given up, or ended by its sender."""

    th = "การอัปโหลดนี้หมดอายุหรือถูกยกเลิกแล้ว โปรดเลือกไฟล์แล้วเริ่มใหม่"
    en = "This upload has expired or was cancelled. Please choose the file and start again."


class TakenOver(Conflict):
    """A newer connection writes this upload now."""

    th = "มีการเชื่อมต่อใหม่ส่งไฟล์นี้ต่ออยู่"
    en = "A newer connection continues this upload."


@dataclass(slots=True)
class WriteLease:
    """The right to write one upload: its token, where the next byte goes, and where the bytes are stored."""

    upload_id: UUID
    token: UUID
    size_bytes: int
    offset: int
    part_bytes: int
    object_key: str
    multipart_id: str | None
    digest_state: bytes | None
    parts: int
    """Number of parts in the store."""
    is_released: bool = False

    @property
    def tail_bytes(self) -> int:
        """Durable bytes after the last part; 0 when the last part of the file, which may be shorter than the others, is stored."""
        return max(0, self.offset - self.parts * self.part_bytes)


def claim(connection: Connection, upload_id: UUID, *, duration: timedelta, by_force: bool = False) -> WriteLease | None:
    """Claim the lease of an upload if nobody holds it (or, `by_force`, whoever holds it); return None if another does.

    Raises UploadUnknown, UploadGone, and TakenOver when the upload has arrived.
    """
    token = uuid4()
    values = {"upload_id": upload_id, "token": token, "duration": duration, "by_force": by_force}
    row = connection.exec_driver_sql(CLAIM, values).one_or_none()
    if row is None:
        require_receiving(connection, upload_id)
        return None
    return WriteLease(upload_id, token, *row[:7])


def require_receiving(connection: Connection, upload_id: UUID) -> None:
    """Check that the upload is being received. Raises UploadUnknown, UploadGone, and TakenOver when it has arrived."""
    status = connection.exec_driver_sql("SELECT status FROM uploads WHERE id = %(id)s", {"id": upload_id}).scalar()
    if status is None:
        raise UploadUnknown
    if status in (UploadStatus.TERMINATED, UploadStatus.EXPIRED):
        raise UploadGone
    if status != UploadStatus.RECEIVING:
        raise TakenOver


def request_release(connection: Connection, upload_id: UUID) -> None:
    """Ask the holder of the lease to save what it has and release it."""
    connection.exec_driver_sql("UPDATE uploads SET wanted_at = now() WHERE id = %(id)s", {"id": upload_id})


def renew(connection: Connection, tokens: Collection[UUID], *, duration: timedelta) -> tuple[set[UUID], set[UUID]]:
    """Renew the leases of one process; return the tokens that were renewed, and those of them whose release is requested."""
    rows = connection.exec_driver_sql(RENEW, {"duration": duration, "tokens": list(tokens)}).all()
    return {token for token, _ in rows}, {token for token, wanted_at in rows if wanted_at}


def release(connection: Connection, lease: WriteLease) -> None:
    """Release a lease; one that was lost already is fine."""
    connection.exec_driver_sql(RELEASE, {"upload_id": lease.upload_id, "token": lease.token})
    lease.is_released = True


def save_multipart(connection: Connection, lease: WriteLease, multipart_id: str) -> None:
    """Save the id of the S3 multipart upload that the parts belong to. Raises TakenOver."""
    _write(connection, SAVE_MULTIPART, lease, multipart_id=multipart_id)
    lease.multipart_id = multipart_id


def save_part(connection: Connection, lease: WriteLease, part: Part, *, digest_state: bytes) -> None:
    """Save that a part is in the store: the offset moves to its end, and the tail it was made of is deleted. Raises TakenOver."""
    offset = lease.parts * lease.part_bytes + part.size_bytes
    row = {"number": part.number, "size_bytes": part.size_bytes, "etag": part.etag}
    _write(connection, SAVE_PART, lease, offset=offset, digest_state=digest_state, **row)


def save_tail(connection: Connection, lease: WriteLease, content: bytes, *, digest_state: bytes, release: bool = False) -> None:
    """Save bytes that follow the last part, in the database, and release the lease if `release`. Raises TakenOver."""
    statement, begin = SAVE_TAIL_AND_RELEASE if release else SAVE_TAIL, lease.offset
    _write(connection, statement, lease, offset=begin + len(content), begin=begin, content=content, digest_state=digest_state)
    lease.is_released = release


def set_size(connection: Connection, lease: WriteLease, size_bytes: int) -> None:
    """Save the size of a file whose sender did not know it at the beginning. Raises TakenOver."""
    _write(connection, SET_SIZE, lease, size_bytes=size_bytes)
    lease.size_bytes = size_bytes


def tail(connection: Connection, upload_id: UUID) -> list[bytes]:
    """Return the bytes that follow the last part, in the pieces they were saved in."""
    query = "SELECT content FROM upload_tails WHERE upload_id = %(id)s ORDER BY offset_bytes"
    return [bytes(content) for (content,) in connection.exec_driver_sql(query, {"id": upload_id})]


def parts(connection: Connection, upload_id: UUID) -> list[Part]:
    """Return the parts in the store, in order."""
    query = "SELECT number, size_bytes, etag FROM upload_parts WHERE upload_id = %(id)s ORDER BY number"
    return [Part(*row) for row in connection.exec_driver_sql(query, {"id": upload_id})]


def _write(connection: Connection, statement: str, lease: WriteLease, **values: Any) -> None:
    """Run a statement that returns the row it wrote. Raises TakenOver when it wrote none, because the lease was lost."""
    fence = {"upload_id": lease.upload_id, "token": lease.token}
    if connection.exec_driver_sql(statement, fence | values).first() is None:
        raise TakenOver
