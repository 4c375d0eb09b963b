"""The state of the machines as operators see it: one view for pages and for JSON."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

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


def overview(session: Session, *, now: datetime, programme: str | None = None) -> dict[str, Any]:
    """Return what runs, waits and is stuck; of one programme's submissions if its slug is given."""
    touched: Select[Any] | None = None
    if programme is not None:
        touched = select(Submission.id).join(Programme).where(Programme.slug == programme)
    living = workers(session, now=now)
    return {
        "jobs": queries.state_counts(session, touched),
        "notifications": status_counts(session, touched),
        "queues": queues(session, now=now),
        "workers": {
            "alive": sum(worker["alive"] for worker in living),
            "silent": sum(not worker["alive"] for worker in living),
            "with_weak_sandbox": sum(worker["alive"] and worker["sandbox_is_weak"] for worker in living),
        },
        "uploads_not_completed": len(unfinished(session, limit=MOST)),
        "uploads_unfinished": asdict(counting.unfinished(session)),
    }


def queues(session: Session, *, now: datetime) -> list[dict[str, Any]]:
    """Return every queue: what the ledger has, and how many messages the broker holds (None when it does not answer)."""
    lengths = broker_lengths()
    return [
        {
            "name": state.name,
            "pending": state.pending,
            "running": state.running,
            "dead": state.dead,
            "oldest_seconds": state.oldest_seconds,
            "broker_messages": lengths.get(state.name),
            "paused": None
            if state.pause is None
            else {"by": state.pause.paused_by, "reason": state.pause.reason, "at": state.pause.paused_at},
        }
        for state in queries.queue_states(session, now=now)
    ]


def workers(session: Session, *, now: datetime) -> list[dict[str, Any]]:
    """Return the processes heard of in the last hour, and whether they still are."""
    return [
        {
            "name": beat.name,
            "role": beat.role,
            "host": beat.host,
            "pid": beat.pid,
            "started_at": beat.started_at,
            "seen_at": beat.seen_at,
            "swept_at": beat.swept_at,
            "alive": now - beat.seen_at < SILENT_AFTER,
            "sandbox_is_weak": beat.sandbox_is_weak,
        }
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
