"""What the operations service answers programs; its pages show the same models."""

from datetime import datetime

from services.web.answers import Answer
from shared.queue.kinds import Queue
from shared.queue.record import JobRecord


class JobCounts(Answer):
    """How many jobs are in each state."""

    pending: int
    running: int
    done: int
    dead: int
    cancelled: int


class NotificationCounts(Answer):
    """How many messages to people are in each state."""

    pending: int
    sent: int
    failed: int


class WorkerCounts(Answer):
    """How many processes are alive, were heard of in the last hour only, or open people's files under less than the full sandbox."""

    alive: int
    silent: int
    with_weak_sandbox: int


class UnfinishedUploads(Answer):
    """Uploads that have not arrived: how many, their bytes, and what of them is in the store."""

    uploads: int
    announced_bytes: int
    durable_bytes: int
    sending: int
    in_store: int
    to_free: int
    next_expires_at: datetime | None


class Pause(Answer):
    """Who paused a queue, when and why."""

    by: str
    reason: str
    at: datetime


class QueueState(Answer):
    """A queue: its jobs by state in the ledger, and how many messages the broker holds (null when it does not answer)."""

    name: Queue
    pending: int
    running: int
    dead: int
    oldest_seconds: float | None
    broker_messages: int | None
    paused: Pause | None


class WorkerState(Answer):
    """A process that was heard of in the last hour."""

    name: str
    role: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    swept_at: datetime | None
    alive: bool
    sandbox_is_weak: bool


class Overview(Answer):
    """What runs, waits and is stuck."""

    jobs: JobCounts
    notifications: NotificationCounts
    queues: list[QueueState]
    workers: WorkerCounts
    uploads_not_completed: int
    uploads_unfinished: UnfinishedUploads


class QueueList(Answer):
    """Every queue."""

    queues: list[QueueState]


class WorkerList(Answer):
    """The processes heard of in the last hour."""

    workers: list[WorkerState]


class JobList(Answer):
    """One page of jobs, the newest first."""

    jobs: list[JobRecord]
