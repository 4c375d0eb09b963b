"""The receipt of what a group handed in."""

from factories.letters import LINK, letter


def test_receipt_names_the_moment_in_bangkok_and_every_file() -> None:
    files = [{"filename": "แผนธุรกิจ.pdf", "sha256": "0123456789abcdef" * 4}, {"filename": "คลิป.mp4", "sha256": "fedcba9876543210" * 4}]
    sent = letter("submission_received", at="2020-05-28T17:05:00+00:00", files=files)
    assert sent.subject == "ได้รับผลงานแล้ว LT63-0007 · Handed in: LT63-0007"
    assert sent.thai.splitlines() == [
        "เรียน นางสมใจ ทองหลาง",
        "",
        "ระบบได้รับผลงานของกลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง แล้วเมื่อ 29 พฤษภาคม 2563 00.05 น. เลขที่ LT63-0007",
        "- แผนธุรกิจ.pdf (SHA-256 0123456789abcdef…)",
        "- คลิป.mp4 (SHA-256 fedcba9876543210…)",
        "กำลังตรวจไฟล์ และจะแจ้งผลให้ทราบ",
        "",
        LINK,
    ]
    assert "arrived on 29 May 2020, 00:05, reference LT63-0007" in sent.english


def test_filename_is_text_and_no_mark_up() -> None:
    sent = letter("submission_received", at="2020-05-28T17:05:00+00:00", files=[{"filename": "<b>แผน</b>.pdf", "sha256": "0" * 64}])
    assert "&lt;b&gt;แผน&lt;/b&gt;.pdf" in sent.html
