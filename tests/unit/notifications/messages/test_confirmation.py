"""The message that asks a group to confirm what an officer prepared."""

import re

from factories.letters import LINK, letter

from shared.people.codes import TERMS
from shared.people.models import CodePurpose

FACTS = {"helped_by": "นายช่วย ดีจริง", "code": "123 456", "closes": "2020-05-29T16:59:59+00:00"}


def test_confirmation_says_who_helped_and_both_ways_to_say_yes() -> None:
    sent = letter("confirmation", **FACTS)
    assert sent.subject == "โปรดยืนยันการส่งผลงาน LT63-0007 · Please confirm: LT63-0007"
    for text in (sent.thai, sent.english):
        assert "นายช่วย ดีจริง" in text
        assert LINK in text.splitlines()
        assert "123 456" in text.splitlines()
    assert "กลุ่มต้องยืนยันก่อน 29 พฤษภาคม 2563" in sent.thai


def test_promised_hours_are_those_the_code_holds() -> None:
    sent = letter("confirmation", **FACTS)
    assert re.findall(r"(\d+) (?:ชั่วโมง|hours)", sent.thai + sent.english) == [f"{TERMS[CodePurpose.CONFIRM].total_seconds() / 3600:g}"] * 2
