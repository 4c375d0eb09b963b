"""An entry's count is that of its claims that stand and its submitted ballots."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.reviews.lifecycle import AssignmentStatus
from shared.reviews.models import Assignment, Entry
from shared.submissions.models import Submission

STANDS = AssignmentStatus.CLAIMED, AssignmentStatus.SUBMITTED


def broken(session: Session) -> list[str]:
    """Return the references of submissions whose entry counts wrongly."""
    standing = select(func.count()).where(Assignment.entry_id == Entry.id, Assignment.status.in_(STANDS)).correlate(Entry).scalar_subquery()
    rows = session.execute(
        select(Submission.reference, Entry.filled, standing)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(Entry.filled != standing)
        .order_by(Submission.reference)
    )
    return [f"{reference}: {filled} ≠ {stands}" for reference, filled, stands in rows]
