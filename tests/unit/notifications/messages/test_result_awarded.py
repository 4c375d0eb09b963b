"""The message that a submission was awarded."""

import pytest
from factories.letters import LINK, letter


def test_awarded_group_learns_its_level_and_the_money() -> None:
    sent = letter("result_awarded", level_th="ระดับดีเด่น", level_en="Outstanding", amount="90000.00")
    assert sent.subject == "ได้รับคัดเลือกระดับดีเด่น LT63-0007 · Awarded (Outstanding): LT63-0007"
    assert sent.thai.splitlines()[2:4] == [
        "ขอแสดงความยินดี กลุ่มออมทรัพย์เพื่อการผลิตบ้านท่าทองหลาง ได้รับคัดเลือกระดับดีเด่น",
        "เงินสนับสนุน 90,000 บาท เจ้าหน้าที่จะติดต่อเรื่องขั้นตอนต่อไป",
    ]
    assert "was awarded the level Outstanding, with 90,000 baht." in sent.english
    assert sent.thai.splitlines()[-1] == sent.english.splitlines()[-1] == LINK


@pytest.mark.parametrize(("amount", "said"), [("50000", "50,000 บาท"), ("49999.50", "49,999.50 บาท"), ("1200000.00", "1,200,000 บาท")])
def test_money_is_written_to_the_satang_and_no_further(amount: str, said: str) -> None:
    assert f"เงินสนับสนุน {said}" in letter("result_awarded", level_th="ระดับดี", level_en="Good", amount=amount).thai
