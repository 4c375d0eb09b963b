"""The ledger: PostgreSQL holds every piece of work; the broker is only a doorbell.

A job is claimed by compare-and-set, held by a lease that is fenced with a token, and ended in the transaction that records its effect.
All lease times are the database's clock. Source of the shape: a transactional outbox with leases.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, Update, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.database import after_commit, new_id
from shared.errors import Conflict
from shared.queue import client
from shared.queue.kinds import KINDS, JobKind
from shared.queue.lifecycle import JobState
from shared.queue.models import Job, QueuePause

RUNG_AT_ONCE = 100
"""The most jobs of one step of which the broker is told at once."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When the broker was told of a job for which the sweep rings first."""
RETRYABLE = frozenset({JobState.DEAD, JobState.CANCELLED})
"""States from which an operator may have a job worked on again."""


class LeaseLost(Conflict):
    """Another worker took this job over; nothing of this run is recorded."""

    th = "งานนี้ถูกรับไปทำต่อโดยส่วนอื่นแล้ว"
    en = "Another worker has taken this job over."


class JobNotRetryable(Conflict):
    """Only dead and cancelled jobs can be retried."""

    th = "งานนี้อยู่ในสถานะ {state} จึงสั่งทำใหม่ไม่ได้ สั่งได้เฉพาะงานที่หยุดหรือยกเลิกแล้ว"
    en = "This job is {state}; only dead or cancelled jobs can be retried."


class JobNotCancellable(Conflict):
    """Only jobs that wait, are dead, or run and can be interrupted, can be cancelled."""

    th = "งานนี้อยู่ในสถานะ {state} จึงยกเลิกไม่ได้"
    en = "This job is {state} and cannot be cancelled."


@dataclass(frozen=True, slots=True)
class Work:
    """A claimed job: what a task body gets to know."""

    id: UUID
    kind: JobKind
    subject_id: UUID
    submission_id: UUID | None
    data: dict[str, Any]
    attempts: int
    token: UUID


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to put in: `key` is what makes it one of its kind and subject."""

    kind: JobKind
    subject_id: UUID
    key: str
    submission_id: UUID | None = None
    data: dict[str, Any] = field(default_factory=dict)


def add(
    session: Session,
    kind: JobKind,
    *,
    subject_id: UUID,
    key: str,
    now: datetime,
    submission_id: UUID | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Put a job into the ledger and have the broker told after commit; the same (kind, subject, key) again does nothing."""
    add_all(session, [NewJob(kind, subject_id, key, submission_id, data or {})], now=now)


def add_all(session: Session, new: Sequence[NewJob], *, now: datetime) -> None:
    """Put jobs into the ledger as `add` does, in one statement a thousand; the broker is told of the first `RUNG_AT_ONCE`.

    The others are of a kind that takes minutes for so many. The sweep rings for them, so that who puts in ten thousand waits for no bell.
    """
    if not new:
        return
    rows = [
        {
            "id": new_id(),
            "kind": one.kind.name,
            "queue": one.kind.queue,
            "subject_id": one.subject_id,
            "key": one.key,
            "submission_id": one.submission_id,
            "data": one.data,
            "state": JobState.PENDING,
            "run_at": now,
            "rung_at": now if number < RUNG_AT_ONCE else NEVER,
            "attempts": 0,
        }
        for number, one in enumerate(new)
    ]
    made = session.execute(insert(Job).on_conflict_do_nothing().returning(Job.id, Job.kind, Job.rung_at), rows).all()
    to_ring = [(KINDS[kind], job_id) for job_id, kind, rung_at in made if rung_at != NEVER]
    if to_ring:
        after_commit(session, lambda: client.ring_all(to_ring))


def claim(session: Session, job_id: UUID, *, worker: str) -> Work | None:
    """Take a pending job whose time has come and whose queue is not paused; None when another was first or it must wait."""
    kind_name = session.scalar(select(Job.kind).where(Job.id == job_id))
    if kind_name is None:
        return None
    kind, token = KINDS[kind_name], uuid4()
    row = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.PENDING, Job.run_at <= func.now(), ~exists().where(QueuePause.queue == Job.queue))
        .values(
            state=JobState.RUNNING,
            attempts=Job.attempts + 1,
            lease_token=token,
            lease_until=func.now() + timedelta(seconds=kind.lease),
            started_at=func.now(),
            worker=worker,
            percent=None,
        )
        .returning(Job.subject_id, Job.submission_id, Job.data, Job.attempts)
    ).one_or_none()
    return None if row is None else Work(job_id, kind, row.subject_id, row.submission_id, row.data, row.attempts, token)


