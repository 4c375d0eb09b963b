"""One job through `execute`: what it records, and what becomes of it by the kind of its error."""

from dataclasses import replace
from datetime import timedelta
from time import sleep
from uuid import UUID

import factories
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from factories.jobs import aged, claimed, job, put
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.errors import Conflict, Invalid, Refusal, Unavailable
from shared.queue import kinds, ledger
from shared.queue.kinds import KINDS
from shared.queue.ledger import Work
from shared.queue.lifecycle import JobState
from shared.queue.models import Job, QueuePause
from shared.queue.sweep import sweep
from workers.base import ERROR_LENGTH, Record, execute

pytestmark = pytest.mark.usefixtures("clean")


def effect(session: Session) -> None:
    factories.pause(session, "media")


def effects() -> int:
    with transaction() as session:
        return len(session.scalars(select(QueuePause.queue)).all())


def record(_: Work) -> Record:
    return effect


def put_refusing(error: Exception) -> UUID:
    """Put a job, and execute it with a body that cannot do it."""

    def refuse(_: Work) -> None:
        raise error

    id_ = put()
    execute(refuse, id_)
    return id_


def test_effect_and_end_of_a_job_are_recorded_together() -> None:
    id_ = put(data={"message": "reminder"})

    def work(work: Work) -> Record:
        assert (work.id, work.kind, work.data, work.attempts) == (id_, kinds.NOTIFY, {"message": "reminder"}, 1)
        return effect

    execute(work, id_)
    assert (job(id_).state, effects()) == (JobState.DONE, 1)


def test_second_delivery_does_not_work() -> None:
    id_ = put()
    execute(record, id_)
    execute(record, id_)
    assert (job(id_).attempts, effects()) == (1, 1)


def test_nothing_of_an_effect_that_fails_halfway_is_kept() -> None:
    def record_and_fail(session: Session) -> None:
        effect(session)
        session.flush()
        raise Conflict

    id_ = put()
    execute(lambda _: record_and_fail, id_)
    assert (job(id_).state, effects()) == (JobState.CANCELLED, 0)


def test_worker_that_was_taken_over_records_nothing() -> None:
    id_, newer = put(), list[Work]()

    def work_too_long(_: Work) -> Record:
        aged(id_, "lease_until")
        with transaction() as session:
            sweep(session, now=clock.now(), ring_again=timedelta(0))
        newer.append(claimed(id_, "quick:2"))
        return effect

    execute(work_too_long, id_)
    row = job(id_)
    assert effects() == 0
    assert (row.state, row.lease_token, row.worker) == (JobState.RUNNING, newer[0].token, "quick:2")


def test_failure_of_a_worker_that_was_taken_over_is_not_recorded_either() -> None:
    id_ = put()

    def work_too_long_and_fail(_: Work) -> None:
        aged(id_, "lease_until")
        with transaction() as session:
            session.get_one(Job, id_).state = JobState.PENDING
        claimed(id_, "quick:2")
        raise Invalid

    execute(work_too_long_and_fail, id_)
    assert (job(id_).state, job(id_).worker, job(id_).error) == (JobState.RUNNING, "quick:2", None)


def test_long_work_keeps_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, kinds.NOTIFY.name, replace(kinds.NOTIFY, lease=1))
    id_ = put()

    def work_long(_: Work) -> Record:
        sleep(1.4)
        with transaction() as session:
            assert sweep(session, now=clock.now(), ring_again=timedelta(0))
        return effect

    execute(work_long, id_)
    assert (job(id_).state, job(id_).attempts, effects()) == (JobState.DONE, 1, 1)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Unavailable(), JobState.PENDING),
        (ValueError("a fault of ours"), JobState.PENDING),
        (SoftTimeLimitExceeded(60), JobState.PENDING),
        (Conflict(), JobState.CANCELLED),
        (Invalid(), JobState.DEAD),
        (Refusal(), JobState.DEAD),
    ],
)
def test_kind_of_error_decides_what_becomes_of_the_job(error: Exception, state: JobState) -> None:
    row = job(put_refusing(error))
    assert (row.state, row.lease_token) == (state, None)
    assert row.error is not None
    assert row.error.startswith(type(error).__name__)


def test_job_that_never_succeeds_is_dead_after_its_attempts() -> None:
    id_ = put_refusing(Unavailable())
    for _ in range(kinds.NOTIFY.attempts - 1):
        assert job(id_).state == JobState.PENDING
        with transaction() as session:
            ledger.postpone(session, _taken(id_), error="still away")
    assert job(id_).state == JobState.DEAD


def test_long_error_is_kept_by_its_beginning() -> None:
    error = job(put_refusing(ValueError("x" * 10_000))).error
    assert error is not None
    assert len(error) == ERROR_LENGTH


def _taken(id_: UUID) -> Work:
    aged(id_, "run_at")
    return claimed(id_)
