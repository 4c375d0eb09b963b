"""What messages say and when; that each can be rendered from what its event left is in tests/integration/workers/test_notification.py."""

import re
from typing import Any
from uuid import uuid4

import pytest
from factories.letters import LINK, letter
from jinja2 import UndefinedError

from shared.events import Event
from shared.flow import FLOW, consequences
from shared.messages import MESSAGES
from shared.notifications.rendering import render
from shared.people.codes import TERMS
from shared.people.models import CodePurpose
from shared.people.operations import SIGN_IN_TERM
from shared.queue import kinds

CONFIRMATION = {"helped_by": "นายช่วย ดีจริง", "code": "123 456", "closes": "2020-05-29T16:59:59+00:00"}
CHECK = "https://omsap.example/s/receipts/LT63-0007-7KQ4-M2XD"
RECEIPT: dict[str, Any] = {
    "at": "2020-05-28T17:05:00+00:00",
    "receipt_code": "LT63-0007-7KQ4-M2XD",
    "check": CHECK,
    "late_th": "",
    "late_en": "",
    "attached": True,
    "files": [
        {"item_th": "แผน", "item_en": "Plan", "filename": "แผนธุรกิจ.pdf", "size": "1 MB", "sha256": "0123456789abcdef" * 4},
        {"item_th": "คลิป", "item_en": "Clip", "filename": "คลิป.mp4", "size": "180 MB", "sha256": "fedcba9876543210" * 4},
    ],
}
FINDINGS = [
    {"item_th": "คลิปวิดีโอ", "item_en": "Video clip", "th": "คลิปยาว 5:20 นาที เกินที่กำหนด", "en": "The clip is 5:20 long."},
    {"item_th": "แผนธุรกิจ", "item_en": "Plan", "th": "ไฟล์นี้ใส่รหัสผ่านไว้", "en": "This file is protected by a password."},
]


