"""What operators do to jobs and queues, and what is written down of it."""

from time import sleep
from uuid import UUID

import factories
import pytest
from factories.jobs import claimed, job, put, rung, tried
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import clock, operators
from shared.database import new_id, transaction
from shared.events import Actor, Event
from shared.events.actor import ActorKind
from shared.queue import kinds, ledger
from shared.queue.kinds import Queue
from shared.queue.ledger import JobNotCancellable, JobNotRetryable, Work
from shared.queue.lifecycle import JobState
from shared.queue.models import QueuePause
from shared.queue.operations import WorkQueueUnknown
from shared.queue.queries import JobUnknown
from shared.queue.sweep import NO_SUBJECT
from workers.base import REPORT_SECONDS, Record, execute, reporter

OPERATOR = Actor(ActorKind.STAFF, new_id(), "นายเวร")


def order(verb: str, of: UUID | str, reason: str = "ลองใหม่หลังซ่อมเครื่อง") -> None:
    with transaction() as session:
        getattr(operators, verb)(session, of, by=OPERATOR, reason=reason, now=clock.now())


def written() -> list[tuple[str, UUID, str, str | None, dict[str, str]]]:
    with transaction() as session:
        events = session.scalars(select(Event).order_by(Event.id)).all()
        assert {event.actor_id for event in events} <= {OPERATOR.id}
        return [(event.kind, event.subject_id, event.actor_name, event.reason, event.data) for event in events]


def dead() -> UUID:
    id_ = put()
    with transaction() as session:
        ledger.give_up(session, claimed(id_), state=JobState.DEAD, error="the printer is on fire")
    rung()
    return id_


def test_retried_job_starts_from_its_first_attempt_and_the_log_says_who_and_why() -> None:
    id_ = dead()
    order("retry_job", id_)
    row = job(id_)
    assert (row.state, row.attempts, row.ended_at) == (JobState.PENDING, 0, None)
    assert (row.changed_by, row.error) == ("นายเวร: ลองใหม่หลังซ่อมเครื่อง", "the printer is on fire")
    assert rung() == [id_]
    assert tried(id_) is not None
    assert written() == [("job.retried", id_, "นายเวร", "ลองใหม่หลังซ่อมเครื่อง", {"job_kind": "notification.notify"})]


def test_cancelled_job_is_not_taken_and_may_be_retried() -> None:
    id_ = put()
    order("cancel_job", id_, "กลุ่มถอนตัว")
    assert (job(id_).state, job(id_).changed_by) == (JobState.CANCELLED, "นายเวร: กลุ่มถอนตัว")
    assert tried(id_) is None
    order("retry_job", id_)
    assert tried(id_) is not None
    assert [kind for kind, *_ in written()] == ["job.cancelled", "job.retried"]


def test_running_job_is_neither_retried_nor_cancelled() -> None:
    id_ = put()
    claimed(id_)
    with pytest.raises(JobNotRetryable, match="running"):
        order("retry_job", id_)
    with pytest.raises(JobNotCancellable, match="running") as refused:
        order("cancel_job", id_)
    assert refused.value.detail("th") == "งานนี้อยู่ในสถานะ running จึงยกเลิกไม่ได้"
    assert job(id_).state == JobState.RUNNING
    with pytest.raises(JobUnknown):
        order("retry_job", new_id())
    assert written() == []


def test_running_job_that_can_be_interrupted_ends_as_cancelled_and_leaves_nothing() -> None:
    id_, ended = put(kinds.MAKE_WEB_COPY), list[str]()

    def leave_a_trace(session: Session) -> None:
        factories.pause(session, "media")

    def transcode(work: Work) -> Record:
        report = reporter(work)
        report(0.42)
        assert (job(id_).state, job(id_).percent) == (JobState.RUNNING, 42)
        order("cancel_job", id_, "ทำนานเกินไป")
        sleep(REPORT_SECONDS)
        try:
            report(0.43)
        finally:
            ended.append("at its report")
        return leave_a_trace

    def finish_without_a_look(_: Work) -> Record:
        order("cancel_job", id_, "อีกครั้ง")
        return leave_a_trace

    execute(transcode, id_)
    row = job(id_)
    assert (row.state, row.changed_by, row.lease_token, ended) == (JobState.CANCELLED, "นายเวร: ทำนานเกินไป", None, ["at its report"])
    order("retry_job", id_)
    execute(finish_without_a_look, id_)
    assert (job(id_).state, job(id_).attempts, job(id_).percent) == (JobState.CANCELLED, 1, None)
    with transaction() as session:
        assert session.scalars(select(QueuePause)).all() == []
    order("retry_job", id_)
    execute(lambda _: leave_a_trace, id_)
    with transaction() as session:
        assert len(session.scalars(select(QueuePause)).all()) == 1
    assert job(id_).state == JobState.DONE


def test_pause_and_resume_of_a_queue_are_written_down() -> None:
    order("pause_queue", "media", "ดิสก์เต็ม")
    with transaction() as session:
        (pause,) = session.scalars(select(QueuePause)).all()
        assert (pause.queue, pause.paused_by, pause.reason) == (Queue.MEDIA, "นายเวร", "ดิสก์เต็ม")
    order("resume_queue", "media", "เพิ่มดิสก์แล้ว")
    with transaction() as session:
        assert session.scalars(select(QueuePause)).all() == []
    assert written() == [
        ("queue.paused", NO_SUBJECT, "นายเวร", "ดิสก์เต็ม", {"queue": "media"}),
        ("queue.resumed", NO_SUBJECT, "นายเวร", "เพิ่มดิสก์แล้ว", {"queue": "media"}),
    ]
    for verb in ("pause_queue", "resume_queue"):
        with pytest.raises(WorkQueueUnknown, match="teleport"):
            order(verb, "teleport")
