"""The sweep: whatever broker and workers lose, the ledger brings back."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread
from time import monotonic, sleep

import pytest
from factories import NOW
from factories.jobs import aged, claimed, job, put, rung, tried
from redis import Redis
from sqlalchemy import func, select, text, update

from shared import clock
from shared.database import transaction
from shared.queue import kinds, ledger
from shared.queue.kinds import PERIODIC, Queue
from shared.queue.lifecycle import JobState
from shared.queue.models import Heartbeat, Job
from shared.queue.operations import pause
from shared.queue.sweep import Sweeper, sweep
from shared.settings import settings

RING_AGAIN = timedelta(seconds=30)


def swept() -> bool:
    with transaction() as session:
        return sweep(session, now=clock.now(), ring_again=RING_AGAIN)


def test_job_that_nobody_took_is_rung_again_after_a_while(broker: Redis) -> None:
    lost, fresh = put(), put()
    broker.flushdb()
    aged(lost, "rung_at")
    assert swept()
    assert rung() == [lost]
    swept()
    assert rung() == []
    assert tried(fresh) is not None


def test_job_is_not_rung_before_its_time_nor_while_its_queue_is_paused(broker: Redis) -> None:
    later, paused = put(), put(kinds.CHECK_UPLOAD)
    broker.flushdb()
    aged(later, "rung_at")
    aged(later, "run_at", by=timedelta(minutes=-1))
    aged(paused, "rung_at", "run_at")
    with transaction() as session:
        pause(session, Queue.VALIDATION, by="ผู้ดูแล", reason="ย้ายเครื่อง", now=NOW)
    swept()
    assert rung(Queue.NOTIFICATION) == rung(Queue.VALIDATION) == []


def test_long_wait_after_a_failure_ends_with_the_first_sweep_after_it(broker: Redis) -> None:
    id_ = put()
    for _ in range(3):
        aged(id_, "run_at")
        with transaction() as session:
            ledger.postpone(session, claimed(id_), error="away")
    broker.flushdb()
    with transaction() as session:
        minute_later = {name: getattr(Job, name) - timedelta(minutes=1) for name in ("run_at", "rung_at")}
        session.execute(update(Job).where(Job.id == id_).values(minute_later))
    swept()
    assert rung() == [id_]


def test_job_of_a_lost_worker_is_taken_back_with_its_attempt_counted() -> None:
    id_, alive = put(), put()
    lost = claimed(id_, "gone:1")
    claimed(alive, "here:2")
    rung()
    aged(id_, "lease_until")
    swept()
    row = job(id_)
    assert (row.state, row.attempts, row.lease_token, row.error) == (JobState.PENDING, 1, None, "the worker was lost: gone:1")
    assert rung() == [id_]
    assert job(alive).state == JobState.RUNNING
    assert claimed(id_).token != lost.token


def test_job_that_loses_worker_after_worker_is_dead_at_last() -> None:
    id_ = put(kinds.MAKE_POSTER)
    for _ in range(kinds.MAKE_POSTER.attempts):
        claimed(id_)
        aged(id_, "lease_until")
        swept()
    row = job(id_)
    assert (row.state, row.attempts) == (JobState.DEAD, kinds.MAKE_POSTER.attempts)
    assert row.ended_at is not None


def test_many_sweepers_put_one_periodic_job_a_kind_and_period() -> None:
    ready = Barrier(4)

    def look() -> None:
        ready.wait()
        for minute in range(3):
            with transaction() as session:
                sweep(session, now=NOW + timedelta(minutes=minute), ring_again=RING_AGAIN)

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction() as session:
        put_in = dict(session.execute(select(Job.kind, func.count()).group_by(Job.kind)).all())
    assert put_in == {kind.name: 3 if kind.every == timedelta(minutes=1) else 1 for kind in PERIODIC}


def test_second_sweeper_does_nothing_while_one_is_at_it() -> None:
    with transaction() as first:
        assert sweep(first, now=clock.now(), ring_again=RING_AGAIN)
        assert not swept()
    assert swept()


def test_job_of_a_kind_only_a_newer_version_knows_is_left_to_it() -> None:
    waiting, running = put(), put()
    claimed(running)
    with transaction() as session:
        session.execute(update(Job).values(kind="media.make_subtitles"))
    aged(waiting, "rung_at")
    aged(running, "lease_until")
    rung()
    assert swept()
    assert rung() == []
    assert (job(waiting).state, job(running).state) == (JobState.PENDING, JobState.RUNNING)


@pytest.fixture
def sweeper(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sweeper]:
    monkeypatch.setattr(settings(), "sweep_seconds", 0.05)
    thread = Sweeper("media")
    yield thread
    thread.stop()
    thread.join()


def test_sweeping_process_is_heard_of_and_outlives_a_round_that_fails(sweeper: Sweeper) -> None:
    with transaction() as session:
        session.execute(text("ALTER TABLE heartbeats RENAME TO hidden"))
    sweeper.start()
    sleep(0.3)
    with transaction() as session:
        session.execute(text("ALTER TABLE hidden RENAME TO heartbeats"))
    until, beat = monotonic() + 10, None
    while beat is None and monotonic() < until:
        sleep(0.05)
        with transaction() as session:
            beat = session.scalar(select(Heartbeat))
    assert beat is not None
    assert (beat.role, beat.name.startswith("media@"), beat.swept_at is not None) == ("media", True, True)
