"""The ledger: jobs commit with their cause, are taken once, and are ended only by who holds them."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from factories import NOW
from factories.jobs import aged, claimed, job, put, rung, tried
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import clock, events
from shared.database import new_id, transaction
from shared.events import SYSTEM, Event, EventKind
from shared.queue import kinds, ledger
from shared.queue.kinds import Queue
from shared.queue.ledger import LeaseLost, Work
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.queue.operations import pause, resume

TOLERANCE = timedelta(seconds=5)


def sign_in_asked(session: Session) -> None:
    events.append(session, EventKind.SIGN_IN_ASKED, subject_id=new_id(), by=SYSTEM, now=clock.now())


def written() -> tuple[int, int]:
    with transaction() as session:
        return len(session.scalars(select(Event.id)).all()), len(session.scalars(select(Job.id)).all())


def test_event_and_its_jobs_commit_together_and_then_the_bell_rings() -> None:
    with transaction() as session:
        sign_in_asked(session)
        assert rung() == []
    assert written() == (1, 1)
    with transaction() as session:
        assert rung() == list(session.scalars(select(Job.id)))


def test_event_that_is_rolled_back_leaves_no_job_and_no_bell() -> None:
    def fail_after_it() -> None:
        with transaction() as session:
            sign_in_asked(session)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_it()
    assert written() == (0, 0)
    assert rung() == []


def test_same_job_again_is_one_job_and_one_bell() -> None:
    subject = new_id()
    first, again = (put(subject_id=subject) for _ in range(2))
    assert first == again
    assert rung() == [first]
    assert put(subject_id=subject, key="2") != first


def test_job_delivered_many_times_at_once_is_taken_once() -> None:
    id_, ready, won = put(), Barrier(4), list[Work]()

    def deliver(worker: str) -> None:
        ready.wait()
        if work := tried(id_, worker):
            won.append(work)

    threads = [Thread(target=deliver, args=(f"worker{number}:1",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (work,) = won
    row = job(id_)
    assert (row.state, row.attempts, row.lease_token) == (JobState.RUNNING, 1, work.token)


def test_job_whose_time_has_not_come_is_not_taken() -> None:
    id_ = put()
    aged(id_, "run_at", by=timedelta(minutes=-1))
    assert tried(id_) is None
    assert tried(new_id()) is None


def test_job_that_has_ended_is_not_taken_again() -> None:
    id_ = put()
    with transaction() as session:
        ledger.finish(session, claimed(id_))
    assert tried(id_) is None
    assert (job(id_).state, job(id_).lease_until) == (JobState.DONE, None)


def test_who_lost_the_lease_can_neither_end_nor_renew_nor_postpone() -> None:
    id_ = put()
    slow = claimed(id_, "slow:1")
    aged(id_, "lease_until")
    with transaction() as session:
        session.get_one(Job, id_).state = JobState.PENDING
    quick = claimed(id_, "quick:2")
    for verb in (ledger.finish, ledger.renew):
        with pytest.raises(LeaseLost), transaction() as session:
            verb(session, slow)
    with pytest.raises(LeaseLost), transaction() as session:
        ledger.postpone(session, slow, error="late")
    with pytest.raises(LeaseLost), transaction() as session:
        ledger.give_up(session, slow, state=JobState.DEAD, error="late")
    row = job(id_)
    assert (row.state, row.lease_token, row.worker, row.error) == (JobState.RUNNING, quick.token, "quick:2", None)


def test_how_far_work_is_stands_in_the_ledger_until_its_next_run() -> None:
    id_ = put(kinds.MAKE_WEB_COPY)
    assert job(id_).percent is None
    work = claimed(id_)
    for percent in (0, 42):
        with transaction() as session:
            ledger.report(session, work, percent=percent)
        assert job(id_).percent == percent
    with transaction() as session:
        ledger.postpone(session, work, error="the disk is full")
    aged(id_, "run_at")
    claimed(id_)
    assert job(id_).percent is None


def test_who_lost_the_lease_can_not_tell_how_far_it_is() -> None:
    id_ = put(kinds.MAKE_WEB_COPY)
    slow = claimed(id_, "slow:1")
    with transaction() as session:
        session.get_one(Job, id_).state = JobState.PENDING
    quick = claimed(id_, "quick:2")
    with transaction() as session:
        ledger.report(session, quick, percent=3)
    with pytest.raises(LeaseLost), transaction() as session:
        ledger.report(session, slow, percent=90)
    assert job(id_).percent == 3


def test_renewed_lease_is_as_long_as_its_kind_says() -> None:
    id_ = put()
    work = claimed(id_)
    aged(id_, "lease_until")
    with transaction() as session:
        ledger.renew(session, work)
    until = job(id_).lease_until
    assert until is not None
    assert until - datetime.now(UTC) == pytest.approx(timedelta(seconds=kinds.NOTIFY.lease), abs=TOLERANCE)


def test_postponed_job_waits_longer_each_time_and_then_is_dead() -> None:
    id_, waits = put(), list[timedelta]()
    for _ in range(kinds.NOTIFY.attempts - 1):
        work = claimed(id_)
        with transaction() as session:
            assert ledger.postpone(session, work, error="the printer is on fire") == JobState.PENDING
        waits.append(job(id_).run_at - datetime.now(UTC))
        assert tried(id_) is None
        aged(id_, "run_at")
    assert waits == [pytest.approx(timedelta(seconds=seconds), abs=TOLERANCE) for seconds in (2, 10, 60, 300)]
    last = claimed(id_)
    with transaction() as session:
        assert ledger.postpone(session, last, error="the printer is on fire") == JobState.DEAD
    row = job(id_)
    assert (row.state, row.attempts, row.error) == (JobState.DEAD, kinds.NOTIFY.attempts, "the printer is on fire")
    assert row.ended_at is not None


def test_paused_queue_is_not_taken_from_and_goes_on_when_resumed() -> None:
    paused, other = put(), put(kinds.CHECK_UPLOAD)
    with transaction() as session:
        pause(session, Queue.NOTIFICATION, by="ผู้ดูแล", reason="เครื่องส่งจดหมายเสีย", now=NOW)
        pause(session, Queue.NOTIFICATION, by="อีกคน", reason="ซ้ำ", now=NOW)
    assert tried(paused) is None
    assert tried(other) is not None
    with transaction() as session:
        resume(session, Queue.NOTIFICATION)
    assert tried(paused) is not None
