"""Tasks of the queue `validation`: look at what arrived, and settle what was handed in."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.errors import Unavailable
from shared.programmes.models import Programme
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.settings import settings
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload
from shared.validation.inspection import inspect
from shared.validation.operations import limits_of, record
from shared.validation.rules import examine
from shared.validation.settling import settle
from workers.base import Record, task


class ObjectChanged(Unavailable):
    """The object in the store is not what was received."""

    th = "ไฟล์ในที่เก็บไม่ตรงกับไฟล์ที่ได้รับ"
    en = "The object in the store has digest {found}, not {expected} as received."


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
    return lambda session: settle(session, submission_id, now=clock.now())


@contextmanager
def fetched(upload: Upload) -> Iterator[Path]:
    """Lay an upload's object on scratch disk, its digest checked on the way; it is gone afterwards. Raises ObjectChanged."""
    with TemporaryDirectory(prefix="omsap-", dir=settings().scratch) as folder:
        file, digest = Path(folder) / "file", hashlib.sha256()
        with file.open("wb") as out:
            for chunk in store().read(upload.object_key):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != upload.sha256:
            raise ObjectChanged(found=digest.hexdigest(), expected=upload.sha256)
        yield file
