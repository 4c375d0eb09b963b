"""Refusals speak both languages and have a stable code."""

from shared.errors import Conflict


class DeadlinePassed(Conflict):
    th = "หมดเขตเมื่อ {deadline}"
    en = "The deadline was {deadline}."


def test_code_comes_from_the_class_name() -> None:
    assert DeadlinePassed(deadline="29 May").code == "deadline_passed"


def test_detail_in_each_language_names_the_facts() -> None:
    refusal = DeadlinePassed(deadline="29 May")
    assert refusal.detail("th") == "หมดเขตเมื่อ 29 May"
    assert refusal.detail("en") == "The deadline was 29 May."
