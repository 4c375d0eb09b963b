"""Ended jobs leave the ledger after a while; what waits, runs or is dead stays."""

from datetime import timedelta

import factories
from factories import NOW
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.queue.kinds import NOTIFY
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.queue.purge import KEPT_FOR, purge

KEY = "of this test"  # processes of other tests sweep, and keep periodic jobs in the same ledger


def job(session: Session, state: JobState, age: timedelta) -> None:
    ended = state in {JobState.DONE, JobState.CANCELLED, JobState.DEAD}
    factories.job(session, NOTIFY, key=KEY, state=state, ended_at=NOW - age if ended else None)


def test_only_what_ended_long_ago_goes(session: Session) -> None:
    for state in JobState:
        job(session, state, KEPT_FOR + timedelta(days=1))
    job(session, JobState.DONE, KEPT_FOR - timedelta(days=1))
    assert purge(session, now=NOW) == 2
    assert sorted(session.scalars(select(Job.state).where(Job.key == KEY))) == ["dead", "done", "pending", "running"]
