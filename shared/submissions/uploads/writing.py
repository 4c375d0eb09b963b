"""Writing to an upload: one writer at a time, by a lease in the row; every durable step is fenced with the lease's token.

Who wants the row sets `wanted_at`; the holder sees it, keeps what it has, and lets go. One that does not answer is taken over: from then
on its token opens nothing. All lease times are the database's clock.
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

# Plain SQL made of constants, each step one statement: these run for every piece of every upload, where composing them would cost more
# than the database's answer.
HELD = f"id = %(upload_id)s AND lease_token = %(token)s AND status = '{UploadStatus.RECEIVING}'"
RELEASED = "lease_token = NULL, lease_until = NULL, wanted_at = NULL"
# A lease need not outlive a crash of the database: its commit does not wait for the disk.
TAKE = f"""
    UPDATE uploads SET lease_token = %(token)s, lease_until = now() + %(lease)s, wanted_at = NULL
    WHERE id = %(upload_id)s AND status = '{UploadStatus.RECEIVING}'
        AND (%(by_force)s OR lease_token IS NULL OR lease_until < now())
    RETURNING size_bytes, offset_bytes, part_bytes, object_key, multipart_id, digest_state,
        (SELECT count(*) FROM upload_parts WHERE upload_id = uploads.id), set_config('synchronous_commit', 'off', true)
"""  # noqa: S608
RELEASE = f"UPDATE uploads SET {RELEASED} WHERE {HELD}"  # noqa: S608
KEEP_MULTIPART = f"UPDATE uploads SET multipart_id = %(multipart_id)s WHERE {HELD} RETURNING id"  # noqa: S608
SET_SIZE = f"UPDATE uploads SET size_bytes = %(size_bytes)s WHERE {HELD} RETURNING id"  # noqa: S608
KEEP_PART = f"""
    WITH held AS (UPDATE uploads SET offset_bytes = %(offset)s, digest_state = %(digest_state)s WHERE {HELD} RETURNING id),
        gone AS (DELETE FROM upload_tails WHERE upload_id IN (SELECT id FROM held))
    INSERT INTO upload_parts (upload_id, number, size_bytes, etag) SELECT id, %(number)s, %(size_bytes)s, %(etag)s FROM held
    RETURNING upload_id
"""  # noqa: S608
KEEP_TAIL = f"""
    WITH held AS (UPDATE uploads SET offset_bytes = %(offset)s, digest_state = %(digest_state)s WHERE {HELD} RETURNING id)
    INSERT INTO upload_tails (upload_id, offset_bytes, content) SELECT id, %(begin)s, %(content)s FROM held
    RETURNING upload_id
"""  # noqa: S608
KEEP_TAIL_AND_LET_GO = KEEP_TAIL.replace(" WHERE", f", {RELEASED} WHERE", 1)
RENEW = "UPDATE uploads SET lease_until = now() + %(lease)s WHERE lease_token = ANY(%(tokens)s) RETURNING lease_token, wanted_at"


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


def take(connection: Connection, upload_id: UUID, *, lease: timedelta, by_force: bool = False) -> Writing | None:
    """Hold the upload if nobody does (or `by_force`, whoever does); None when another holds it.

    Raises UploadUnknown, UploadGone, and TakenOver when it has arrived.
    """
    token = uuid4()
    asked = {"upload_id": upload_id, "token": token, "lease": lease, "by_force": by_force}
    row = connection.exec_driver_sql(TAKE, asked).one_or_none()
    if row is None:
        require_receiving(connection, upload_id)
        return None
    return Writing(upload_id, token, *row[:7])


def require_receiving(connection: Connection, upload_id: UUID) -> None:
    """Return if the upload is on its way. Raises UploadUnknown, UploadGone, and TakenOver when it has arrived already."""
    status = connection.exec_driver_sql("SELECT status FROM uploads WHERE id = %(id)s", {"id": upload_id}).scalar()
    if status is None:
        raise UploadUnknown
    if status in (UploadStatus.TERMINATED, UploadStatus.EXPIRED):
        raise UploadGone
    if status != UploadStatus.RECEIVING:
        raise TakenOver


def want(connection: Connection, upload_id: UUID) -> None:
    """Ask the holder to keep what it has and let go."""
    connection.exec_driver_sql("UPDATE uploads SET wanted_at = now() WHERE id = %(id)s", {"id": upload_id})


def held_and_wanted(connection: Connection, tokens: Collection[UUID], *, lease: timedelta) -> tuple[set[UUID], set[UUID]]:
    """Renew the leases of one process; return the tokens that still hold, and those of them that somebody wants."""
    rows = connection.exec_driver_sql(RENEW, {"lease": lease, "tokens": list(tokens)}).all()
    return {token for token, _ in rows}, {token for token, wanted_at in rows if wanted_at}


def release(connection: Connection, writing: Writing) -> None:
    """Let go."""
    connection.exec_driver_sql(RELEASE, {"upload_id": writing.upload_id, "token": writing.token})
    writing.is_released = True


def keep_multipart(connection: Connection, writing: Writing, multipart_id: str) -> None:
    """Note the multipart upload the parts go to. Raises TakenOver."""
    _write(connection, KEEP_MULTIPART, writing, multipart_id=multipart_id)
    writing.multipart_id = multipart_id


def keep_part(connection: Connection, writing: Writing, part: Part, *, digest_state: bytes) -> None:
    """Note that a part lies in the store: the offset moves to its end, and the tail it was made of goes. Raises TakenOver."""
    offset = writing.parts * writing.part_bytes + part.size_bytes
    noted = {"number": part.number, "size_bytes": part.size_bytes, "etag": part.etag}
    _write(connection, KEEP_PART, writing, offset=offset, digest_state=digest_state, **noted)


def keep_tail(connection: Connection, writing: Writing, content: bytes, *, digest_state: bytes, let_go: bool = False) -> None:
    """Keep a piece of the bytes after the last whole part, and let go of the upload if so asked. Raises TakenOver."""
    statement, begin = KEEP_TAIL_AND_LET_GO if let_go else KEEP_TAIL, writing.offset
    _write(connection, statement, writing, offset=begin + len(content), begin=begin, content=content, digest_state=digest_state)
    writing.is_released = let_go


def set_size(connection: Connection, writing: Writing, size_bytes: int) -> None:
    """Note the size of a file whose sender did not know it before the end. Raises TakenOver."""
    _write(connection, SET_SIZE, writing, size_bytes=size_bytes)
    writing.size_bytes = size_bytes


def tail(connection: Connection, upload_id: UUID) -> list[bytes]:
    """Return the pieces of the tail in order."""
    query = "SELECT content FROM upload_tails WHERE upload_id = %(id)s ORDER BY offset_bytes"
    return [bytes(content) for (content,) in connection.exec_driver_sql(query, {"id": upload_id})]


def parts(connection: Connection, upload_id: UUID) -> list[Part]:
    """Return the parts in the store, in order."""
    query = "SELECT number, size_bytes, etag FROM upload_parts WHERE upload_id = %(id)s ORDER BY number"
    return [Part(*row) for row in connection.exec_driver_sql(query, {"id": upload_id})]


def _write(connection: Connection, statement: str, writing: Writing, **values: Any) -> None:
    """Raises TakenOver when the statement, which returns what it wrote, wrote nothing: the upload is not held any more."""
    known = {"upload_id": writing.upload_id, "token": writing.token}
    if connection.exec_driver_sql(statement, known | values).first() is None:
        raise TakenOver
