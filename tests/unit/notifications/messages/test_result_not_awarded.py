"""The message that a submission was not selected."""

from factories.letters import LINK, letter


def test_group_that_was_not_selected_is_told_and_thanked() -> None:
    sent = letter("result_not_awarded")
    assert sent.subject == "ผลการคัดเลือก LT63-0007 · Selection: LT63-0007"
    assert "ไม่ได้รับคัดเลือกในครั้งนี้ ขอขอบคุณที่ส่งผลงาน" in sent.thai
    assert "was not selected this time. Thank you for taking part." in sent.english
    assert sent.thai.splitlines()[-1] == sent.english.splitlines()[-1] == LINK
