"""Two tasks that do nothing, for `pipeline.py`: a bare one, and one that goes through the ledger. `celery -A bench.noops:app worker`."""

import shared.tables  # noqa: F401  # the ledger's row refers to others
from shared.logs import configure
from shared.queue import client
from shared.queue.kinds import KINDS, JobKind, Queue
from shared.queue.ledger import Work
from workers.base import task

NOOP = JobKind(name="bench.noop", queue=Queue.UPKEEP)
KINDS[NOOP.name] = NOOP
BARE = "bench.bare"

app = client.application()
configure()


@task(NOOP)
def noop(_work: Work) -> None:
    """Do nothing, claimed and recorded."""


@app.task(name=BARE, ignore_result=True)  # type: ignore[untyped-decorator]
def bare() -> None:
    """Do nothing."""
