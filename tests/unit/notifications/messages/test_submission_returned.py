"""The message that returns a submission to its group."""

from factories.letters import LINK, letter

FINDINGS = [
    {"item_th": "คลิปวิดีโอ", "item_en": "Video clip", "th": "คลิปยาว 5:20 นาที เกินที่กำหนด", "en": "The clip is 5:20 long."},
    {"item_th": "แผนธุรกิจ", "item_en": "Plan", "th": "ไฟล์นี้ใส่รหัสผ่านไว้", "en": "This file is protected by a password."},
]


def test_returned_submission_says_what_is_wrong_and_the_way_back() -> None:
    sent = letter("submission_returned", findings=FINDINGS, closes="2020-06-05T23:59:59+07:00")
    assert sent.subject == "ต้องแก้ไขผลงาน LT63-0007 · Please mend: LT63-0007"
    assert sent.thai.splitlines()[2:] == [
        "ผลงานของกลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง ยังรับไม่ได้ เพราะ",
        "- คลิปวิดีโอ: คลิปยาว 5:20 นาที เกินที่กำหนด",
        "- แผนธุรกิจ: ไฟล์นี้ใส่รหัสผ่านไว้",
        "โปรดแก้ไขแล้วส่งใหม่ภายใน 5 มิถุนายน 2563 23.59 น. ที่ลิงก์นี้:",
        LINK,
    ]
    assert sent.english.splitlines()[3:] == [
        "- Video clip: The clip is 5:20 long.",
        "- Plan: This file is protected by a password.",
        "Please mend it and hand in again by 5 June 2020, 23:59:",
        LINK,
    ]
