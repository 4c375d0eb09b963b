"""Stages begin at their instants."""

from sqlalchemy.orm import Session

from shared import clock
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.stages import opening
from workers.base import Record, task


@task(kinds.OPEN_STAGES)
def open_stages(_: Work) -> Record:
    """Note the stages that have begun; the jobs that follow give out their rows."""

    def record(session: Session) -> None:
        opening.open_due(session, now=clock.now())

    return record
