"""The workers' part of a file's way: fetched with its digest, inspected, recorded, settled; then its poster."""

import hashlib
from pathlib import Path
from uuid import UUID, uuid4

import factories
import pytest
from media.corpus import media
from sqlalchemy import select

from shared.database import new_id, transaction
from shared.events import Event, EventKind
from shared.queue import kinds
from shared.queue.kinds import JobKind
from shared.queue.ledger import Work
from shared.settings import settings
from shared.storage import store
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.models import Filing, Upload
from shared.submissions.sheet import Standing
from shared.validation.models import FindingRow

pytestmark = pytest.mark.usefixtures("clean")
ITEMS = [
    {"kind": "plan", "label": {"th": "แผน", "en": "Plan"}, "types": ["pdf"], "max_bytes": "1000000"},
    {"kind": "clip", "label": {"th": "คลิป", "en": "Clip"}, "types": ["mp4", "mov"], "max_bytes": "100000000", "max_seconds": "300"},
]


def received(*files: tuple[str, Path], digest: str | None = None) -> tuple[UUID, list[UUID]]:
    """Return a filing that was submitted and its uploads, as intake leaves them."""
    with transaction() as session:
        programme = factories.programme(session, items=ITEMS)
        (submission,) = factories.submissions(session, programme, 1, status=Standing.SUBMITTED)
        made = []
        for kind, path in files:
            content, id_ = path.read_bytes(), new_id()
            key = f"uploads/{submission.id}/{id_}"
            store().put(key, content)
            made.append(id_)
            stored = {"object_key": key, "size_bytes": len(content), "sha256": digest or hashlib.sha256(content).hexdigest()}
            waiting = {"status": UploadStatus.RECEIVED, "facts": None, "checked_at": None}
            factories.upload(session, submission.id, id=id_, kind=kind, **stored, **waiting)
        return factories.filing_of(session, submission.id).id, made


def do(kind: JobKind, subject: UUID) -> None:
    """Run a task's body and its record, as `workers.base` does."""
    # Tasks register with the broker of the settings as they are imported, so not before there is a stack.
    from workers.media.tasks import make_poster
    from workers.validation.tasks import check_upload, settle_filing

    bodies = {kinds.CHECK_UPLOAD: check_upload, kinds.SETTLE_FILING: settle_filing, kinds.MAKE_POSTER: make_poster}
    record = bodies[kind](Work(uuid4(), kind, subject, None, {}, 1, uuid4()))
    if record is not None:
        with transaction() as session:
            record(session)


def test_a_good_submission_is_accepted_and_its_clip_gets_a_poster() -> None:
    filing, (plan, clip) = received(("plan", media("plan.pdf")), ("clip", media("hevc.mov")))
    do(kinds.CHECK_UPLOAD, plan)
    do(kinds.SETTLE_FILING, filing)
    with transaction() as session:
        assert session.get_one(Filing, filing).status == FilingStatus.SUBMITTED
    do(kinds.CHECK_UPLOAD, clip)
    do(kinds.SETTLE_FILING, filing)
    do(kinds.MAKE_POSTER, clip)
    with transaction() as session:
        assert session.get_one(Filing, filing).status == FilingStatus.ACCEPTED
        upload = session.get_one(Upload, clip)
        assert (upload.status, upload.facts and upload.facts["duration_seconds"]) == (UploadStatus.PASSED, pytest.approx(4, abs=0.03))
        told = session.scalars(select(Event.data).where(Event.kind == EventKind.UPLOAD_CHECKED).order_by(Event.id)).all()
        assert [(data["item"], data["passed"], data["playable"]) for data in told] == [("plan", True, False), ("clip", True, True)]
        assert b"".join(store().read(upload.copies["poster"]["key"])).startswith(b"\xff\xd8")


@pytest.mark.parametrize(("name", "code"), [("5-20.mp4", "clip_too_long"), ("text.mp4", "wrong_type"), ("sound-only.mp4", "no_picture")])
def test_a_clip_that_must_be_mended_returns_the_submission(name: str, code: str) -> None:
    filing, (plan, clip) = received(("plan", media("plan.pdf")), ("clip", media(name)))
    for upload in (plan, clip):
        do(kinds.CHECK_UPLOAD, upload)
    do(kinds.SETTLE_FILING, filing)
    with transaction() as session:
        assert session.get_one(Filing, filing).status == FilingStatus.RETURNED
        assert session.get_one(Upload, clip).status == UploadStatus.FAILED
        rows = session.scalars(select(FindingRow).where(FindingRow.upload_id == clip)).all()
        assert [(row.code, row.severity) for row in rows] == [(code, "blocking")]


def test_a_check_that_comes_twice_records_once() -> None:
    _, (clip,) = received(("clip", media("h264.mp4")))
    do(kinds.CHECK_UPLOAD, clip)
    do(kinds.CHECK_UPLOAD, clip)
    with transaction() as session:
        assert len(session.scalars(select(Event).where(Event.kind == EventKind.UPLOAD_CHECKED)).all()) == 1


def test_an_object_that_is_not_what_arrived_is_not_judged() -> None:
    from workers.scratch import ObjectChanged

    _, (clip,) = received(("clip", media("h264.mp4")), digest="0" * 64)
    with pytest.raises(ObjectChanged):
        do(kinds.CHECK_UPLOAD, clip)
    with transaction() as session:
        assert session.get_one(Upload, clip).status == UploadStatus.RECEIVED


def test_scratch_disk_is_left_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, (clip,) = received(("clip", media("truncated.mp4")))
    monkeypatch.setattr(settings(), "scratch", tmp_path)
    do(kinds.CHECK_UPLOAD, clip)
    assert list(tmp_path.iterdir()) == []
