"""Whatever is asked, the answer says in both languages what is wrong and what to do, and nothing is half done."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import factories
import httpx2
import pytest
from factories.browser import words
from factories.forms import FORM, PDF, form, post, refusal, uploads
from factories.processes import Answer
from factories.tus import Sender, close, sender_of, standing_of
from sqlalchemy import select

from shared.database import transaction
from shared.events import Event
from shared.submissions.sheet import Standing


def submit(sender: Sender) -> Answer:
    """Hand in as a program."""
    return sender.ask("POST", f"/api/intake/submissions/{sender.submission}/submit")


@pytest.mark.parametrize("token", ["gl_" + "A" * 43, "nothing", "gl_%00", "ลิงก์"])
def test_wrong_link_says_whom_to_ask(sender: Sender, token: str) -> None:
    page = httpx2.get(f"{sender.web.url}/s/{token}")
    assert page.status_code == 401
    assert "ลิงก์หรือรหัสนี้ใช้ไม่ได้แล้ว โปรดขอลิงก์ใหม่จากเจ้าหน้าที่พัฒนาชุมชนอำเภอของท่าน" in words(page.text)
    assert "set-cookie" not in page.headers


def test_wrong_token_of_a_program_says_the_same(sender: Sender) -> None:
    answer = sender.ask("GET", f"/api/intake/submissions/{sender.submission}", Authorization="Bearer gl_" + "A" * 43)
    assert "ask your district officer for a new one" in refusal(answer, 401, "link_not_valid")["detail_en"]
    nobody = sender.ask("GET", f"/api/intake/submissions/{sender.submission}", Authorization=None)
    assert "open the link that was sent to you" in refusal(nobody, 401, "unauthenticated")["detail_en"]


def test_page_without_a_session_says_to_open_the_link(sender: Sender) -> None:
    page = httpx2.get(f"{sender.web.url}/s/submissions/{sender.submission}")
    assert page.status_code == 401
    assert "เปิดจากลิงก์ที่ท่านได้รับ" in words(page.text)


def test_other_groups_submission_is_as_good_as_none(sender: Sender, browser: httpx2.Client) -> None:
    other, none = sender_of(sender.web, 2), uuid4()
    upload = other.begun(10)
    for id_ in (other.submission, none):
        at = f"/api/intake/submissions/{id_}"
        sent = sender.ask("POST", f"{at}/items/plan", form(PDF), Content_Type=FORM)
        for answer in (sender.ask("GET", at), sender.ask("POST", f"{at}/submit"), sent, sender.create(10, submission=str(id_))):
            assert "open the link that was sent to your group" in refusal(answer, 404, "submission_unknown")["detail_en"]
        page = browser.get(f"/s/submissions/{id_}")
        assert (page.status_code, "ไม่พบใบสมัครนี้" in page.text) == (404, True)
        assert browser.post(f"/s/submissions/{id_}/submit").status_code == 404
    assert browser.get(f"/s/uploads/{upload.rpartition('/')[2]}/content").status_code == 404
    assert (len(uploads(other)), standing_of(other)) == (1, Standing.OPEN)


def test_id_that_is_none_names_the_field(sender: Sender) -> None:
    problem = refusal(sender.ask("GET", "/api/intake/submissions/7"), 422, "invalid_request")
    assert "submission_id" in problem["detail_th"]
    assert [error["field"] for error in problem["errors"]] == ["path.submission_id"]


def test_unknown_kind_names_those_that_are_asked_for(sender: Sender) -> None:
    for answer in (post(sender, "song", form(PDF)), sender.create(10, kind="song")):
        problem = refusal(answer, 422, "item_unknown")
        assert "plan, clip, photo" in problem["detail_th"]
    assert uploads(sender) == []


def test_wrong_offset_says_where_to_go_on(sender: Sender) -> None:
    path = sender.begun(10)
    sender.patch(path, 0, b"0123")
    problem = refusal(sender.patch(path, 7, b"789"), 409, "offset_mismatch")
    assert problem["offset"] == 4
    assert "go on from there" in problem["detail_en"]


def test_after_the_deadline_nothing_is_begun_but_what_was_begun_may_finish_and_be_handed_in(sender: Sender) -> None:
    post(sender, body=form(PDF))
    clip = sender.begun(10)
    sender.patch(clip, 0, b"0123")
    late = sender_of(sender.web, 2)
    close(datetime.now(UTC))
    for answer in (sender.create(10), post(sender, body=form(PDF)), late.create(10)):
        assert "Contact your officer" in refusal(answer, 409, "deadline_passed")["detail_en"]
    assert sender.patch(clip, 4, b"456789").status == 204
    answer = submit(sender)
    assert (answer.status, json.loads(answer.body)["state"]) == (200, Standing.SUBMITTED)


def test_after_the_grace_what_was_begun_is_too_late_as_well(sender: Sender) -> None:
    post(sender, body=form(PDF))
    done, half = sender.begun(4), sender.begun(10)
    sender.patch(done, 0, b"0123")
    sender.patch(half, 0, b"0123")
    close(datetime.now(UTC) - timedelta(minutes=61))
    assert sender.offset(half) == 4
    refusal(sender.patch(half, 4, b"456789"), 409, "deadline_passed")
    refusal(submit(sender), 409, "deadline_passed")
    seen = json.loads(sender.ask("GET", f"/api/intake/submissions/{sender.submission}").body)
    assert (seen["may_upload"], seen["may_submit"], seen["missing"], seen["next_step"]["code"]) == (False, False, [], "late")
    assert standing_of(sender) == Standing.OPEN


def test_handing_in_names_what_is_missing(sender: Sender, browser: httpx2.Client) -> None:
    post(sender, body=form(PDF))
    problem = refusal(submit(sender), 422, "items_missing")
    assert problem["missing"] == ["clip"]
    assert "ยังขาด: คลิป โปรดอัปโหลดให้ครบแล้วกดส่งอีกครั้ง" in problem["detail_th"]
    assert "Missing: Clip" in problem["detail_en"]
    page = browser.post(f"/s/submissions/{sender.submission}/submit")
    assert (page.status_code, "ยังส่งไม่ได้ เพราะยังขาด: คลิป" in page.text) == (422, True)
    assert standing_of(sender) == Standing.OPEN


def test_handing_in_twice_changes_nothing(sender: Sender, browser: httpx2.Client) -> None:
    post(sender, body=form(PDF))
    clip = sender.begun(4)
    sender.patch(clip, 0, b"0123")
    assert submit(sender).status == 200

    def state() -> tuple[Any, ...]:
        with transaction() as session:
            submitted = factories.filing_of(session, sender.submission).submitted_at
            events = session.scalars(select(Event.id)).all()
        return standing_of(sender), submitted, len(events), len(uploads(sender))

    before = state()
    assert "ส่งผลงานแล้ว" in refusal(submit(sender), 409, "already_handed_in")["detail_th"]
    page = browser.post(f"/s/submissions/{sender.submission}/submit")
    assert (page.status_code, "ส่งผลงานแล้ว และไม่มีการแก้ไข" in page.text) == (409, True)
    assert state() == before
    close(datetime.now(UTC) - timedelta(minutes=61))
    for answer in (submit(sender), sender.create(10), post(sender, body=form(PDF))):
        assert "ส่งผลงานแล้ว" in refusal(answer, 409, "already_handed_in")["detail_th"]


def test_empty_file_by_tus_is_refused(sender: Sender) -> None:
    refusal(sender.create(0), 422, "file_empty")


def test_file_type_with_a_character_that_can_not_be_kept_is_refused(sender: Sender) -> None:
    refusal(sender.create(4, filetype="video/\0mp4"), 422, "text_not_storable")


def test_program_reads_the_language_it_asks_for(sender: Sender) -> None:
    for asked, language in (("en", "en"), ("en-GB,th;q=0.5", "en"), ("th", "th"), ("de", "th")):
        problem = json.loads(sender.ask("GET", f"/api/intake/submissions/{uuid4()}", Accept_Language=asked).body)
        assert problem["detail"] == problem[f"detail_{language}"]
