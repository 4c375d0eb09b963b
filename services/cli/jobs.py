"""`omsap jobs`: the ledger of background work, and what operators do to it."""

from typing import Annotated
from uuid import UUID

import typer

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import both, show, show_table
from shared import clock, operators
from shared.queue import queries
from shared.queue.lifecycle import JobState
from shared.queue.record import JobRecord
from shared.text import Text

app = typer.Typer(help=both(Text("งานเบื้องหลัง", "Background work.")), no_args_is_help=True, add_completion=False)

JobId = Annotated[UUID, typer.Argument(help="The job.")]
QueueName = Annotated[str, typer.Argument(help="The queue.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept in the history.")]


@app.command("list")
def list_(
    state: Annotated[JobState | None, typer.Option(help="Only jobs in this state.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only jobs of this kind, as validation.check_upload.")] = None,
    subject: Annotated[UUID | None, typer.Option(help="Only jobs about this upload, submission, ….")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """List jobs, newest first."""
    with database(data) as session:
        found = queries.jobs(session, state=state, kind=kind, subject=subject, limit=limit)
        jobs = [JobRecord.model_validate(job) for job in found]
    if as_json:
        show({"jobs": jobs})
        return
    show_table(
        ("id", "kind", "state", "attempts", "created", "error"),
        [(job.id, job.kind, _state(job), job.attempts, f"{job.created_at:%Y-%m-%d %H:%M:%S}Z", _first_line(job.error)) for job in jobs],
    )


@app.command("show")
def show_job(job_id: JobId, data: StackFolder = None, as_json: AsJson = False) -> None:
    """Show a job with all that is known of it."""
    with database(data) as session:
        _echo(JobRecord.model_validate(queries.job(session, job_id)), as_json)


@app.command()
def retry(job_id: JobId, reason: Reason, data: StackFolder = None, as_json: AsJson = False) -> None:
    """Have a dead or cancelled job worked on again."""
    with database(data) as session:
        operators.retry_job(session, job_id, by=local_user(), reason=reason, now=clock.now())
        session.expire_all()
        job = JobRecord.model_validate(queries.job(session, job_id))
    _echo(job, as_json)


@app.command()
def cancel(job_id: JobId, reason: Reason, data: StackFolder = None, as_json: AsJson = False) -> None:
    """End a job that waits, is dead, or runs and can be interrupted."""
    with database(data) as session:
        operators.cancel_job(session, job_id, by=local_user(), reason=reason, now=clock.now())
        session.expire_all()
        job = JobRecord.model_validate(queries.job(session, job_id))
    _echo(job, as_json)


@app.command()
def pause(queue: QueueName, reason: Reason, data: StackFolder = None) -> None:
    """Have a queue's jobs wait; those that run go on to their end."""
    with database(data) as session:
        operators.pause_queue(session, queue, by=local_user(), reason=reason, now=clock.now())
    print(f"{queue}: {both(Text('หยุดรับงานชั่วคราว', 'paused'))}")


@app.command()
def resume(queue: QueueName, reason: Reason, data: StackFolder = None) -> None:
    """Let a queue's jobs be taken again."""
    with database(data) as session:
        operators.resume_queue(session, queue, by=local_user(), reason=reason, now=clock.now())
    print(f"{queue}: {both(Text('รับงานต่อ', 'resumed'))}")


def _echo(job: JobRecord, as_json: bool) -> None:
    if as_json:
        show(job)
        return
    for name, value in job:
        if value is not None:
            print(f"{name + ':':15} {value}")


def _state(job: JobRecord) -> str:
    return f"{job.state} {job.percent} %" if job.state == JobState.RUNNING and job.percent is not None else job.state


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0]
