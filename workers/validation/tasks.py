"""Tasks of the queue `validation`: look at what arrived, and settle what was handed in."""

from uuid import UUID

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.programmes.models import Programme
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload
from shared.validation.inspection import inspect
from shared.validation.operations import limits_of, record
from shared.validation.outcome import decide_outcome
from shared.validation.rules import examine
from workers.base import Record, task
from workers.scratch import fetched


@task(kinds.CHECK_UPLOAD)
def check_upload(work: Work) -> Record | None:
    """Bring the object to local disk once, look at it in the sandbox, and hold the facts against the programme's rules."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
        submission = session.get_one(Submission, upload.submission_id)
        item = session.get_one(Programme, submission.programme_id).definition.item(upload.kind)
    if upload.status != UploadStatus.RECEIVED or item is None:
        return None
    with fetched(upload) as file:
        facts = inspect(file)
    findings = list(examine(facts, limits_of(item)))

    def note(session: Session) -> None:
        record(session, session.get_one(Upload, upload.id), facts=facts, findings=findings, now=clock.now())

    return note


@task(kinds.SETTLE_SUBMISSION)
def settle_submission(work: Work) -> Record:
    """Accept or return a submission whose files are all checked."""
    submission_id: UUID = work.subject_id
    return lambda session: decide_outcome(session, submission_id, now=clock.now())
