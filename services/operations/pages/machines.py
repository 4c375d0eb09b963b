"""The operators' pages about queues and processes."""

from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.operations.access import Operator
from services.operations.overview import overview, queues, workers
from services.operations.pages.layout import OperationsPage
from services.operations.reason import Why
from services.operations.schemas import Overview, QueueState, WorkerState
from services.web.database import Transaction
from services.web.templates import show
from shared import clock, operators
from shared.errors import NotFound
from shared.queue.operations import known_queue

router = APIRouter(prefix="/operations")


class OverviewPage(OperationsPage):
    """What runs, waits and is stuck, and each process."""

    template: ClassVar = "operations/overview.html"
    overview: Overview
    workers: list[WorkerState]


class QueuePage(OperationsPage):
    """One queue, to be paused or resumed."""

    template: ClassVar = "operations/queue.html"
    queue: QueueState


@router.get("")
def read_overview(request: Request, session: Transaction, _: Operator) -> Response:
    """Show what runs, waits and is stuck."""
    now = clock.now()
    return show(request, OverviewPage(overview=overview(session, now=now), workers=workers(session, now=now)))


@router.get("/queues/{name}")
def read_queue(request: Request, session: Transaction, _: Operator, name: str) -> Response:
    """Show one queue."""
    known = known_queue(name)
    (queue,) = (queue for queue in queues(session, now=clock.now()) if queue.name == known)
    return show(request, QueuePage(queue=queue))


@router.post("/queues/{name}/{verb}")
def change_queue(session: Transaction, person: Operator, name: str, verb: str, reason: Annotated[Why, Form()]) -> Response:
    """Pause or resume a queue."""
    act = {"pause": operators.pause_queue, "resume": operators.resume_queue}.get(verb)
    if act is None:
        raise NotFound
    act(session, name, by=person.actor, reason=reason, now=clock.now())
    return RedirectResponse("/operations", 303)
