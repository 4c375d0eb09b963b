"""Tasks of the queue `documents`: what people read instead of the original."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.errors import Unavailable
from shared.notifications.letters.setting import FONTS
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.renditions.operations import add
from shared.renditions.rendition import DOCUMENT, PAGE, Rendition, named
from shared.storage import store
from shared.submissions import queries
from shared.submissions.filings import context
from shared.submissions.models import FilingVersion, Upload
from shared.tools import reading_copies
from workers.base import Record, task
from workers.scratch import fetched, kept, own_folder


class CopiesNotReady(Unavailable):
    """A document that is to be bound is still being made ready to be read."""

    th = "ยังเตรียมไฟล์สำหรับอ่านไม่ครบ ({missing} จาก {count} ไฟล์) ระบบจะลองใหม่"
    en = "Of {count} files, {missing} have no copy to read yet; they are bound later."


@task(kinds.MAKE_READING_COPY)
def make_reading_copy(work: Work) -> Record | None:
    """Make a document ready to be read: a PDF without anything active in it, and pictures of its first pages."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
    if DOCUMENT in upload.copies or upload.facts is None:
        return None
    with fetched(upload) as file:
        out = file.with_name("out")
        out.mkdir()
        made = reading_copies.make(file, upload.facts["type"], out=out, fonts=FONTS)
        copies = {DOCUMENT: kept(upload, made.document, "pdf", pages=made.pages)}
        copies |= {PAGE.format(number=number): kept(upload, page, "jpg") for number, page in enumerate(made.pictures, 1)}
    return lambda session: add(session, upload.id, copies, now=clock.now())


@task(kinds.BIND_DOCUMENTS)
def bind_documents(work: Work) -> Record | None:
    """Make one document of each item that was sent as several files, in the order in which they were sent."""
    version_id: UUID = work.subject_id
    with transaction() as session:
        version = session.get_one(FilingVersion, version_id)
        before = version.bound
        uploads = queries.files_of(session, [version])[version_id]
        form = context.of_filing(session, version.filing_id).form
    bound: dict[str, Any] = {}
    for kind in sorted(item.key for item in form.items if item.one_document):
        files = [upload for upload in uploads if upload.kind == kind]
        of = [str(upload.id) for upload in files]
        if len(files) > 1:
            is_made = kind in before and before[kind]["data"]["uploads"] == of
            bound[kind] = before[kind] if is_made else _bound(files).to_json()
    if bound == before:
        return None

    def note(session: Session) -> None:
        session.get_one(FilingVersion, version_id, with_for_update=True).bound = bound

    return note


def _bound(files: Sequence[Upload]) -> Rendition:
    """Store the reading copies of several files as one. Raises CopiesNotReady while one of them is still being made."""
    missing = sum(DOCUMENT not in upload.copies for upload in files)
    if missing:
        raise CopiesNotReady(missing=missing, count=len(files))
    with own_folder() as folder:
        parts, out = folder / "parts", folder / "out"
        parts.mkdir()
        out.mkdir()
        for number, upload in enumerate(files):
            with (parts / f"{number:04}.pdf").open("wb") as part:
                part.writelines(store().read(named(upload.copies, DOCUMENT).key))
        made = reading_copies.bind(parts, out=out)
        return kept(files[0], made.document, "pdf", pages=made.pages, uploads=[str(upload.id) for upload in files])
