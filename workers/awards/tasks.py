"""Let published decisions take effect."""

from sqlalchemy.orm import Session

from shared import clock
from shared.awards import results
from shared.awards.models import Decision
from shared.grants import operations as grants
from shared.queue import kinds
from shared.queue.ledger import Work
from workers.base import Record, task


@task(kinds.APPLY_DECISION)
def apply_decision(work: Work) -> Record:
    """Give every submission of a decision what its place says, and the awarded ones their grants, in one transaction."""

    def record(session: Session) -> None:
        now, decision = clock.now(), session.get_one(Decision, work.subject_id)
        results.apply_decision(session, decision, now=now)
        grants.make_grants(session, decision, now=now)

    return record
