"""The Celery application both sides share, and the doorbell: a message that carries a job id and nothing else."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from time import monotonic
from typing import Any
from uuid import UUID

import structlog
from celery import Celery
from kombu import pools
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from shared.queue.kinds import KINDS, JobKind
from shared.settings import settings

log = structlog.get_logger(__name__)

LONGEST_BELL = timedelta(seconds=30)
"""Longer waits stay in the ledger only, where the sweep finds them: a broker keeps an ETA in a worker's memory."""
BELL = {"max_retries": 0, "socket_timeout": 2, "read_timeout": 2, "write_timeout": 2}
"""Options of the connection that rings, in seconds, for Redis and RabbitMQ: somebody may be waiting for the page that does."""
SILENCE_SECONDS = 5.0
"""A broker that did not answer is left alone for so long: a step with many jobs does not wait for it once a job."""
_silent_until: dict[str, float] = {}
"""The broker's address → when to ring again, on this process's monotonic clock."""


@cache
def application() -> Celery:
    """Return the Celery application of this process.

    Late acknowledgement and a visibility timeout beyond the longest time limit: a message of a killed worker comes back, and the
    ledger lets only one run count. Nothing is kept in a result backend.
    """
    app = Celery("omsap", broker=settings().broker_url.get_secret_value())
    longest = max(kind.time_limit for kind in KINDS.values())
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=500,
        worker_max_memory_per_child=600_000,
        worker_soft_shutdown_timeout=20,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport_options(settings().broker_url.get_secret_value(), longest),
        task_create_missing_queues=True,
    )
    return app


def _transport_options(url: str, longest: int) -> dict[str, Any]:
    if not url.startswith(("redis", "sentinel")):
        return {"confirm_publish": True}
    return {
        "visibility_timeout": 2 * longest,
        "unacked_restore_interval": 15,
        "unacked_restore_throttle": 1,
        "socket_timeout": 30,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }


def ring(kind: JobKind, job_id: UUID, *, wait: timedelta = timedelta(0)) -> None:
    """Tell the broker that a job waits. A broker that does not answer is logged: the sweep rings again."""
    ring_all([(kind, job_id)], wait=wait)


def ring_all(jobs: Sequence[tuple[JobKind, UUID]], *, wait: timedelta = timedelta(0)) -> None:
    """Tell the broker of several jobs over one connection, see `ring`."""
    broker = settings().broker_url.get_secret_value()
    if wait > LONGEST_BELL or monotonic() < _silent_until.get(broker, 0.0):
        return
    connection = application().connection_for_write(transport_options=BELL)
    try:
        with pools.producers[connection].acquire(block=True) as producer:
            for kind, job_id in jobs:
                application().send_task(
                    kind.name,
                    args=[str(job_id)],
                    queue=kind.queue,
                    countdown=wait.total_seconds() or None,
                    producer=producer,
                    retry=False,
                    ignore_result=True,
                )
    except (OperationalError, RedisError, OSError) as error:
        _silent_until[broker] = monotonic() + SILENCE_SECONDS
        log.warning("broker_did_not_answer", job=str(job_id), kind=kind.name, of=len(jobs), error=str(error))


def leave_parents_connections() -> None:
    """In a forked process, forget the connections that ring for the parent: they are its own, and are not closed."""
    pools.producers.clear()
    pools.connections.clear()
