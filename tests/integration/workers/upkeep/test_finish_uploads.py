"""Uploads whose bytes are all in, but which nobody completed: finished from what is durable."""

import hashlib
import os
from datetime import timedelta
from uuid import UUID

import pytest
from factories.jobs import worked
from factories.uploads import PART, begun, sent, store_away, submission, upload
from sqlalchemy import select, update

from shared.database import transaction
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload
from shared.submissions.uploads import writing

pytestmark = pytest.mark.usefixtures("clean")


def left_uncompleted(*contents: bytes) -> list[UUID]:
    with transaction() as session:
        programme, of = submission(session)
    ids = [begun(programme, of, len(content)) for content in contents]
    for id_, content in zip(ids, contents, strict=True):
        sent(id_, content)
    return ids


def checks() -> list[UUID]:
    with transaction() as session:
        return list(session.scalars(select(Job.subject_id).where(Job.kind == kinds.CHECK_UPLOAD.name)))


@pytest.mark.parametrize("size", [10, PART, PART + 10])
def test_upload_is_completed_with_every_byte_and_is_checked_next(size: int) -> None:
    content = os.urandom(size)
    (id_,) = left_uncompleted(content)
    assert worked(kinds.FINISH_UPLOADS).state == JobState.DONE
    row = upload(id_)
    assert (row.status, row.sha256) == (UploadStatus.RECEIVED, hashlib.sha256(content).hexdigest())
    assert b"".join(store().read(row.object_key)) == content
    assert checks() == [id_]
    worked(kinds.FINISH_UPLOADS)
    assert checks() == [id_]


def test_upload_that_misses_bytes_or_is_held_by_somebody_is_left_alone() -> None:
    held, partial = left_uncompleted(b"a" * 10, b"b" * 10)
    with transaction() as session:
        session.execute(update(Upload).where(Upload.id == partial).values(size_bytes=11))
        assert writing.claim(session.connection(), held, duration=timedelta(seconds=30)) is not None
    worked(kinds.FINISH_UPLOADS)
    assert [upload(id_).status for id_ in (held, partial)] == [UploadStatus.RECEIVING] * 2


def test_store_that_is_away_is_tried_again_in_the_next_period() -> None:
    ids = left_uncompleted(b"a" * 10, b"b" * 10)
    with store_away():
        assert worked(kinds.FINISH_UPLOADS).state == JobState.DONE
    assert [upload(id_).status for id_ in ids] == [UploadStatus.RECEIVING] * 2
    with transaction() as session:
        session.execute(update(Upload).values(lease_until=Upload.lease_until - timedelta(minutes=1)))
    worked(kinds.FINISH_UPLOADS)
    assert [upload(id_).status for id_ in ids] == [UploadStatus.RECEIVED] * 2
