"""What runs, waits and is stuck."""

from fastapi import APIRouter

from services.operations import overview
from services.operations.access import Operator
from services.operations.reason import Reason
from services.operations.schemas import Overview, QueueList, WorkerList
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.operators import pause_queue, resume_queue
from shared.queue.operations import WorkQueueUnknown

router = APIRouter(tags=["machines"])


@router.get("/overview")
@raises()
def read_overview(session: Transaction, _: Operator, programme: str | None = None) -> Overview:
    """The whole at a glance; of one programme's submissions if its slug is given."""
    return overview.overview(session, now=clock.now(), programme=programme)


@router.get("/queues")
@raises()
def list_queues(session: Transaction, _: Operator) -> QueueList:
    """Every queue with what waits in it."""
    return QueueList(queues=overview.queues(session, now=clock.now()))


@router.get("/workers")
@raises()
def list_workers(session: Transaction, _: Operator) -> WorkerList:
    """The processes heard of in the last hour."""
    return WorkerList(workers=overview.workers(session, now=clock.now()))


@router.post("/queues/{name}/pause", status_code=204)
@raises(WorkQueueUnknown)
def pause(name: str, body: Reason, session: Transaction, person: Operator) -> None:
    """Have a queue's jobs wait."""
    pause_queue(session, name, by=person.actor, reason=body.reason, now=clock.now())


@router.post("/queues/{name}/resume", status_code=204)
@raises(WorkQueueUnknown)
def resume(name: str, body: Reason, session: Transaction, person: Operator) -> None:
    """Let a queue's jobs be taken again."""
    resume_queue(session, name, by=person.actor, reason=body.reason, now=clock.now())
