"""Tasks of the queue `validation`: look at what arrived, and settle what was handed in."""

from uuid import UUID

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.errors import NotFound
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.submissions.filings import context
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload
from shared.validation.inspection import inspect
from shared.validation.operations import limits_of, record
from shared.validation.outcome import decide_outcome
from shared.validation.rules import examine
from workers.base import Record, task
from workers.scratch import fetched


class ItemGone(NotFound):
    """The form by which the file was sent asks for no such item: its document was changed by other means than saving it."""

    th = "แบบฟอร์มไม่มีรายการ {item} แล้ว จึงตรวจไฟล์นี้ไม่ได้"
    en = "The form has no item {item} any more, so this file cannot be checked."


@task(kinds.CHECK_UPLOAD)
def check_upload(work: Work) -> Record | None:
    """Bring the object to local disk once, look at it in the sandbox, and hold the facts against the programme's rules."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
        item = context.of_filing(session, upload.filing_id).form.item(upload.kind)
    if upload.status != UploadStatus.RECEIVED:
        return None
    if item is None:
        raise ItemGone(item=upload.kind)
    with fetched(upload) as file:
        facts = inspect(file)
    findings = list(examine(facts, limits_of(item)))

    def note(session: Session) -> None:
        record(session, session.get_one(Upload, upload.id), facts=facts, findings=findings, now=clock.now())

    return note


@task(kinds.SETTLE_FILING)
def settle_filing(work: Work) -> Record:
    """Accept or return what was submitted, once its files are all checked."""
    filing_id: UUID = work.subject_id
    return lambda session: decide_outcome(session, filing_id, now=clock.now())