def renew(session: Session, work: Work) -> None:
    """Lengthen the lease by its kind's term. Raises LeaseLost."""
    _fenced(session, work, lease_until=func.now() + timedelta(seconds=work.kind.lease))


def report(session: Session, work: Work, *, percent: int) -> None:
    """Note how far the work is. Raises LeaseLost, also when an operator has cancelled it."""
    _fenced(session, work, percent=percent)


def finish(session: Session, work: Work) -> None:
    """Mark the job done, to be committed with its effect. Raises LeaseLost."""
    _fenced(session, work, state=JobState.DONE, ended_at=func.now(), lease_token=None, lease_until=None, error=None)


def give_up(session: Session, work: Work, *, state: JobState, error: str) -> None:
    """End the job as dead or cancelled with the reason. Raises LeaseLost."""
    _fenced(session, work, state=state, ended_at=func.now(), lease_token=None, lease_until=None, error=error)


def postpone(session: Session, work: Work, *, error: str) -> JobState:
    """Have the job tried again after its kind's back-off, or end it as dead when its attempts are used up. Raises LeaseLost."""
    if work.attempts >= work.kind.attempts:
        give_up(session, work, state=JobState.DEAD, error=error)
        return JobState.DEAD
    wait = work.kind.wait_after(work.attempts)
    _fenced(
        session,
        work,
        state=JobState.PENDING,
        run_at=func.now() + wait,
        rung_at=func.now(),
        lease_token=None,
        lease_until=None,
        error=error,
    )
    after_commit(session, lambda: client.ring(work.kind, work.id, wait=wait))
    return JobState.PENDING


def retry(session: Session, job: Job, *, by: str, reason: str, now: datetime) -> None:
    """Have a dead or cancelled job worked on again from its first attempt. Raises JobNotRetryable."""
    result = session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state.in_(RETRYABLE))
        .values(state=JobState.PENDING, attempts=0, run_at=now, rung_at=now, ended_at=None, changed_by=f"{by}: {reason}")
    )
    if not _changed(result):
        raise JobNotRetryable(state=job.state)
    kind, job_id = KINDS[job.kind], job.id
    after_commit(session, lambda: client.ring(kind, job_id))


def cancel(session: Session, job: Job, *, by: str, reason: str, now: datetime) -> None:
    """End a job for which `can_cancel` holds; the worker of one that runs finds its lease lost. Raises JobNotCancellable."""
    result = session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state.in_(_cancellable(job)))
        .values(state=JobState.CANCELLED, ended_at=now, lease_token=None, lease_until=None, changed_by=f"{by}: {reason}")
    )
    if not _changed(result):
        raise JobNotCancellable(state=job.state)


def can_retry(job: Job) -> bool:
    """Say whether an operator may have the job worked on again."""
    return job.state in RETRYABLE


def can_cancel(job: Job) -> bool:
    """Say whether an operator may end the job as it stands."""
    return job.state in _cancellable(job)


def _cancellable(job: Job) -> set[JobState]:
    """Return the states in which a job of its kind may be ended: a running one only where its worker asks now and then."""
    return {JobState.PENDING, JobState.DEAD} | ({JobState.RUNNING} if KINDS[job.kind].interruptible else set())


def _fenced(session: Session, work: Work, **values: Any) -> None:
    statement: Update = update(Job).where(Job.id == work.id, Job.state == JobState.RUNNING, Job.lease_token == work.token)
    if not _changed(session.execute(statement.values(**values))):
        raise LeaseLost(job=str(work.id))


def _changed(result: Any) -> bool:
    assert isinstance(result, CursorResult)  # noqa: S101  # narrows the type: an UPDATE has a row count
    return bool(result.rowcount)
