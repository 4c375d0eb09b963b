"""Uploads on their way, as intake's receiver leaves them when a connection ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

import factories
from shared.database import single_statements, transaction
from shared.events import SYSTEM
from shared.programmes.models import Programme
from shared.settings import settings
from shared.storage import store
from shared.storage.digest import ResumableSha256
from shared.submissions.filings import context
from shared.submissions.models import Submission, Upload
from shared.submissions.sheet import Standing
from shared.submissions.uploads import writing
from shared.submissions.uploads.beginning import begin

PART = 5 * 1024 * 1024
ITEMS = [{"kind": "clip", "label": {"th": "คลิป", "en": "Clip"}, "types": ["mp4"], "max_bytes": "100000000", "max_files": "9"}]


def submission(session: Session) -> tuple[Programme, Submission]:
    """A group that has begun to send files."""
    programme = factories.programme(session, items=ITEMS)
    (made,) = factories.submissions(session, programme, 1, status=Standing.OPEN)
    return programme, made


def begun(programme: Programme, of: Submission, size: int, *, now: datetime = factories.NOW - timedelta(days=7)) -> UUID:
    """Begin to send a file of so many bytes; it may take three days."""
    with transaction() as session:
        filing = factories.filing_of(session, of.id)
        upload = begin(
            session, context.of_filing(session, filing.id, lock=True), kind="clip", filename="คลิป.mp4", filetype=None, size_bytes=size,
            part_bytes=PART, expires_after=timedelta(days=3), by=SYSTEM, now=now,
        )  # fmt: skip
        return upload.id


def sent(upload_id: UUID, content: bytes) -> str | None:
    """Lay down bytes: whole parts in the store, the rest in the tail; return the multipart upload's id."""
    with single_statements() as connection:
        held = writing.claim(connection, upload_id, duration=timedelta(seconds=30))
    assert held is not None
    digest = ResumableSha256(held.digest_state)
    whole = len(content) // PART * PART
    for number, start in enumerate(range(0, whole, PART), start=1):
        piece = content[start : start + PART]
        digest.update(piece)
        multipart = held.multipart_id or store().begin(held.object_key)
        part = store().put_part(held.object_key, multipart, number, piece)
        with single_statements() as connection:
            writing.save_multipart(connection, held, multipart)
            writing.save_part(connection, held, part, digest_state=digest.state)
        held.parts, held.offset = number, number * PART
    with single_statements() as connection:
        if len(content) > whole:
            digest.update(content[whole:])
            writing.save_tail(connection, held, content[whole:], digest_state=digest.state)
        writing.release(connection, held)
    return held.multipart_id


def upload(id_: UUID) -> Upload:
    """Return the row of an upload."""
    with transaction() as session:
        return session.get_one(Upload, id_)


@contextmanager
def store_away() -> Iterator[None]:
    """Have nothing listen at the store's address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings(), "s3_endpoint", "http://127.0.0.1:1")
        store.cache_clear()
        yield
    store.cache_clear()
