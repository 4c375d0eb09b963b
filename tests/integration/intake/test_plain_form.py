"""One item's file by a plain multipart form: taken whole, or refused with a word on what to do, and then nothing of it stands."""

import json
import re
import socket

import httpx2
import pytest
from factories.browser import words
from factories.forms import BOUNDARY, FORM, PDF, form, post, refusal, uploads
from factories.processes import Web
from factories.tus import MIB, Sender

from shared.submissions.lifecycle import UploadStatus


def test_file_too_large_is_refused_before_its_bytes_come(sender: Sender) -> None:
    problem = refusal(sender.create(1_200_000, kind="plan"), 413, "file_too_large")
    assert (problem["size_bytes"], problem["limit_bytes"]) == (1_200_000, 1_000_000)
    assert "โปรดลดขนาดไฟล์" in problem["detail_th"]
    began = form(PDF, end="")
    head = (
        f"POST /api/intake/submissions/{sender.submission}/items/plan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sender.token}\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: {700 * MIB}\r\n\r\n"
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
            headers={"Authorization": f"Bearer {sender.token}", "Content-Type": FORM},
            content=(body[at : at + 50_000] for at in range(0, len(body), 50_000)),
            timeout=60,
        )

    taken = streamed(300_000)
    assert (taken.status_code, taken.json()["size_bytes"]) == (201, 300_000 + len(PDF))
    assert (streamed(1_000_000).status_code, streamed(1_000_000).json()["code"]) == (413, "file_too_large")


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
    nothing_chosen = form(b"", "")
    page = browser.post(at, content=nothing_chosen, headers={**came_from, "Content-Type": FORM})
    assert (page.status_code, page.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert "ไม่พบไฟล์ในแบบฟอร์ม โปรดเลือกไฟล์แล้วส่งอีกครั้ง" in words(page.text)
    assert f'href="{came_from["Referer"]}"' in page.text


def test_form_that_breaks_off_leaves_nothing(sender: Sender, web: Web) -> None:
    head = (
        f"POST /api/intake/submissions/{sender.submission}/items/plan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sender.token}\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: 5000\r\n\r\n"
    )
    for began in (b"", form(b"", end="")[:40], form(PDF, end="")):
        with socket.create_connection(("127.0.0.1", web.port), timeout=20) as connection:
            connection.sendall(head.encode() + began)
    assert json.loads(sender.ask("GET", f"/api/intake/submissions/{sender.submission}").body)["missing"] == ["plan", "clip"]
    assert post(sender, body=form(PDF)).status == 201
    assert [upload.status for upload in uploads(sender) if upload.status == UploadStatus.RECEIVED] == [UploadStatus.RECEIVED]