def test_every_message_follows_from_an_event() -> None:
    data = {"receipt": str(uuid4()), "filing": str(uuid4()), "version": str(uuid4()), "announce": True}
    events = [Event(id=uuid4(), kind=kind, subject_id=uuid4(), submission_id=uuid4(), programme_id=uuid4(), data=data) for kind in FLOW]
    jobs = [job for event in events for job in consequences(event)]
    assert {job.data["message"] for job in jobs if job.kind is kinds.NOTIFY} == set(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_message_without_its_facts_is_not_sent_with_gaps(name: str) -> None:
    with pytest.raises(UndefinedError):
        render(MESSAGES[name].subject, MESSAGES[name].body, {"link": LINK})


@pytest.mark.parametrize("name", MESSAGES)
def test_message_leads_to_its_page_by_a_line_of_its_own_in_both_languages(name: str) -> None:
    body = MESSAGES[name].body
    assert [text.splitlines().count("{{ link }}") for text in (body.th, body.en)] == [1, 1]


@pytest.mark.parametrize("name", MESSAGES)
def test_message_uses_the_words_of_the_glossary(name: str) -> None:
    english = f"{MESSAGES[name].subject.en} {MESSAGES[name].body.en}".lower()
    assert re.findall(r"\b(?:hand(?:s|ed|ing)? in|mend|can not|be told)\b", english) == []


def test_link_can_be_pressed_and_names_are_no_markup() -> None:
    html = letter("result_shortlisted", group="กลุ่ม <script>alert(1)</script> & เพื่อน").html
    assert html.count(f'<a href="{LINK}">{LINK}</a>') == 2
    assert "กลุ่ม &lt;script&gt;alert(1)&lt;/script&gt; &amp; เพื่อน" in html


def test_line_that_only_begins_like_an_address_is_no_link() -> None:
    assert "<a href" not in letter("result_shortlisted", group="http://elsewhere.example โปรดกด").html.replace(f'<a href="{LINK}">', "")


def test_confirmation_says_who_helped_and_both_ways_to_say_yes() -> None:
    sent = letter("confirmation", **CONFIRMATION)
    for text in (sent.thai, sent.english):
        assert "นายช่วย ดีจริง" in text
        assert {LINK, "123 456"} <= set(text.splitlines())
    assert "กลุ่มต้องยืนยันก่อน 29 พฤษภาคม 2563" in sent.thai


def test_promised_hours_are_those_of_the_code() -> None:
    sent = letter("confirmation", **CONFIRMATION)
    assert re.findall(r"(\d+) (?:ชั่วโมง|hours)", sent.thai + sent.english) == [f"{TERMS[CodePurpose.CONFIRM].total_seconds() / 3600:g}"] * 2


def test_promised_minutes_are_those_of_the_sign_in_link() -> None:
    sent = letter("sign_in_link")
    assert re.findall(r"(\d+) (?:นาที|minutes)", sent.thai + sent.english) == [f"{SIGN_IN_TERM.total_seconds() / 60:g}"] * 2


@pytest.mark.parametrize(
    ("days", "subject", "text"),
    [(7, "7 days left", "7 days are left"), (1, "1 day left", "1 day is left"), (0, "0 days left", "0 days are left")],
)
def test_reminder_counts_days_as_english_does(days: int, subject: str, text: str) -> None:
    sent = letter("reminder", days=days, deadline="2020-05-29T23:59:59+07:00")
    assert subject in sent.subject
    assert text in sent.english
    assert f"เหลือเวลาอีก {days} วัน (ถึง 29 พฤษภาคม 2563 23.59 น.)" in sent.thai


@pytest.mark.parametrize(("amount", "written"), [("50000", "50,000 บาท"), ("49999.50", "49,999.50 บาท"), ("1200000.00", "1,200,000 บาท")])
def test_money_is_written_to_the_satang_and_no_further(amount: str, written: str) -> None:
    assert f"เงินสนับสนุน {written}" in letter("result_awarded", level_th="ระดับดี", level_en="Good", amount=amount).thai


def test_receipt_names_the_moment_in_bangkok_its_code_and_every_file() -> None:
    sent = letter("submission_received", **RECEIPT)
    assert "แล้วเมื่อ 29 พฤษภาคม 2563 00.05 น." in sent.thai
    assert "on 29 May 2020, 00:05. Reference LT63-0007, receipt LT63-0007-7KQ4-M2XD." in sent.english
    for file in RECEIPT["files"]:
        assert f"{file['item_th']}: {file['filename']} ({file['size']})\nSHA-256 {file['sha256']}\n" in sent.thai
    assert sent.html.count(f'<a href="{CHECK}">') == 2


def test_receipt_without_its_pdf_says_where_it_will_be() -> None:
    sent = letter("submission_received", **{**RECEIPT, "attached": False})
    assert "แนบมากับข้อความนี้" not in sent.thai
    assert "ใบรับฉบับ PDF เปิดได้จากหน้าของกลุ่ม" in sent.thai
    assert "attached" not in sent.english


def test_receipt_of_a_submission_within_the_grace_says_so() -> None:
    late = {"late_th": "ทุกไฟล์เริ่มส่งก่อนหมดเวลา", "late_en": "Every file was begun before the deadline."}
    sent = letter("submission_received", **RECEIPT | late)
    assert "เลขที่ใบรับ LT63-0007-7KQ4-M2XD\nทุกไฟล์เริ่มส่งก่อนหมดเวลา\n" in sent.thai
    assert "Every file was begun before the deadline." in sent.english


def test_filename_is_text_and_no_markup() -> None:
    (file, *_) = RECEIPT["files"]
    sent = letter("submission_received", **{**RECEIPT, "files": [{**file, "filename": "<b>แผน</b>.pdf"}]})
    assert "&lt;b&gt;แผน&lt;/b&gt;.pdf" in sent.html


def test_returned_submission_lists_every_finding_and_the_new_deadline() -> None:
    sent = letter("submission_returned", findings=FINDINGS, closes="2020-06-05T23:59:59+07:00")
    assert [line for line in sent.thai.splitlines() if line.startswith("- ")] == [f"- {each['item_th']}: {each['th']}" for each in FINDINGS]
    assert [line for line in sent.english.splitlines() if line.startswith("- ")] == [
        f"- {each['item_en']}: {each['en']}" for each in FINDINGS
    ]
    assert "ภายใน 5 มิถุนายน 2563 23.59 น." in sent.thai
    assert "by 5 June 2020, 23:59:" in sent.english
