"""`entry.filled` equals its active claims plus its submitted ballots."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.reviews.lifecycle import AssignmentStatus
from shared.reviews.models import Assignment, Entry
from shared.submissions.models import Submission

ACTIVE = AssignmentStatus.CLAIMED, AssignmentStatus.SUBMITTED


def broken(session: Session) -> list[str]:
    """Return the references of submissions whose entry has a wrong count, with both numbers."""
    counted = select(func.count()).where(Assignment.entry_id == Entry.id, Assignment.status.in_(ACTIVE)).correlate(Entry).scalar_subquery()
    rows = session.execute(
        select(Submission.reference, Entry.filled, counted)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(Entry.filled != counted)
        .order_by(Submission.reference)
    )
    return [f"{reference}: {filled} ≠ {active}" for reference, filled, active in rows]
