"""No submission is awarded, or shortlisted, without a published decision that says so."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.levels import KEPT
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.submissions.lifecycle import Status
from shared.submissions.models import Submission


def broken(session: Session) -> list[str]:
    """Return the references of submissions whose status no published decision gave them."""
    given: set[tuple[UUID, str | None]] = set()
    for decision in session.scalars(select(Decision).where(Decision.status == DecisionStatus.PUBLISHED)):
        given |= {(place.submission, place.outcome) for place in decision.places}
    rows = session.execute(
        select(Submission.id, Submission.reference, Submission.status, Submission.level)
        .where(Submission.status.in_((Status.AWARDED, Status.SHORTLISTED)))
        .order_by(Submission.reference)
    )
    return [reference for id_, reference, status, level in rows if (id_, KEPT if status == Status.SHORTLISTED else level) not in given]
