"""Ended jobs leave the ledger after a while."""

from shared import clock
from shared.database import transaction
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.queue.purge import BATCH, purge
from workers.base import task


@task(kinds.PURGE_JOBS)
def purge_jobs(work: Work) -> None:
    """Delete old jobs, a batch a transaction."""
    while True:
        with transaction() as session:
            deleted = purge(session, now=clock.now())
        if deleted < BATCH:
            return
