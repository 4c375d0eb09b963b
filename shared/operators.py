"""What operators do to jobs and queues, by page, API or command line; each leaves an event with the actor and the reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from shared import events
from shared.events import Actor, EventKind
from shared.queue import ledger, operations, queries
from shared.queue.sweep import NO_SUBJECT


def retry_job(session: Session, id_: UUID, *, by: Actor, reason: str, now: datetime) -> None:
    """Have a dead or cancelled job worked on again. Raises JobUnknown, JobNotRetryable."""
    job = queries.job(session, id_)
    ledger.retry(session, job, by=by.name, reason=reason, now=now)
    _record_event(session, EventKind.JOB_RETRIED, id_, by, reason, now, job_kind=job.kind)


def cancel_job(session: Session, id_: UUID, *, by: Actor, reason: str, now: datetime) -> None:
    """End a job that waits, is dead, or runs and can be interrupted. Raises JobUnknown, JobNotCancellable."""
    job = queries.job(session, id_)
    ledger.cancel(session, job, by=by.name, reason=reason, now=now)
    _record_event(session, EventKind.JOB_CANCELLED, id_, by, reason, now, job_kind=job.kind)


def pause_queue(session: Session, name: str, *, by: Actor, reason: str, now: datetime) -> None:
    """Have a queue's jobs wait. Raises WorkQueueUnknown."""
    operations.pause(session, operations.known_queue(name), by=by.name, reason=reason, now=now)
    _record_event(session, EventKind.QUEUE_PAUSED, NO_SUBJECT, by, reason, now, queue=name)


def resume_queue(session: Session, name: str, *, by: Actor, reason: str, now: datetime) -> None:
    """Let a queue's jobs be taken again. Raises WorkQueueUnknown."""
    operations.resume(session, operations.known_queue(name))
    _record_event(session, EventKind.QUEUE_RESUMED, NO_SUBJECT, by, reason, now, queue=name)


def _record_event(session: Session, kind: EventKind, subject_id: UUID, by: Actor, reason: str, now: datetime, **data: str) -> None:
    events.append(session, kind, subject_id=subject_id, by=by, now=now, reason=reason, data=data)
