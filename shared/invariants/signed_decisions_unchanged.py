"""A decision still is what was signed: its digest is that of its content, in the format in which it was made."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.awards.models import Decision
from shared.awards.operations import is_unchanged
from shared.programmes.models import Programme
from shared.reviews.models import RoundRow


def broken(session: Session) -> list[str]:
    """Return the ids of decisions whose content is not what their digest says."""
    rows = session.execute(
        select(Decision, Programme.slug, RoundRow.key)
        .join(Programme, Programme.id == Decision.programme_id)
        .join(RoundRow, RoundRow.id == Decision.round_id)
        .order_by(Decision.id)
    )
    return [str(decision.id) for decision, slug, key in rows if not is_unchanged(decision, programme=slug, round_key=key)]
