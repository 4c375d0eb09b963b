"""A submission that was accepted holds no file that failed, or was never checked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.sheet import ACCEPTED, ARRIVED


def broken(session: Session) -> list[str]:
    """Return the references of submissions beyond acceptance with such a file."""
    rows = session.scalars(
        select(Submission.reference)
        .join(Upload, Upload.submission_id == Submission.id)
        .where(
            Submission.status.in_(ACCEPTED),
            Upload.replaced_at.is_(None),
            Upload.status.in_(ARRIVED - {UploadStatus.PASSED}),
            # After the award more is asked of a group; what was accepted then is what had been handed in.
            Upload.received_at <= Submission.submitted_at,
        )
        .distinct()
        .order_by(Submission.reference)
    )
    return list(rows)
