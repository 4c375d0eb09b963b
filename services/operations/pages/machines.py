"""The operators' pages: overview, one queue, jobs, one job, mail."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.operations import mail, schemas
from services.operations.access import Operator
from services.operations.reason import Why
from services.web.database import Transaction
from services.web.templates import render
from shared import clock, operators
from shared.errors import NotFound
from shared.queue import queries
from shared.queue.ledger import can_cancel
from shared.queue.lifecycle import JobState
from shared.queue.operations import known_queue
from shared.settings import settings
from shared.submissions import queries as submissions

router = APIRouter(prefix="/operations")
PAGE = 50
Said = Annotated[Why, Form()]


@router.get("")
def overview(request: Request, session: Transaction, _: Operator) -> Response:
    """The whole at a glance."""
    now = clock.now()
    return render(
        request, "operations/overview.html", seen=schemas.overview(session, now=now), workers=schemas.workers(session, now=now), **_menu()
    )


@router.get("/jobs")
def list_jobs(request: Request, session: Transaction, _: Operator, state: JobState | None = None, before: UUID | None = None) -> Response:
    """The ledger, newest first."""
    jobs = queries.jobs(session, state=state, before=before, limit=PAGE)
    return render(request, "operations/jobs.html", jobs=jobs, state=state, states=list(JobState), page=PAGE, **_menu())


@router.get("/jobs/{job_id}")
def read_job(request: Request, session: Transaction, _: Operator, job_id: UUID) -> Response:
    """One job with what happened to its submission."""
    job = queries.job(session, job_id)
    history = submissions.history(session, job.submission_id) if job.submission_id else []
    return render(request, "operations/job.html", job=job, can_cancel=can_cancel(job), history=history, **_menu())


@router.post("/jobs/{job_id}/{verb}")
def change_job(session: Transaction, person: Operator, job_id: UUID, verb: str, reason: Said) -> Response:
    """Retry or cancel a job."""
    act = {"retry": operators.retry_job, "cancel": operators.cancel_job}.get(verb)
    if act is None:
        raise NotFound
    act(session, job_id, by=person.actor, reason=reason, now=clock.now())
    return RedirectResponse(f"/operations/jobs/{job_id}", 303)


@router.get("/queues/{name}")
def read_queue(request: Request, session: Transaction, _: Operator, name: str) -> Response:
    """One queue, to be paused or resumed."""
    known = known_queue(name)
    (queue,) = (queue for queue in schemas.queues(session, now=clock.now()) if queue["name"] == known)
    return render(request, "operations/queue.html", queue=queue, **_menu())


@router.post("/queues/{name}/{verb}")
def change_queue(session: Transaction, person: Operator, name: str, verb: str, reason: Said) -> Response:
    """Pause or resume a queue."""
    act = {"pause": operators.pause_queue, "resume": operators.resume_queue}.get(verb)
    if act is None:
        raise NotFound
    act(session, name, by=person.actor, reason=reason, now=clock.now())
    return RedirectResponse("/operations", 303)


@router.get("/mail")
def list_mail(request: Request, _: Operator) -> Response:
    """What the local mail catcher keeps."""
    folder = settings().mail_folder
    if folder is None:
        raise mail.MailUnknown
    return render(request, "operations/mail.html", mails=mail.newest(folder), **_menu())


@router.get("/mail/{name}")
def read_mail(request: Request, _: Operator, name: str) -> Response:
    """One kept message, as text."""
    folder = settings().mail_folder
    if folder is None:
        raise mail.MailUnknown
    return render(request, "operations/message.html", mail=mail.one(folder, name), **_menu())


def _menu() -> dict[str, Any]:
    return {"keeps_mail": settings().mail_folder is not None}
