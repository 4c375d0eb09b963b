"""Tables of the ledger: jobs, paused queues, and the processes that were heard of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, false, func, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id
from shared.queue.lifecycle import JobState


class Job(Base):
    """One piece of background work. Celery messages carry its id and nothing else."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "key"),
        Index("ix_jobs_due", "run_at", postgresql_where=text("state = 'pending'")),
        Index("ix_jobs_leases", "lease_until", postgresql_where=text("state = 'running'")),
        Index("ix_jobs_submission_id", "submission_id"),
        Index("ix_jobs_state_queue", "state", "queue"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    queue: Mapped[str]
    subject_id: Mapped[UUID]
    key: Mapped[str]
    """What makes it one of its kind and subject: the event that caused it, or the period it is for."""
    submission_id: Mapped[UUID | None]
    """Whose submission it touches, for operators."""
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[JobState] = mapped_column(Choice(JobState), default=JobState.PENDING)
    run_at: Mapped[datetime]
    rung_at: Mapped[datetime]
    """When the broker was last told; long ago where the sweep is the first to tell it."""
    attempts: Mapped[int] = mapped_column(default=0)
    percent: Mapped[int | None]
    """How far this run is, of work that can tell."""
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]
    """The operator who retried or cancelled it, and why."""


class QueuePause(Base):
    """A queue whose jobs wait until an operator resumes it."""

    __tablename__ = "queue_pauses"

    queue: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    paused_by: Mapped[str]
    paused_at: Mapped[datetime]


class Heartbeat(Base):
    """A process that was heard of; `name` is `{queue or web}@{host}:{pid}`."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    """The queues it works on, or `web`."""
    host: Mapped[str]
    pid: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    swept_at: Mapped[datetime | None]
    """When this process last looked over the ledger."""
    sandbox_is_weak: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it opens people's files under less than the whole sandbox."""
