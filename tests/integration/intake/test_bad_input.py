"""Whatever is sent, the answer says in both languages what is wrong and what to do, and nothing is half done."""

import json
import re
import socket
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import factories
import httpx2
import pytest
from factories.browser import words
from factories.tus import ITEMS, MIB, Answer, Sender, Web, sender_of, submission_of
from sqlalchemy import select

from shared.database import transaction
from shared.events import Event
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Upload

THAI = re.compile(r"[\u0e00-\u0e7f]")
BOUNDARY = "x-x-x"
PDF = b"%PDF-1.7\n"


def form(content: bytes, filename: str = "plan.pdf", *, field: str = "file", end: str = f"\r\n--{BOUNDARY}--\r\n") -> bytes:
    """A multipart form as a browser writes it: quotes and line ends of a name percent-encoded."""
    written = filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{written}"\r\nContent-Type: application/pdf\r\n\r\n'
    return head.encode() + content + end.encode()


def post(sender: Sender, kind: str = "plan", body: bytes = b"", **headers: str | None) -> Answer:
    """Send a plain form as a program."""
    path = f"/api/intake/submissions/{sender.submission}/items/{kind}"
    return sender.ask("POST", path, body, **{"Content_Type": f"multipart/form-data; boundary={BOUNDARY}", **headers})


def submit(sender: Sender) -> Answer:
    """Hand in as a program."""
    return sender.ask("POST", f"/api/intake/submissions/{sender.submission}/submit")


def refusal(answer: Answer, status: int, code: str) -> dict[str, Any]:
    """Return a problem document that is as it should be: both languages, Thai by default, and a title, status and code."""
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json"), answer.body
    problem: dict[str, Any] = json.loads(answer.body)
    assert (problem["status"], problem["code"], problem["type"]) == (status, code, "about:blank")
    assert problem["title"]
    assert THAI.search(problem["detail_th"])
    assert problem["detail"] == problem["detail_th"]
    assert not THAI.search(problem["detail_en"].replace("แผน", "").replace("คลิป", ""))
    return problem


def uploads(sender: Sender) -> list[Upload]:
    """The uploads of a submission."""
    with transaction() as session:
        return list(session.scalars(select(Upload).where(Upload.submission_id == sender.submission).order_by(Upload.id)))


def milestones(deadline: datetime) -> list[dict[str, Any]]:
    """The programme's deadline."""
    return [{"key": "hand_in", "label": {"th": "ส่ง", "en": "Hand in"}, "by": deadline.isoformat()}]


def close(deadline: datetime) -> None:
    """Have the deadline of the little programme, which has an hour of grace, lie there."""
    with transaction() as session:
        factories.programme(session, items=ITEMS, milestones=milestones(deadline), grace_minutes="60")


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
        sent = sender.ask("POST", f"{at}/items/plan", form(PDF), Content_Type=f"multipart/form-data; boundary={BOUNDARY}")
        for answer in (sender.ask("GET", at), sender.ask("POST", f"{at}/submit"), sent, sender.create(10, submission=str(id_))):
            assert "open the link that was sent to your group" in refusal(answer, 404, "submission_unknown")["detail_en"]
        page = browser.get(f"/s/submissions/{id_}")
        assert (page.status_code, "ไม่พบใบสมัครนี้" in page.text) == (404, True)
        assert browser.post(f"/s/submissions/{id_}/submit").status_code == 404
    assert browser.get(f"/s/uploads/{upload.rpartition('/')[2]}/content").status_code == 404
    assert (len(uploads(other)), submission_of(other).status) == (1, Status.OPEN)


def test_id_that_is_none_names_the_field(sender: Sender) -> None:
    problem = refusal(sender.ask("GET", "/api/intake/submissions/7"), 422, "invalid_request")
    assert "submission_id" in problem["detail_th"]
    assert [error["field"] for error in problem["errors"]] == ["path.submission_id"]


def test_unknown_kind_names_those_that_are_asked_for(sender: Sender) -> None:
    for answer in (post(sender, "song", form(PDF)), sender.create(10, kind="song")):
        problem = refusal(answer, 422, "item_unknown")
        assert "plan, clip, photo" in problem["detail_th"]
    assert uploads(sender) == []


def test_file_too_large_is_refused_before_its_bytes_come(sender: Sender) -> None:
    problem = refusal(sender.create(1_200_000, kind="plan"), 413, "file_too_large")
    assert (problem["size_bytes"], problem["limit_bytes"]) == (1_200_000, 1_000_000)
    assert "โปรดลดขนาดไฟล์" in problem["detail_th"]
    began = form(PDF, end="")
    head = (
        f"POST /api/intake/submissions/{sender.submission}/items/plan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sender.token}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {700 * MIB}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", sender.web.port), timeout=20) as connection:
        connection.sendall(head.encode() + began)
        answer = connection.recv(65536)
        while b"\r\n\r\n" not in answer or answer.endswith(b"\r\n\r\n"):
            answer += connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"file_too_large"' in answer
    assert uploads(sender) == []


