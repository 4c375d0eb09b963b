"""No submission has an outcome without a published decision that says so."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.levels import KEPT
from shared.awards.lifecycle import DecisionStatus, OutcomeKind
from shared.awards.models import Decision, Outcome
from shared.submissions.models import Submission


def broken(session: Session) -> list[str]:
    """Return the references of submissions whose outcome its published decision did not give."""
    given: set[tuple[UUID, UUID, str | None]] = set()
    for decision in session.scalars(select(Decision).where(Decision.status == DecisionStatus.PUBLISHED)):
        given |= {(decision.id, place.submission, place.outcome) for place in decision.places}
    rows = session.execute(
        select(Outcome, Submission.reference).join(Submission, Submission.id == Outcome.submission_id).order_by(Submission.reference)
    )
    return [reference for outcome, reference in rows if (outcome.decision_id, outcome.submission_id, _said(outcome)) not in given]


def _said(outcome: Outcome) -> str | None:
    if outcome.kind is OutcomeKind.SHORTLISTED:
        return KEPT
    return outcome.level if outcome.kind is OutcomeKind.AWARDED else None
