"""The operators' pages, as a browser shows and sends them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from factories.browser import Browser
from factories.jobs import aged, claimed, job, put
from sqlalchemy import Engine

from shared import clock
from shared.database import new_id, transaction
from shared.notifications.channels import email
from shared.notifications.channels.envelope import Envelope
from shared.notifications.rendering import Rendered
from shared.queue import kinds, ledger
from shared.queue.kinds import Queue
from shared.queue.lifecycle import JobState
from shared.queue.models import Heartbeat
from shared.settings import settings

pytestmark = pytest.mark.usefixtures("clean")
Browsers = dict[str, Browser]
PAGES = ("", "/jobs", "/queues/media", "/mail")


def test_nobody_known_is_led_to_the_sign_in_page(engine: Engine) -> None:
    for path in PAGES:
        answer = Browser("operations").client.get(f"/operations{path}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next=/operations{path}")


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_pages_are_for_operators(browsers: Browsers, who: str) -> None:
    for path in PAGES:
        assert "หน้านี้สำหรับผู้ดูแลระบบเท่านั้น" in browsers[who].get(f"/operations{path}", 403)
    browsers[who].post("/operations/queues/media/pause", 403, reason="ลองดู")


def test_overview_shows_queues_and_leads_to_what_is_dead(browsers: Browsers, jobs: Any) -> None:
    aged(jobs.pending, "run_at", by=timedelta(minutes=10))
    page = browsers["operator"].get("/operations")
    assert "งานที่หยุด 1" in page
    assert "media 0 0 1" in page
    assert "notification 1 0 0 10:0" in page
    assert 'href="/operations/jobs?state=dead"' in browsers["operator"].client.get("/operations").text
    assert "dead jobs 1" in browsers["operator"].get("/operations?lang=en")


def test_overview_warns_of_a_worker_without_a_whole_sandbox(browsers: Browsers) -> None:
    assert "แซนด์บ็อกซ์" not in browsers["operator"].get("/operations")
    now = clock.now()
    with transaction() as session:
        told = {"role": "validation", "sandbox_is_weak": True, "host": "here", "pid": 7, "started_at": now, "seen_at": now}
        session.add(Heartbeat(name="validation@here:7", **told))
    page = browsers["operator"].get("/operations")
    assert "แซนด์บ็อกซ์ไม่สมบูรณ์: มี worker 1 ตัว" in page
    assert "ทำงานอยู่ แซนด์บ็อกซ์ไม่สมบูรณ์" in page
    assert "people's files without the whole sandbox: 1" in browsers["operator"].get("/operations?lang=en")


def test_nothing_that_is_typed_lies_where_the_page_refreshes_itself(browsers: Browsers) -> None:
    assert "<input" not in browsers["operator"].client.get("/operations").text


def test_jobs_are_shown_by_state_and_one_with_its_error_and_its_submissions_story(browsers: Browsers, jobs: Any) -> None:
    operator = browsers["operator"]
    dead = operator.get("/operations/jobs?state=dead")
    assert "media.make_poster หยุด ต้องดู 1" in dead
    assert "notification.notify" not in dead
    page = operator.get(f"/operations/jobs/{jobs.dead}")
    for text in ("ToolFailed: ffmpeg อ่านไฟล์นี้ไม่ได้", "submission.routed · ระบบ", "สั่งทำใหม่", "ยกเลิก"):
        assert text in page
    assert "สั่งทำใหม่" not in operator.get(f"/operations/jobs/{jobs.running}")
    assert "ไม่มีงานในสถานะนี้" in operator.get("/operations/jobs?state=done")
    assert "ไม่พบงานนี้" in operator.get(f"/operations/jobs/{new_id()}", 404)


def test_many_jobs_are_shown_page_by_page(browsers: Browsers) -> None:
    ids = [put(key=str(number)) for number in range(52)]
    operator = browsers["operator"]
    first = operator.client.get("/operations/jobs?state=pending").text
    assert (str(ids[2]) in first, str(ids[1]) in first) == (True, False)
    rest = operator.client.get(f"/operations/jobs?before={ids[2]}&state=pending").text
    assert (str(ids[1]) in rest, str(ids[2]) in rest) == (True, False)
    assert f"before={ids[2]}" in first
    assert "before=" not in rest


def test_dead_job_is_retried_by_a_button_and_the_page_says_who_did(browsers: Browsers, jobs: Any) -> None:
    at = f"/operations/jobs/{jobs.dead}"
    page = browsers["operator"].post(f"{at}/retry", reason="ลง ffmpeg ใหม่แล้ว")
    assert "ผู้ดูแลสั่ง operator: ลง ffmpeg ใหม่แล้ว" in page
    assert "สถานะ pending จึงสั่งทำใหม่ไม่ได้" in browsers["operator"].post(f"{at}/retry", 409, reason="อีกครั้ง")
    assert "media.make_poster ยกเลิกแล้ว" in browsers["operator"].post(f"{at}/cancel", reason="กลุ่มถอนตัว")


def test_running_transcode_shows_how_far_it_is_and_is_stopped_by_a_button(browsers: Browsers, jobs: Any) -> None:
    operator, id_ = browsers["operator"], put(kinds.MAKE_WEB_COPY)
    work, at = claimed(id_), f"/operations/jobs/{id_}"
    assert "กำลังทำ 1" in operator.get("/operations/jobs?state=running")
    with transaction() as session:
        ledger.report(session, work, percent=42)
    assert "transcoding.make_web_copy กำลังทำ 42 % 1" in operator.get("/operations/jobs")
    page = operator.get(at)
    assert "transcoding.make_web_copy กำลังทำ 42 %" in page
    assert "หยุดงานนี้ เมื่อสั่งหยุด งานจะหยุดภายในไม่กี่วินาที" in page
    assert "Stop it When stopped, the work ends within seconds." in operator.get(f"{at}?lang=en")
    assert 'hx-select="#state"' in operator.client.get(at).text
    operator.get(f"{at}?lang=th")
    stopped = operator.post(f"{at}/cancel", reason="ทำนานเกินไป")
    assert "transcoding.make_web_copy ยกเลิกแล้ว" in stopped
    assert "42 %" not in stopped
    assert "hx-select" not in operator.client.get(at).text


def test_running_work_that_can_not_be_interrupted_has_no_button_and_says_so(browsers: Browsers, jobs: Any) -> None:
    operator, at = browsers["operator"], f"/operations/jobs/{jobs.running}"
    page = operator.client.get(at).text
    assert "งานชนิดนี้หยุดกลางคันไม่ได้ โปรดรอให้จบ" in page
    assert f'action="{at}/cancel"' not in page
    assert "งานนี้อยู่ในสถานะ running จึงยกเลิกไม่ได้" in operator.post(f"{at}/cancel", 409, reason="ลองดู")


def test_overview_has_every_queue(browsers: Browsers) -> None:
    page = browsers["operator"].get("/operations")
    for queue in Queue:
        assert f"{queue} 0 0 0" in page
        assert f"คิว {queue}" in browsers["operator"].get(f"/operations/queues/{queue}")


def test_queue_is_paused_and_resumed_on_its_page(browsers: Browsers) -> None:
    operator = browsers["operator"]
    assert "พักคิว" in operator.get("/operations/queues/media")
    assert "พักโดย operator: ดิสก์เต็ม ทำงานต่อ" in operator.post("/operations/queues/media/pause", reason="ดิสก์เต็ม")
    assert "พักโดย operator: ดิสก์เต็ม" in operator.get("/operations/queues/media")
    assert "พักโดย" not in operator.post("/operations/queues/media/resume", reason="เพิ่มดิสก์แล้ว")
    assert "ไม่มีคิวชื่อ teleport" in operator.get("/operations/queues/teleport", 404)


def test_form_without_a_reason_changes_nothing(browsers: Browsers, jobs: Any) -> None:
    operator = browsers["operator"]
    for path in (f"jobs/{jobs.dead}/retry", f"jobs/{jobs.dead}/cancel", "queues/media/pause", "queues/media/resume"):
        for reason in ("", "  "):
            operator.post(f"/operations/{path}", 422, reason=reason)
    assert job(jobs.dead).state == JobState.DEAD
    assert "พักโดย" not in operator.get("/operations")


def test_verb_that_does_not_exist_does_nothing(browsers: Browsers, jobs: Any) -> None:
    operator = browsers["operator"]
    operator.post("/operations/queues/media/pause", reason="ดิสก์เต็ม")
    operator.post("/operations/queues/media/explode", 404, reason="ลองดู")
    operator.post(f"/operations/jobs/{jobs.dead}/explode", 404, reason="ลองดู")
    assert "พักโดย operator" in operator.get("/operations")


def test_mail_of_this_machine_is_listed_and_read(browsers: Browsers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    operator = browsers["operator"]
    message = Rendered("ได้รับผลงานแล้ว <LT63-0007>", "เรียน นางสมใจ\n\nขอบคุณ\n")
    email.send(Envelope(new_id(), clock.now(), "นางสมใจ", "somjai@groups.example"), message)
    page = operator.get("/operations/mail")
    assert "นางสมใจ <somjai@groups.example> ได้รับผลงานแล้ว <LT63-0007>" in page
    folder = settings().mail_folder
    assert folder is not None
    newest = max(folder.glob("*.eml")).stem
    read = operator.get(f"/operations/mail/{newest}")
    assert "ได้รับผลงานแล้ว <LT63-0007>" in read
    assert "เรียน นางสมใจ" in read
    for name in ("nothing", "../../etc/passwd", f"{newest}.eml"):
        operator.get(f"/operations/mail/{name}", 404)
    monkeypatch.setattr(settings(), "mail_folder", tmp_path)
    assert "ยังไม่มีข้อความ" in operator.get("/operations/mail")
    monkeypatch.setattr(settings(), "mail_folder", None)
    operator.get("/operations/mail", 404)
    assert "ข้อความ" not in operator.get("/operations/jobs")
