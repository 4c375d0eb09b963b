"""Reads of the ledger for those who run the system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.queue.kinds import Queue
from shared.queue.lifecycle import JobState
from shared.queue.models import Heartbeat, Job, QueuePause

SILENT_AFTER = timedelta(seconds=30)
"""A process that was not heard of for so long is taken for dead."""


class JobUnknown(NotFound):
    """The ledger has no such job."""

    th = "ไม่พบงานนี้"
    en = "There is no such job."


@dataclass(frozen=True, slots=True)
class QueueState:
    """A queue as the ledger has it: jobs by state, how long the oldest has waited in seconds, and why it is paused."""

    name: str
    pending: int
    running: int
    dead: int
    oldest_seconds: float | None
    pause: QueuePause | None


def job(session: Session, id_: UUID) -> Job:
    """Return a job. Raises JobUnknown."""
    found = session.get(Job, id_)
    if found is None:
        raise JobUnknown
    return found


def queue_states(session: Session, *, now: datetime) -> list[QueueState]:
    """Return every queue. Two queries."""
    waiting = Job.state == JobState.PENDING
    rows = session.execute(
        select(
            Job.queue,
            func.count().filter(waiting),
            func.count().filter(Job.state == JobState.RUNNING),
            func.count().filter(Job.state == JobState.DEAD),
            func.min(Job.run_at).filter(waiting, Job.run_at <= now),
        )
        .where(Job.state.in_((JobState.PENDING, JobState.RUNNING, JobState.DEAD)))
        .group_by(Job.queue)
    )
    counted = {row[0]: row[1:] for row in rows}
    pauses = {pause.queue: pause for pause in session.scalars(select(QueuePause))}
    states = []
    for queue in Queue:
        pending, running, dead, oldest = counted.get(queue, (0, 0, 0, None))
        states.append(QueueState(queue, pending, running, dead, (now - oldest).total_seconds() if oldest else None, pauses.get(queue)))
    return states


def state_counts(session: Session, submissions: Select[UUID] | None = None) -> dict[str, int]:
    """Return how many jobs are in each state, of all or of those that touch `submissions`."""
    query = select(Job.state, func.count()).group_by(Job.state)
    if submissions is not None:
        query = query.where(Job.submission_id.in_(submissions))
    found = dict(session.execute(query).all())
    return {state: found.get(state, 0) for state in JobState}


def jobs(
    session: Session,
    *,
    state: str | None = None,
    kind: str | None = None,
    subject: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[Job]:
    """Return jobs, newest first; `subject` is what a job is about or the submission it touches; `before` goes on after a page."""
    query = select(Job).order_by(Job.id.desc()).limit(limit)
    if state:
        query = query.where(Job.state == state)
    if kind:
        query = query.where(Job.kind == kind)
    if subject:
        query = query.where((Job.subject_id == subject) | (Job.submission_id == subject))
    if before:
        query = query.where(Job.id < before)
    return session.scalars(query).all()


def heartbeats(session: Session, *, since: datetime) -> Sequence[Heartbeat]:
    """Return the processes heard of since an instant, by name."""
    return session.scalars(select(Heartbeat).where(Heartbeat.seen_at >= since).order_by(Heartbeat.name)).all()


def with_weak_sandbox(session: Session, *, now: datetime) -> Sequence[Heartbeat]:
    """Return the living processes that open people's files under less than the whole sandbox, by name."""
    return [beat for beat in heartbeats(session, since=now - SILENT_AFTER) if beat.sandbox_is_weak]
