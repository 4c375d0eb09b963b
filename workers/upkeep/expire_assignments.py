"""Claims whose time ran out go back into their queues."""

from sqlalchemy.orm import Session

from shared import clock
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.reviews import operations
from workers.base import Record, task


@task(kinds.EXPIRE_ASSIGNMENTS)
def expire_assignments(work: Work) -> Record:
    """End the claims that nobody renewed."""

    def record(session: Session) -> None:
        operations.expire(session, now=clock.now())

    return record