def test_file_just_over_the_limit_in_a_form_is_too_large_too(sender: Sender) -> None:
    problem = refusal(post(sender, body=form(PDF + bytes(1_000_000))), 413, "file_too_large")
    assert problem["limit_bytes"] == 1_000_000
    assert [upload.status for upload in uploads(sender)] == [UploadStatus.TERMINATED]


def test_form_whose_length_is_not_announced_is_taken(sender: Sender) -> None:
    def streamed(size: int) -> httpx2.Response:
        body = form(PDF + bytes(size))
        return httpx2.post(
            f"{sender.web.url}/api/intake/submissions/{sender.submission}/items/plan",
            headers={"Authorization": f"Bearer {sender.token}", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
            content=(body[at : at + 50_000] for at in range(0, len(body), 50_000)),
            timeout=60,
        )

    taken = streamed(300_000)
    assert (taken.status_code, taken.json()["size_bytes"]) == (201, 300_000 + len(PDF))
    assert (streamed(1_000_000).status_code, streamed(1_000_000).json()["code"]) == (413, "file_too_large")


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
        assert "speak to your district officer" in refusal(answer, 409, "deadline_passed")["detail_en"]
    assert sender.patch(clip, 4, b"456789").status == 204
    answer = submit(sender)
    assert (answer.status, json.loads(answer.body)["state"]) == (200, Status.SUBMITTED)


def test_after_the_grace_what_was_begun_is_too_late_as_well(sender: Sender) -> None:
    post(sender, body=form(PDF))
    done, half = sender.begun(4), sender.begun(10)
    sender.patch(done, 0, b"0123")
    sender.patch(half, 0, b"0123")
    close(datetime.now(UTC) - timedelta(minutes=61))
    refusal(sender.patch(half, 4, b"456789"), 409, "deadline_passed")
    refusal(submit(sender), 409, "deadline_passed")
    seen = json.loads(sender.ask("GET", f"/api/intake/submissions/{sender.submission}").body)
    assert (seen["may_upload"], seen["may_submit"], seen["missing"], seen["next_step"]["code"]) == (False, False, [], "late")
    assert (sender.offset(half), submission_of(sender).status) == (4, Status.OPEN)


def test_handing_in_names_what_is_missing(sender: Sender, browser: httpx2.Client) -> None:
    post(sender, body=form(PDF))
    problem = refusal(submit(sender), 422, "items_missing")
    assert problem["missing"] == ["clip"]
    assert "ยังขาด: คลิป โปรดอัปโหลดให้ครบแล้วกดส่งอีกครั้ง" in problem["detail_th"]
    assert "Missing: Clip" in problem["detail_en"]
    page = browser.post(f"/s/submissions/{sender.submission}/submit")
    assert (page.status_code, "ยังส่งไม่ได้ เพราะยังขาด: คลิป" in page.text) == (422, True)
    assert submission_of(sender).status == Status.OPEN


def test_handing_in_twice_changes_nothing(sender: Sender, browser: httpx2.Client) -> None:
    post(sender, body=form(PDF))
    clip = sender.begun(4)
    sender.patch(clip, 0, b"0123")
    assert submit(sender).status == 200

    def state() -> tuple[Any, ...]:
        row = submission_of(sender)
        with transaction() as session:
            return row.status, row.submitted_at, len(session.scalars(select(Event.id)).all()), len(uploads(sender))

    before = state()
    for answer in (submit(sender), sender.create(10), post(sender, body=form(PDF))):
        assert "ส่งผลงานแล้ว" in refusal(answer, 409, "already_handed_in")["detail_th"]
    page = browser.post(f"/s/submissions/{sender.submission}/submit")
    assert (page.status_code, "กลุ่มของท่านส่งผลงานแล้ว" in page.text) == (409, True)
    assert state() == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (form(b""), "file_empty"),
        (form(b"", ""), "file_field_needed"),
        (form(PDF, field="other"), "file_field_needed"),
        (f"--{BOUNDARY}--\r\n".encode(), "file_field_needed"),
        (b"", "file_field_needed"),
        (b"nothing of a form", "file_field_needed"),
        (form(PDF, end=""), "connection_lost"),
        (form(PDF, end=f"\r\n--{BOUNDARY}"), "connection_lost"),
    ],
)
def test_form_without_a_whole_file_is_refused(sender: Sender, body: bytes, code: str) -> None:
    problem = refusal(post(sender, body=body), 422, code)
    assert re.search("โปรด", problem["detail_th"])
    assert [upload.status for upload in uploads(sender) if upload.status != UploadStatus.TERMINATED] == []


