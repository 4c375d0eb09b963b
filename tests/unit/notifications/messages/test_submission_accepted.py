"""The message that a submission is with the committee."""

from factories.letters import LINK, letter


def test_accepted_submission_asks_nothing_more_of_the_group() -> None:
    sent = letter("submission_accepted")
    assert sent.subject == "รับผลงานแล้ว LT63-0007 · Accepted: LT63-0007"
    assert "ไฟล์ของกลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง (เลขที่ LT63-0007) ครบถ้วนและใช้ได้ทั้งหมด" in sent.thai
    assert "ไม่ต้องทำอะไรเพิ่ม เราจะแจ้งผลให้ทราบ" in sent.thai
    assert "(LT63-0007) are good and are with the committee. You will be told the result." in sent.english
    assert sent.thai.splitlines()[-1] == sent.english.splitlines()[-1] == LINK
