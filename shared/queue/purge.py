"""Ended work leaves the ledger after a while; the history of submissions is in the events, which stay."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.queue.lifecycle import JobState
from shared.queue.models import Job

KEPT_FOR = timedelta(days=30)
BATCH = 5_000


def purge(session: Session, *, now: datetime) -> int:
    """Delete one batch of jobs that were done or cancelled long ago. Returns how many; dead ones wait for an operator."""
    old = (
        select(Job.id)
        .where(Job.state.in_((JobState.DONE, JobState.CANCELLED)), Job.ended_at < now - KEPT_FOR)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return len(session.scalars(delete(Job).where(Job.id.in_(old)).returning(Job.id)).all())