def test_empty_file_by_tus_is_refused(sender: Sender) -> None:
    refusal(sender.create(0), 422, "file_empty")


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain; boundary=x-x-x", None])
def test_wrong_content_type_says_what_is_expected(sender: Sender, kind: str | None) -> None:
    problem = refusal(post(sender, body=form(PDF), Content_Type=kind), 422, "file_field_needed")
    assert "multipart/form-data with the field `file`" in problem["detail_en"]


@pytest.mark.parametrize(
    ("filename", "shown"),
    [
        ("../../etc/แผน.pdf", "แผน.pdf"),
        ("แผน 😀🎉.pdf", "แผน 😀🎉.pdf"),
        ("แผน\0.pdf", "แผน.pdf"),
        ("ก" * 300 + ".pdf", "ก" * 145 + "….pdf"),
        ("แผน \"ดี\" 'มาก'.pdf", "แผน \"ดี\" 'มาก'.pdf"),
        ("แผน\r\nSet-Cookie: a=b.pdf", "แผนSet-Cookie: a=b.pdf"),
        ("<script>alert(1)</script>.pdf", "script>.pdf"),
        ("<b>แผน.pdf", "<b>แผน.pdf"),
        ("ลด 50%20 แผน.pdf", "ลด 50%20 แผน.pdf"),
    ],
)
@pytest.mark.parametrize("way", ["form", "tus"])
def test_file_name_is_a_label_and_no_more(sender: Sender, browser: httpx2.Client, way: str, filename: str, shown: str) -> None:
    if way == "form":
        assert post(sender, body=form(PDF, filename)).status == 201
    else:
        assert sender.patch(sender.begun(len(PDF), kind="plan", filename=filename), 0, PDF).status == 204
    (upload,) = uploads(sender)
    assert upload.filename == shown
    assert upload.object_key == f"uploads/{sender.submission}/{upload.id}"
    assert shown in words(browser.get(f"/s/submissions/{sender.submission}").text) or "<" in shown
    assert "<b>" not in browser.get(f"/s/submissions/{sender.submission}").text
    saved = browser.get(f"/s/uploads/{upload.id}/content?save=1")
    assert (saved.content, "set-cookie" in saved.headers) == (PDF, False)
    assert saved.headers["content-disposition"].startswith("attachment")


def test_file_type_with_a_character_that_can_not_be_kept_is_refused(sender: Sender) -> None:
    refusal(sender.create(4, filetype="video/\0mp4"), 422, "text_not_storable")


def test_plain_form_leads_a_browser_back_and_answers_a_program_in_json(sender: Sender, browser: httpx2.Client) -> None:
    at = f"/api/intake/submissions/{sender.submission}/items/plan"
    back = browser.post(at, files={"file": ("แผน.pdf", PDF)}, follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, f"/s/submissions/{sender.submission}")
    answer = post(sender, body=form(PDF))
    (first, second) = uploads(sender)
    assert (first.status, first.replaced_at is None, second.replaced_at) == (UploadStatus.RECEIVED, False, None)
    assert (answer.status, json.loads(answer.body)) == (201, {"upload": str(second.id), "sha256": second.sha256, "size_bytes": len(PDF)})


def test_refusal_of_a_plain_form_is_a_page_in_a_browser(sender: Sender, browser: httpx2.Client) -> None:
    at = f"/api/intake/submissions/{sender.submission}/items/plan"
    came_from = {"Referer": f"{sender.web.url}/s/submissions/{sender.submission}"}
    nothing_chosen = {"content": form(b"", ""), "headers": {**came_from, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}}
    page = browser.post(at, **nothing_chosen)
    assert (page.status_code, page.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert "ไม่พบไฟล์ในแบบฟอร์ม โปรดเลือกไฟล์แล้วส่งอีกครั้ง" in words(page.text)
    assert f'href="{came_from["Referer"]}"' in page.text


def test_program_reads_the_language_it_asks_for(sender: Sender) -> None:
    for asked, language in (("en", "en"), ("en-GB,th;q=0.5", "en"), ("th", "th"), ("de", "th")):
        problem = json.loads(sender.ask("GET", f"/api/intake/submissions/{uuid4()}", Accept_Language=asked).body)
        assert problem["detail"] == problem[f"detail_{language}"]


def test_form_that_breaks_off_leaves_nothing(sender: Sender, web: Web) -> None:
    head = (
        f"POST /api/intake/submissions/{sender.submission}/items/plan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sender.token}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: 5000\r\n\r\n"
    )
    for began in (b"", form(b"", end="")[:40], form(PDF, end="")):
        with socket.create_connection(("127.0.0.1", web.port), timeout=20) as connection:
            connection.sendall(head.encode() + began)
    assert json.loads(sender.ask("GET", f"/api/intake/submissions/{sender.submission}").body)["missing"] == ["plan", "clip"]
    assert post(sender, body=form(PDF)).status == 201
    assert [upload.status for upload in uploads(sender) if upload.status == UploadStatus.RECEIVED] == [UploadStatus.RECEIVED]
