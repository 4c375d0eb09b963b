"""Let published decisions take effect."""

from shared import clock
from shared.grants import operations
from shared.queue import kinds
from shared.queue.ledger import Work
from workers.base import Record, task


@task(kinds.APPLY_DECISION)
def apply_decision(work: Work) -> Record:
    """Give every submission of a decision what its place says."""
    return lambda session: operations.apply_decision(session, work.subject_id, now=clock.now())
