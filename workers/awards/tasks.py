"""Let published decisions take effect."""

from sqlalchemy.orm import Session

from shared import clock
from shared.awards import results
from shared.awards.models import Decision
from shared.programmes.models import Programme
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.stages import placing
from workers.base import Record, task


@task(kinds.APPLY_DECISION)
def apply_decision(work: Work) -> Record:
    """Give every submission of a decision its outcome, and what follows from it, in one transaction."""

    def record(session: Session) -> None:
        now, decision = clock.now(), session.get_one(Decision, work.subject_id)
        results.apply_decision(session, decision, now=now)
        programme = session.get_one(Programme, decision.programme_id)
        placing.place(session, programme, [place.submission for place in decision.places], now=now)

    return record
