"""The message that a submission goes on to the selection."""

from factories.letters import LINK, letter


def test_shortlisted_group_learns_what_comes_next() -> None:
    sent = letter("result_shortlisted")
    assert sent.subject == "ผ่านการกลั่นกรอง LT63-0007 · Shortlisted: LT63-0007"
    assert "ผลงานของกลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง ผ่านการกลั่นกรองแล้ว และเข้าสู่รอบคัดเลือก" in sent.thai
    assert "was shortlisted and goes on to the selection." in sent.english
    assert sent.thai.splitlines()[-1] == sent.english.splitlines()[-1] == LINK
