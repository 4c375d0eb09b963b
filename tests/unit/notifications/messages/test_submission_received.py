"""The receipt of what a group handed in."""

from typing import Any

from factories.letters import LINK, letter

CHECK = "https://omsap.example/s/receipts/LT63-0007-7KQ4-M2XD"
FACTS: dict[str, Any] = {
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


def test_receipt_names_the_moment_in_bangkok_its_code_and_every_file() -> None:
    sent = letter("submission_received", **FACTS)
    assert sent.subject == "ใบรับผลงาน LT63-0007 · Receipt LT63-0007"
    assert sent.thai.splitlines() == [
        "เรียน นางสมใจ ทองหลาง",
        "",
        "ระบบได้รับผลงานของกลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง แล้วเมื่อ 29 พฤษภาคม 2563 00.05 น.",
        "เลขที่ใบสมัคร LT63-0007",
        "เลขที่ใบรับ LT63-0007-7KQ4-M2XD",
        "",
        "แผน: แผนธุรกิจ.pdf (1 MB)",
        "SHA-256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "",
        "คลิป: คลิป.mp4 (180 MB)",
        "SHA-256 fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210",
        "",
        "ใบรับฉบับ PDF แนบมากับข้อความนี้ โปรดเก็บไว้เป็นหลักฐาน",
        "ระบบกำลังตรวจไฟล์ และจะแจ้งผลให้ทราบ",
        "",
        "หน้าของกลุ่ม:",
        LINK,
        "",
        "ผู้ใดต้องการตรวจว่าใบรับนี้เป็นของจริง เปิดได้ที่:",
        CHECK,
    ]
    assert "arrived on 29 May 2020, 00:05, reference LT63-0007, receipt LT63-0007-7KQ4-M2XD." in sent.english
    assert sent.html.count(f'<a href="{CHECK}">') == 2


def test_receipt_without_its_pdf_says_where_it_will_be() -> None:
    sent = letter("submission_received", **{**FACTS, "attached": False})
    assert "แนบมากับข้อความนี้" not in sent.thai
    assert "ใบรับฉบับ PDF เปิดได้จากหน้าของกลุ่ม" in sent.thai
    assert "attached" not in sent.english


def test_work_handed_in_within_the_grace_says_so() -> None:
    late = {"late_th": "ทุกไฟล์เริ่มส่งก่อนหมดเวลา", "late_en": "Every file was begun before the deadline."}
    sent = letter("submission_received", **FACTS | late)
    assert "เลขที่ใบรับ LT63-0007-7KQ4-M2XD\nทุกไฟล์เริ่มส่งก่อนหมดเวลา\n" in sent.thai
    assert "Every file was begun before the deadline." in sent.english


def test_filename_is_text_and_no_mark_up() -> None:
    (file, *_) = FACTS["files"]
    sent = letter("submission_received", **{**FACTS, "files": [{**file, "filename": "<b>แผน</b>.pdf"}]})
    assert "&lt;b&gt;แผน&lt;/b&gt;.pdf" in sent.html
