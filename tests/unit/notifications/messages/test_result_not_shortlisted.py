"""The message that a submission did not pass the screening."""

from factories.letters import LINK, letter


def test_group_that_was_not_shortlisted_is_told_and_thanked() -> None:
    sent = letter("result_not_shortlisted")
    assert sent.subject == "ผลการกลั่นกรอง LT63-0007 · Screening: LT63-0007"
    assert "ไม่ผ่านการกลั่นกรองในครั้งนี้ ขอขอบคุณที่ส่งผลงาน" in sent.thai
    assert "was not shortlisted this time. Thank you for taking part." in sent.english
    assert sent.thai.splitlines()[-1] == sent.english.splitlines()[-1] == LINK
