"""The awards of an applied decision are those of its places, submission by submission and to the hundredth part."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.models import Decision, Outcome
from shared.programmes.models import Programme
from shared.submissions.models import Submission


def broken(session: Session) -> list[str]:
    """Return the decisions whose outcomes differ: the programme, and both sums. A submission that was out by then has no outcome."""
    found = []
    out = set(session.scalars(select(Submission.id).where(Submission.withdrawn_at.is_not(None) | Submission.disqualified_at.is_not(None))))
    for decision, slug in session.execute(
        select(Decision, Programme.slug)
        .join(Programme, Programme.id == Decision.programme_id)
        .where(Decision.applied_at.is_not(None))
        .order_by(Decision.id)
    ):
        made = dict(session.execute(select(Outcome.submission_id, Outcome.amount).where(Outcome.decision_id == decision.id)).all())
        decided = {place.submission: place.amount for place in decision.places if place.submission in made or place.submission not in out}
        if decided != made:
            found.append(f"{slug}: {sum(decided.values())} ≠ {sum(made.values())}")
    return found
