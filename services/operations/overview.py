"""Builds what operators see of queues, processes and uploads, for programs and for pages."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.operations.schemas import (
    JobCounts,
    NotificationCounts,
    Overview,
    Pause,
    QueueState,
    UnfinishedUploads,
    WorkerCounts,
    WorkerState,
)
from shared.notifications.queries import status_counts
from shared.programmes.models import Programme
from shared.queue import queries
from shared.queue.kinds import Queue
from shared.queue.queries import SILENT_AFTER
from shared.settings import settings
from shared.submissions.models import Submission
from shared.submissions.uploads import counting
from shared.submissions.uploads.finishing import unfinished

FORGOTTEN_AFTER = timedelta(hours=1)
MOST = 1000


def overview(session: Session, *, now: datetime, programme: str | None = None) -> Overview:
    """Return what runs, waits and is stuck; with a programme's slug, jobs and notifications of its submissions only."""
    touched: Select[UUID] | None = None
    if programme is not None:
        touched = select(Submission.id).join(Programme).where(Programme.slug == programme)
    recent = workers(session, now=now)
    return Overview(
        jobs=JobCounts(**queries.state_counts(session, touched)),
        notifications=NotificationCounts(**status_counts(session, touched)),
        queues=queues(session, now=now),
        workers=WorkerCounts(
            alive=sum(worker.alive for worker in recent),
            silent=sum(not worker.alive for worker in recent),
            with_weak_sandbox=sum(worker.alive and worker.sandbox_is_weak for worker in recent),
        ),
        uploads_not_completed=len(unfinished(session, limit=MOST)),
        uploads_unfinished=UnfinishedUploads(**asdict(counting.unfinished(session))),
    )


def queues(session: Session, *, now: datetime) -> list[QueueState]:
    """Return every queue: its jobs in the ledger, and how many messages the broker holds."""
    lengths = broker_lengths()
    return [
        QueueState(
            name=Queue(state.name),
            pending=state.pending,
            running=state.running,
            dead=state.dead,
            oldest_seconds=state.oldest_seconds,
            broker_messages=lengths.get(state.name),
            paused=None if state.pause is None else Pause(by=state.pause.paused_by, reason=state.pause.reason, at=state.pause.paused_at),
        )
        for state in queries.queue_states(session, now=now)
    ]


def workers(session: Session, *, now: datetime) -> list[WorkerState]:
    """Return the processes heard of in the last hour, and whether they are alive."""
    return [
        WorkerState(
            name=beat.name,
            role=beat.role,
            host=beat.host,
            pid=beat.pid,
            started_at=beat.started_at,
            seen_at=beat.seen_at,
            swept_at=beat.swept_at,
            alive=now - beat.seen_at < SILENT_AFTER,
            sandbox_is_weak=beat.sandbox_is_weak,
        )
        for beat in queries.heartbeats(session, since=now - FORGOTTEN_AFTER)
    ]


def broker_lengths() -> dict[str, int]:
    """Return how many messages wait in the broker by queue; empty for a broker that is not Redis or does not answer."""
    url = settings().broker_url.get_secret_value()
    if not url.startswith("redis"):
        return {}
    try:
        with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as redis:
            pipeline = redis.pipeline(transaction=False)
            for queue in Queue:
                pipeline.llen(queue)
            return dict(zip(Queue, pipeline.execute(), strict=True))
    except RedisError:
        return {}
