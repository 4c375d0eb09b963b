"""The message with a link to sign in."""

import re

from factories.letters import LINK, letter

from shared.people.operations import SIGN_IN_TERM


def test_sign_in_link_says_how_long_it_holds() -> None:
    sent = letter("sign_in_link")
    assert sent.subject == "ลิงก์เข้าสู่ระบบออมทรัพย์ · Your link to sign in to Omsap"
    assert sent.thai.splitlines()[2:] == ["กดลิงก์นี้เพื่อเข้าสู่ระบบ ใช้ได้ครั้งเดียวภายใน 15 นาที:", LINK, "", "ถ้าท่านไม่ได้ขอ ไม่ต้องทำอะไร"]
    assert sent.english.splitlines()[2:4] == ["this link signs you in, once, within 15 minutes:", LINK]


def test_promised_minutes_are_those_the_link_holds() -> None:
    sent = letter("sign_in_link")
    assert re.findall(r"(\d+) (?:นาที|minutes)", sent.thai + sent.english) == [f"{SIGN_IN_TERM.total_seconds() / 60:g}"] * 2
