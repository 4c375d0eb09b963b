"""The verbs of money: grants for the submissions that a decision awarded."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import events
from shared.awards.models import Decision
from shared.database import new_id
from shared.events import SYSTEM, EventKind
from shared.grants.models import Grant
from shared.submissions.lifecycle import Status
from shared.submissions.models import Submission


def make_grants(session: Session, decision: Decision, *, now: datetime) -> None:
    """Make the grant of each submission to which a decision gave a level, once.

    It is called in the transaction that gave them their levels (`shared.awards.results`).
    """
    places = {place.submission: place for place in decision.places}
    awarded = session.scalars(
        select(Submission).where(
            Submission.id.in_(places),
            Submission.status == Status.AWARDED,
            ~select(Grant.id).where(Grant.submission_id == Submission.id).exists(),
        )
    ).all()
    for submission in sorted(awarded, key=lambda one: one.reference):
        place, level = places[submission.id], submission.level
        if level is None or level != place.outcome:
            continue  # another decision awarded it
        grant = Grant(id=new_id(), submission_id=submission.id, decision_id=decision.id, level=level, amount=place.amount, made_at=now)
        session.add(grant)
        session.flush()
        events.append(
            session,
            EventKind.GRANT_MADE,
            subject_id=grant.id,
            submission_id=submission.id,
            programme_id=submission.programme_id,
            by=SYSTEM,
            now=now,
            data={"level": level, "amount": f"{place.amount:.2f}"},
        )
