"""Put accepted submissions into committees' queues."""

from sqlalchemy.orm import Session

from shared import clock
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.reviews import rounds
from workers.base import Record, task


@task(kinds.ROUTE_SUBMISSION)
def route_submission(work: Work) -> Record:
    """Give one submission to its committee."""
    return lambda session: rounds.route_submission(session, work.subject_id, now=clock.now())


@task(kinds.ROUTE_ROUND)
def route_round(work: Work) -> Record:
    """Fill the queues of a round that was opened."""

    def record(session: Session) -> None:
        rounds.route_round(session, work.subject_id, now=clock.now())

    return record
