"""What was accepted by checks alone holds no file that failed, or was never checked."""

from sqlalchemy import any_, select
from sqlalchemy.orm import Session

from shared.events import Event, EventKind
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Filing, FilingVersion, Submission, Upload


def broken(session: Session) -> list[str]:
    """Return the references of submissions with such a file; an officer may accept despite a finding, and says why."""
    despite = select(Event.id).where(Event.subject_id == Filing.id, Event.kind == EventKind.SUBMISSION_ACCEPTED, Event.reason.is_not(None))
    rows = session.scalars(
        select(Submission.reference)
        .join(Filing, Filing.submission_id == Submission.id)
        .join(FilingVersion, FilingVersion.id == Filing.version_id)
        .join(Upload, Upload.id == any_(FilingVersion.upload_ids))
        .where(Upload.status != UploadStatus.PASSED, ~despite.exists())
        .distinct()
        .order_by(Submission.reference)
    )
    return list(rows)
