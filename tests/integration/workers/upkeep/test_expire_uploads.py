"""Uploads that nobody finished: given up, and nothing of them left in the store."""

from datetime import timedelta
from uuid import UUID

import pytest
from factories.jobs import worked
from factories.uploads import PART, begun, sent, store_away, submission, upload
from sqlalchemy import select, update

from shared import clock
from shared.database import transaction
from shared.events import Event, EventKind
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.storage import ObjectMissing, store
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Filing, Upload, UploadPart, UploadTail

pytestmark = pytest.mark.usefixtures("clean")
LONG_AGO = timedelta(days=4)


def stale(id_: UUID) -> None:
    with transaction() as session:
        session.execute(update(Upload).where(Upload.id == id_).values(expires_at=clock.now() - timedelta(seconds=1)))


@pytest.fixture
def three() -> tuple[UUID, UUID, UUID]:
    """A file half sent and forgotten, one being sent, and one whose bytes are all in."""
    with transaction() as session:
        programme, of = submission(session)
    ids = begun(programme, of, 3 * PART), begun(programme, of, 3 * PART), begun(programme, of, 10)
    for id_, expired in zip(ids, (True, False, True), strict=True):
        stale(id_) if expired else unexpired(id_)
    return ids


def unexpired(id_: UUID) -> None:
    with transaction() as session:
        session.execute(update(Upload).where(Upload.id == id_).values(expires_at=clock.now() + timedelta(days=1)))


def test_forgotten_upload_is_given_up_and_its_parts_leave_the_store(three: tuple[UUID, UUID, UUID]) -> None:
    forgotten, under_way, whole = three
    multipart = sent(forgotten, b"a" * (PART + 10))
    sent(under_way, b"b" * 10)
    sent(whole, b"c" * 10)
    assert worked(kinds.EXPIRE_UPLOADS).state == JobState.DONE
    assert [upload(id_).status for id_ in three] == [UploadStatus.EXPIRED, UploadStatus.RECEIVING, UploadStatus.RECEIVING]
    row = upload(forgotten)
    assert (row.multipart_id, row.digest_state) == (None, None)
    assert multipart is not None
    with pytest.raises(ObjectMissing):
        store().put_part(row.object_key, multipart, 2, b"d" * 10)
    with transaction() as session:
        assert session.scalars(select(UploadPart.upload_id)).all() == []
        assert set(session.scalars(select(UploadTail.upload_id))) == {under_way, whole}
        told = session.scalars(select(Event).where(Event.kind == EventKind.UPLOAD_EXPIRED)).all()
    assert [(event.subject_id, event.data["filename"]) for event in told] == [(forgotten, "คลิป.mp4")]


def test_store_that_is_away_gets_the_parts_to_free_the_next_time(three: tuple[UUID, UUID, UUID]) -> None:
    forgotten, *_ = three
    sent(forgotten, b"a" * PART)
    with store_away():
        assert worked(kinds.EXPIRE_UPLOADS).state == JobState.DONE
    assert (upload(forgotten).status, upload(forgotten).multipart_id is None) == (UploadStatus.EXPIRED, False)
    worked(kinds.EXPIRE_UPLOADS)
    assert upload(forgotten).multipart_id is None


def test_upload_that_is_being_written_this_moment_does_not_hold_up_the_others(three: tuple[UUID, UUID, UUID]) -> None:
    forgotten, busy, _ = three
    stale(busy)
    with transaction() as writer:
        writer.get_one(Upload, busy, with_for_update=True)
        assert worked(kinds.EXPIRE_UPLOADS).state == JobState.DONE
    assert (upload(forgotten).status, upload(busy).status) == (UploadStatus.EXPIRED, UploadStatus.RECEIVING)
    worked(kinds.EXPIRE_UPLOADS)
    assert upload(busy).status == UploadStatus.EXPIRED


def test_submission_goes_on_after_its_upload_expired(three: tuple[UUID, UUID, UUID]) -> None:
    worked(kinds.EXPIRE_UPLOADS)
    with transaction() as session:
        (filing,) = session.scalars(select(Filing)).all()
        assert filing.status == "open"
