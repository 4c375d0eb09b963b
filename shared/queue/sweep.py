"""The sweep: what makes the ledger, not the broker, the truth.

A thread of every web and worker process looks over the ledger; an advisory lock lets one at a time. It puts periodic jobs in, takes back
what a dead worker held, and rings again for what nobody took.
"""

import os
import socket
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import case, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shared import clock
from shared.database import after_commit, transaction
from shared.queue import client, ledger
from shared.queue.kinds import KINDS, PERIODIC
from shared.queue.lifecycle import JobState
from shared.queue.models import Heartbeat, Job, QueuePause
from shared.settings import settings

log = structlog.get_logger(__name__)

SWEEP_LOCK = 0x6F6D736170
"""The key of the advisory lock: "omsap" in ASCII."""
NO_SUBJECT = UUID(int=0)
BATCH = 500


def sweep(session: Session, *, now: datetime, ring_again: timedelta) -> bool:
    """Look over the ledger once; False when another process is at it. Rings after commit."""
    if not session.scalar(select(func.pg_try_advisory_xact_lock(SWEEP_LOCK))):
        return False
    for kind in PERIODIC:
        assert kind.every is not None  # noqa: S101  # that is what makes it periodic
        period = int(now.timestamp() // kind.every.total_seconds())
        ledger.add(session, kind, subject_id=NO_SUBJECT, key=str(period), now=now)
    _take_back(session)
    _ring_again(session, older_than=ring_again)
    return True


def _take_back(session: Session) -> None:
    """Return jobs whose worker was not heard of to the queue, or end them when their attempts are used up."""
    limits = case({kind.name: kind.attempts for kind in KINDS.values()}, value=Job.kind)
    used_up = Job.attempts >= limits
    lost: Sequence[tuple[UUID, str, str]] = session.execute(
        update(Job)
        .where(Job.state == JobState.RUNNING, Job.lease_until < func.now(), Job.kind.in_(KINDS))
        .values(
            state=case((used_up, JobState.DEAD), else_=JobState.PENDING),
            ended_at=case((used_up, func.now()), else_=None),
            error="the worker was lost: " + func.coalesce(Job.worker, "?"),
            lease_token=None,
            lease_until=None,
            run_at=func.now(),
            rung_at=func.now(),
        )
        .returning(Job.id, Job.kind, Job.state)
    ).all()
    for job_id, kind_name, state in lost:
        log.warning("job_taken_back", job=str(job_id), kind=kind_name, state=state)
        if state == JobState.PENDING:
            after_commit(session, lambda kind=KINDS[kind_name], job_id=job_id: client.ring(kind, job_id))  # type: ignore[misc]


def _ring_again(session: Session, *, older_than: timedelta) -> None:
    paused = select(QueuePause.queue)
    waiting = (
        select(Job.id)
        .where(Job.state == JobState.PENDING, Job.kind.in_(KINDS), Job.queue.not_in(paused))
        .where(Job.run_at <= func.now(), Job.rung_at < func.now() - older_than)
        .order_by(Job.run_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(update(Job).where(Job.id.in_(waiting)).values(rung_at=func.now()).returning(Job.id, Job.kind)).all()
    for job_id, kind_name in rows:
        after_commit(session, lambda kind=KINDS[kind_name], job_id=job_id: client.ring(kind, job_id))  # type: ignore[misc]


class Sweeper(threading.Thread):
    """The thread that sweeps and says that its process lives; `role` is the queue it works on, or `web`, and how its sandbox is."""

    def __init__(self, role: str, *, sandbox_is_weak: bool = False) -> None:
        super().__init__(name="sweeper", daemon=True)
        self.role = role
        self.sandbox_is_weak = sandbox_is_weak
        self.started_at = clock.now()
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.wait(settings().sweep_seconds):
            try:
                with transaction() as session:
                    swept = sweep(session, now=clock.now(), ring_again=timedelta(seconds=settings().ring_again_seconds))
                    self._beat(session, now=clock.now(), swept=swept)
            except Exception as error:  # whatever kept this round from its end may be over in the next
                log.warning("sweep_failed", role=self.role, error=str(error), exc_info=not isinstance(error, SQLAlchemyError))

    def stop(self) -> None:
        """Ask the thread to end after the round it is in."""
        self._stop_asked.set()

    def _beat(self, session: Session, *, now: datetime, swept: bool) -> None:
        host, pid = socket.gethostname(), os.getpid()
        seen = {"seen_at": now, "sandbox_is_weak": self.sandbox_is_weak, **({"swept_at": now} if swept else {})}
        session.execute(
            insert(Heartbeat)
            .values(name=f"{self.role}@{host}:{pid}", role=self.role, host=host, pid=pid, started_at=self.started_at, **seen)
            .on_conflict_do_update(index_elements=["name"], set_=seen)
        )
