"""The operators' pages about jobs: the ledger, and one job with what may be done to it."""

from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.operations.access import Operator
from services.operations.pages.layout import OperationsPage
from services.operations.reason import Why
from services.web.database import Transaction
from services.web.templates import PageModel, show
from shared import clock, operators
from shared.errors import NotFound
from shared.queue import queries
from shared.queue.ledger import can_cancel, can_retry
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.queue.record import JobSummary
from shared.queue.sheet import JOB_SHEET
from shared.submissions import queries as submissions
from shared.submissions.history import HistoryLine, history_lines
from shared.text import Tag, Text

router = APIRouter(prefix="/operations/jobs")
PAGE = 50


class StateLink(PageModel):
    """A link that shows the jobs of one state."""

    state: JobState
    label: Text
    is_chosen: bool


class JobLine(PageModel):
    """A job and how its state is shown; `percent` is how far it is, of one that runs and reports it."""

    job: JobSummary
    tag: Tag
    is_running: bool
    percent: int | None


class JobsPage(OperationsPage):
    """One page of the ledger; `older` is the id that the next page begins before."""

    template: ClassVar = "operations/jobs.html"
    lines: list[JobLine]
    states: list[StateLink]
    state: JobState | None
    older: UUID | None


class JobPage(OperationsPage):
    """One job, and what happened to its submission."""

    template: ClassVar = "operations/job.html"
    line: JobLine
    can_retry: bool
    can_cancel: bool
    history: list[HistoryLine]


@router.get("")
def list_jobs(request: Request, session: Transaction, _: Operator, state: JobState | None = None, before: UUID | None = None) -> Response:
    """Show the ledger, newest first."""
    jobs = queries.jobs(session, state=state, before=before, limit=PAGE)
    page = JobsPage(
        lines=[_line(job) for job in jobs],
        states=[StateLink(state=one, label=JOB_SHEET[one].tag.label, is_chosen=one is state) for one in JobState],
        state=state,
        older=jobs[-1].id if len(jobs) == PAGE else None,
    )
    return show(request, page)


@router.get("/{job_id}")
def read_job(request: Request, session: Transaction, _: Operator, job_id: UUID) -> Response:
    """Show one job."""
    job = queries.job(session, job_id)
    events = submissions.history(session, job.submission_id) if job.submission_id else []
    history = history_lines(events, lambda kind, _: Text(kind, kind))
    return show(request, JobPage(line=_line(job), can_retry=can_retry(job), can_cancel=can_cancel(job), history=history))


@router.post("/{job_id}/{verb}")
def change_job(session: Transaction, person: Operator, job_id: UUID, verb: str, reason: Annotated[Why, Form()]) -> Response:
    """Retry or cancel a job."""
    act = {"retry": operators.retry_job, "cancel": operators.cancel_job}.get(verb)
    if act is None:
        raise NotFound
    act(session, job_id, by=person.actor, reason=reason, now=clock.now())
    return RedirectResponse(f"/operations/jobs/{job_id}", 303)


def _line(job: Job) -> JobLine:
    is_running = job.state is JobState.RUNNING
    return JobLine(
        job=JobSummary.model_validate(job), tag=JOB_SHEET[job.state].tag, is_running=is_running, percent=job.percent if is_running else None
    )
