"""The operators' door for programs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from factories.browser import Browser
from factories.doors import Door
from factories.jobs import aged, claimed, job, put
from sqlalchemy import Engine, select

from shared import clock
from shared.database import new_id, transaction
from shared.events import Event, EventKind
from shared.queue import kinds, ledger
from shared.queue.kinds import Queue
from shared.queue.lifecycle import JobState
from shared.queue.models import Heartbeat

pytestmark = pytest.mark.usefixtures("clean")
Doors = dict[str, Door]
READS = ("overview", "queues", "workers", "jobs", f"jobs/{new_id()}")
ORDERS = (f"jobs/{new_id()}/retry", f"jobs/{new_id()}/cancel", "queues/media/pause", "queues/media/resume")


def named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (row,) = (row for row in rows if row["name"] == name)
    return row


def heard_of(name: str, ago: timedelta) -> None:
    now = clock.now()
    with transaction() as session:
        session.add(Heartbeat(name=f"{name}@here:7", role=name, host="here", pid=7, started_at=now - timedelta(days=1), seen_at=now - ago))


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_only_operators_are_let_in(doors: Doors, who: str) -> None:
    for path in READS:
        problem = doors[who]("GET", f"operations/{path}", 403)
        assert problem["code"] == "operators_only"
        doors["nobody"]("GET", f"operations/{path}", 401)
    for path in ORDERS:
        doors[who]("POST", f"operations/{path}", 403, json={"reason": "ลองดู"})
        doors["nobody"]("POST", f"operations/{path}", 401, json={"reason": "ลองดู"})


def test_overview_counts_what_stands_and_what_of_one_programme(doors: Doors, jobs: Any) -> None:
    heard_of("media", timedelta(seconds=2))
    heard_of("awards", timedelta(minutes=2))
    seen = doors["operator"]("GET", "operations/overview")
    assert {state: seen["jobs"][state] for state in ("running", "done", "dead", "cancelled")} == {
        "running": 1, "done": 0, "dead": 1, "cancelled": 0,
    }  # fmt: skip
    assert seen["workers"] == {"alive": 1, "silent": 1, "with_weak_sandbox": 0}
    assert (seen["notifications"], seen["uploads_not_completed"]) == ({"pending": 0, "sent": 0, "failed": 0}, 0)
    of_one = doors["operator"]("GET", "operations/overview?programme=little")
    assert (of_one["jobs"]["dead"], of_one["jobs"]["running"], of_one["jobs"]["pending"]) == (1, 0, 0)
    assert doors["operator"]("GET", "operations/overview?programme=other")["jobs"]["dead"] == 0


def test_queues_say_what_waits_how_long_and_what_the_broker_holds(doors: Doors, jobs: Any) -> None:
    aged(jobs.pending, "run_at", by=timedelta(minutes=10))
    queues = doors["operator"]("GET", "operations/queues")["queues"]
    assert [queue["name"] for queue in queues] == list(Queue)
    waiting = named(queues, "notification")
    assert (waiting["pending"], waiting["running"], waiting["dead"], waiting["paused"]) == (1, 0, 0, None)
    assert waiting["oldest_seconds"] == pytest.approx(600, abs=10)
    assert waiting["broker_messages"] >= 1
    assert named(queues, "validation")["running"] == named(queues, "media")["dead"] == 1
    assert named(queues, "media")["oldest_seconds"] is None


def test_workers_of_the_last_hour_are_alive_or_silent(doors: Doors) -> None:
    for name, ago in (("media", timedelta(seconds=2)), ("awards", timedelta(minutes=2)), ("routing", timedelta(hours=2))):
        heard_of(name, ago)
    workers = doors["operator"]("GET", "operations/workers")["workers"]
    assert [(worker["role"], worker["alive"]) for worker in workers] == [("awards", False), ("media", True)]


def test_jobs_are_found_by_state_kind_and_whose_submission_they_touch(doors: Doors, jobs: Any) -> None:
    def found(**asked: object) -> list[str]:
        return [row["id"] for row in doors["operator"]("GET", "operations/jobs", params=asked)["jobs"]]

    assert found(kind="notification.notify") == [str(jobs.pending)]
    assert found(state="running") == [str(jobs.running)]
    assert found(state="dead", subject=jobs.submission) == found(subject=job(jobs.dead).subject_id) == [str(jobs.dead)]
    assert found(state="dead", kind="notification.notify") == []
    newest, *_ = everything = found()
    assert found(before=newest, limit=1) == everything[1:2]
    problem = doors["operator"]("GET", "operations/jobs", 422, params={"state": "asleep"})
    assert problem["code"] == "invalid_request"


def test_one_job_is_told_with_its_error(doors: Doors, jobs: Any) -> None:
    told = doors["operator"]("GET", f"operations/jobs/{jobs.dead}")
    assert (told["state"], told["attempts"], told["submission_id"]) == ("dead", 1, str(jobs.submission))
    assert told["error"].startswith("ToolFailed")
    assert doors["operator"]("GET", f"operations/jobs/{new_id()}", 404)["detail"] == "ไม่พบงานนี้"


def test_dead_job_is_retried_and_cancelled_with_a_reason(doors: Doors, jobs: Any) -> None:
    told = doors["operator"]("POST", f"operations/jobs/{jobs.dead}/retry", json={"reason": " ลง ffmpeg ใหม่แล้ว "})
    assert (told["state"], told["attempts"], told["changed_by"]) == ("pending", 0, "operator: ลง ffmpeg ใหม่แล้ว")
    problem = doors["operator"]("POST", f"operations/jobs/{jobs.dead}/retry", 409, json={"reason": "อีกครั้ง"})
    assert (problem["code"], problem["state"]) == ("job_not_retryable", "pending")
    told = doors["operator"]("POST", f"operations/jobs/{jobs.dead}/cancel", json={"reason": "กลุ่มถอนตัว"})
    assert (told["state"], told["changed_by"]) == ("cancelled", "operator: กลุ่มถอนตัว")
    with transaction() as session:
        events = session.execute(
            select(Event.kind, Event.actor_name, Event.reason).where(Event.subject_id == jobs.dead).order_by(Event.id)
        ).all()
    assert [tuple(row) for row in events] == [
        (EventKind.JOB_RETRIED, "operator", "ลง ffmpeg ใหม่แล้ว"),
        (EventKind.JOB_CANCELLED, "operator", "กลุ่มถอนตัว"),
    ]


def test_running_work_is_told_with_its_percent_and_cancelled_if_it_can_be_interrupted(doors: Doors, jobs: Any) -> None:
    operator, id_ = doors["operator"], put(kinds.MAKE_LIGHT_COPIES)
    work = claimed(id_)
    with transaction() as session:
        ledger.report(session, work, percent=7)
    (listed,) = operator("GET", "operations/jobs?kind=transcoding.make_light_copies")["jobs"]
    assert (listed["state"], listed["percent"]) == ("running", 7)
    assert operator("GET", f"operations/jobs/{id_}")["percent"] == 7
    assert operator("GET", f"operations/jobs/{jobs.running}")["percent"] is None
    told = operator("POST", f"operations/jobs/{id_}/cancel", json={"reason": "ทำนานเกินไป"})
    assert (told["state"], told["lease_until"]) == ("cancelled", None)
    problem = operator("POST", f"operations/jobs/{jobs.running}/cancel", 409, json={"reason": "ลองดู"})
    assert (problem["code"], problem["detail"]) == ("job_not_cancellable", "งานนี้อยู่ในสถานะ running จึงยกเลิกไม่ได้")


def test_metrics_count_the_jobs_of_every_queue(engine: Engine) -> None:
    claimed(put(kinds.MAKE_WEB_COPY))
    put(kinds.BIND_DOCUMENTS)
    text = Browser("operations").client.get("/metrics").text
    for queue in Queue:
        assert f'omsap_jobs{{queue="{queue}",state="pending"}}' in text
    assert 'omsap_jobs{queue="transcoding",state="running"} 1.0' in text
    assert 'omsap_jobs{queue="documents",state="pending"} 1.0' in text


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "   "}, {"reason": None}, {"reason": "ย" * 501}])
def test_order_without_a_reason_is_refused(doors: Doors, body: dict[str, Any]) -> None:
    id_ = put()
    for path in (f"jobs/{id_}/retry", f"jobs/{id_}/cancel", "queues/media/pause", "queues/media/resume"):
        problem = doors["operator"]("POST", f"operations/{path}", 422, json=body)
        assert problem["fields"] == "body.reason"
    assert job(id_).state == JobState.PENDING


def test_paused_queue_is_seen_and_resumed(doors: Doors) -> None:
    operator = doors["operator"]
    operator("POST", "operations/queues/media/pause", 204, json={"reason": "ดิสก์เต็ม"})
    paused = named(operator("GET", "operations/queues")["queues"], "media")["paused"]
    assert (paused["by"], paused["reason"]) == ("operator", "ดิสก์เต็ม")
    operator("POST", "operations/queues/media/resume", 204, json={"reason": "เพิ่มดิสก์แล้ว"})
    assert named(operator("GET", "operations/queues")["queues"], "media")["paused"] is None
    problem = operator("POST", "operations/queues/teleport/pause", 404, json={"reason": "ลองดู"})
    assert "validation, media" in problem["detail"]


def test_unknown_job_is_not_found(doors: Doors) -> None:
    for verb in ("retry", "cancel"):
        doors["operator"]("POST", f"operations/jobs/{UUID(int=1)}/{verb}", 404, json={"reason": "ลองดู"})
