"""Documents become ready to be read, and several of one item become one."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

import factories
import pikepdf
import pytest
from factories.jobs import worked
from factories.plans import passed
from factories.uploads import upload
from media.corpus import media
from sqlalchemy import select

from shared.database import transaction
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.storage import store
from shared.submissions.models import FilingVersion

pytestmark = pytest.mark.usefixtures("clean")
PHOTOGRAPHS = ("page-3.jpg", "page-1.jpg", "page-2-turned.jpg")


@pytest.fixture
def submission(engine: object) -> UUID:
    with transaction() as session:
        return factories.submissions(session, factories.programme(session), 1)[0].id


def content(key: str) -> bytes:
    return b"".join(store().read(key))


def version_of(submission_id: UUID) -> UUID:
    """The accepted version of the submission's filing."""
    with transaction() as session:
        version = session.scalars(
            select(FilingVersion).where(FilingVersion.filing_id == factories.filing_of(session, submission_id).id)
        ).one()
        return version.id


def bound(submission_id: UUID) -> dict[str, dict[str, object]]:
    with transaction() as session:
        return dict(session.get_one(FilingVersion, version_of(submission_id)).bound)


def test_plan_gets_a_document_to_read_and_pictures_of_its_pages(submission: UUID) -> None:
    id_ = passed(submission, media("active.pdf"))
    assert worked(kinds.MAKE_READING_COPY, subject_id=id_).state == JobState.DONE
    copies = upload(id_).copies
    assert set(copies) == {"document", "page-1", "page-2", "page-3"}
    assert (copies["document"]["type"], copies["document"]["data"]) == ("pdf", {"pages": 3})
    assert b"JavaScript" not in content(copies["document"]["key"])
    assert content(copies["page-3"]["key"]).startswith(b"\xff\xd8\xff")
    assert content(upload(id_).object_key) == media("active.pdf").read_bytes()


def test_reading_copy_is_made_once(submission: UUID) -> None:
    id_ = passed(submission, media("written.pdf"))
    worked(kinds.MAKE_READING_COPY, subject_id=id_)
    first = upload(id_).copies
    assert worked(kinds.MAKE_READING_COPY, subject_id=id_).state == JobState.DONE
    assert upload(id_).copies == first


def test_without_office_suite_the_job_waits_and_says_why(submission: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    id_ = passed(submission, media("written.docx"))
    monkeypatch.setenv("PATH", str(tmp_path))
    job = worked(kinds.MAKE_READING_COPY, subject_id=id_)
    assert (job.state, upload(id_).copies) == (JobState.PENDING, {})
    assert "LibreOffice" in (job.error or "")


def test_photographed_pages_become_one_document_in_the_order_they_were_sent(submission: UUID) -> None:
    ids = [passed(submission, media(name)) for name in PHOTOGRAPHS]
    passed(submission, media("written.pdf"), kind="report")
    for id_ in ids:
        worked(kinds.MAKE_READING_COPY, subject_id=id_)
    assert worked(kinds.BIND_DOCUMENTS, subject_id=version_of(submission)).state == JobState.DONE
    made = bound(submission)
    assert set(made) == {"plan"}
    assert made["plan"]["data"] == {"pages": 3, "uploads": [str(id_) for id_ in ids]}
    with pikepdf.open(BytesIO(content(str(made["plan"]["key"])))) as document:
        pages = [page.get_images()["/image"].read_raw_bytes() for page in document.pages]
    for id_, page in zip(ids, pages, strict=True):
        with pikepdf.open(BytesIO(content(upload(id_).copies["document"]["key"]))) as alone:
            assert alone.pages[0].get_images()["/image"].read_raw_bytes() == page
    worked(kinds.BIND_DOCUMENTS, subject_id=version_of(submission))
    assert bound(submission) == made


def test_binding_waits_for_what_is_still_made_ready(submission: UUID) -> None:
    ids = [passed(submission, media(name)) for name in PHOTOGRAPHS]
    worked(kinds.MAKE_READING_COPY, subject_id=ids[0])
    job = worked(kinds.BIND_DOCUMENTS, subject_id=version_of(submission))
    assert (job.state, bound(submission)) == (JobState.PENDING, {})
    assert "Of 3 files, 2" in (job.error or "")


def test_item_of_which_one_file_is_left_is_bound_no_more(submission: UUID) -> None:
    ids = [passed(submission, media(name)) for name in PHOTOGRAPHS[:2]]
    for id_ in ids:
        worked(kinds.MAKE_READING_COPY, subject_id=id_)
    worked(kinds.BIND_DOCUMENTS, subject_id=version_of(submission))
    assert set(bound(submission)) == {"plan"}
    with transaction() as session:
        session.get_one(FilingVersion, version_of(submission)).upload_ids = ids[1:]
    worked(kinds.BIND_DOCUMENTS, subject_id=version_of(submission))
    assert bound(submission) == {}


def test_pictures_of_what_a_group_does_are_not_bound(submission: UUID) -> None:
    for name in PHOTOGRAPHS:
        passed(submission, media(name), kind="photo")
    assert worked(kinds.BIND_DOCUMENTS, subject_id=version_of(submission)).state == JobState.DONE
    assert bound(submission) == {}
