"""What becomes of a submission once its files are checked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.submissions import operations, queries
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.sheet import CHECKED
from shared.validation.models import FindingRow


def decide_outcome(session: Session, submission_id: UUID, *, now: datetime) -> None:
    """Accept or return a submission that was handed in, when every file that stands has been checked; else leave it.

    Asked both when it is handed in and when a check ends, so whichever comes last finds the whole.
    """
    submission = queries.submission(session, submission_id, lock=True)
    if submission.status != Status.SUBMITTED:
        return
    uploads = queries.current_uploads(session, [submission.id])[submission.id]
    if any(upload.status not in CHECKED for upload in uploads):
        return
    failed = {upload.id: upload.kind for upload in uploads if upload.status == UploadStatus.FAILED}
    if not failed:
        operations.accept(session, submission, now=now)
        return
    rows = session.scalars(
        select(FindingRow).where(FindingRow.upload_id.in_(failed), FindingRow.severity == "blocking").order_by(FindingRow.id)
    )
    findings = [{"item": failed[row.upload_id], "code": row.code, "data": row.data} for row in rows]
    operations.return_(session, submission, findings=findings, now=now)
