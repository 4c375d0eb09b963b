"""Old jobs leave the ledger; dead ones wait for an operator however old they are."""

from datetime import timedelta

import pytest
from factories.jobs import put, worked
from sqlalchemy import insert, select, update

from shared import clock
from shared.database import new_id, transaction
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.queue.purge import BATCH, KEPT_FOR

pytestmark = pytest.mark.usefixtures("clean")


def test_all_old_jobs_go_batch_by_batch_and_dead_ones_stay() -> None:
    now = clock.now()
    old = {"kind": kinds.NOTIFY.name, "queue": kinds.NOTIFY.queue, "subject_id": new_id(), "run_at": now, "rung_at": now, "data": {}}
    old |= {"state": JobState.DONE, "attempts": 1, "ended_at": now - KEPT_FOR - timedelta(days=1)}
    dead = put()
    with transaction() as session:
        session.execute(insert(Job), [{**old, "id": new_id(), "key": str(number)} for number in range(BATCH + 1)])
        session.execute(update(Job).where(Job.id == dead).values(state=JobState.DEAD, ended_at=old["ended_at"]))
    purge = worked(kinds.PURGE_JOBS)
    assert purge.state == JobState.DONE
    with transaction() as session:
        assert set(session.scalars(select(Job.id))) == {dead, purge.id}
