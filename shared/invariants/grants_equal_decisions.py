"""The grants of an applied decision are those of its places, submission by submission and to the satang."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.models import Decision
from shared.grants.models import Grant
from shared.programmes.models import Programme


def broken(session: Session) -> list[str]:
    """Return the decisions whose grants differ: the programme, and both sums in baht."""
    found = []
    for decision, slug in session.execute(
        select(Decision, Programme.slug)
        .join(Programme, Programme.id == Decision.programme_id)
        .where(Decision.applied_at.is_not(None))
        .order_by(Decision.id)
    ):
        decided = {place.submission: place.amount for place in decision.places if place.amount > 0}
        rows = session.execute(select(Grant.submission_id, Grant.amount).where(Grant.decision_id == decision.id, Grant.amount > 0))
        made = dict(rows.all())
        if decided != made:
            found.append(f"{slug}: {sum(decided.values())} ≠ {sum(made.values())}")
    return found
