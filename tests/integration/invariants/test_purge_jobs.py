"""Ended jobs leave the ledger after a while; what waits, runs or is dead stays."""

from datetime import timedelta

from factories import NOW
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.database import new_id
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.queue.purge import KEPT_FOR, purge

KEY = "of this test"  # processes of other tests sweep, and keep periodic jobs in the same ledger


def job(session: Session, state: JobState, age: timedelta) -> None:
    session.add(
        Job(
            id=new_id(),
            kind="notification.notify",
            queue="notification",
            subject_id=new_id(),
            key=KEY,
            state=state,
            run_at=NOW,
            rung_at=NOW,
            ended_at=NOW - age if state in {JobState.DONE, JobState.CANCELLED, JobState.DEAD} else None,
        )
    )
    session.flush()


def test_only_what_ended_long_ago_goes(session: Session) -> None:
    for state in JobState:
        job(session, state, KEPT_FOR + timedelta(days=1))
    job(session, JobState.DONE, KEPT_FOR - timedelta(days=1))
    assert purge(session, now=NOW) == 2
    assert sorted(session.scalars(select(Job.state).where(Job.key == KEY))) == ["dead", "done", "pending", "running"]
