"""Let published decisions take effect."""

from sqlalchemy.orm import Session

from shared import clock
from shared.awards.models import Decision
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.stages import operations
from workers.base import Record, task


@task(kinds.APPLY_DECISION)
def apply_decision(work: Work) -> Record:
    """Give every submission of a decision its outcome, and what follows from it, in one transaction."""

    def record(session: Session) -> None:
        operations.apply_decision(session, session.get_one(Decision, work.subject_id), now=clock.now())

    return record
