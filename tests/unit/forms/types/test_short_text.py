"""One line of text."""

import pytest
from factories.questions import asked, read, refused

LINE = asked("short_text", max_length=10)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  กลุ่ม  ออม ", "กลุ่ม ออม"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("cafe\u0301", "café"),
        ("a\nb", "a b"),
        (7, "7"),
        (7.0, "7"),
        (1.5, "1.5"),
        ("🌾" * 10, "🌾" * 10),
    ],
)
def test_text_has_one_form(typed: object, stored: str) -> None:
    assert read(LINE, typed) == stored


@pytest.mark.parametrize("typed", ["", "  ", None, "\u200b"])
def test_blank_is_not_answered(typed: object) -> None:
    assert read(LINE, typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ก" * 11, "too_long"),
        (True, "not_text"),
        (float("nan"), "not_text"),
        ({"a": "b"}, "not_text"),
        ("a\0b", "broken_character"),
        ("a\ufffdb", "broken_character"),
        ("\ud800", "broken_character"),
    ],
)
def test_refused(typed: object, code: str) -> None:
    assert refused(LINE, typed) == code


def test_length_is_counted_after_spaces_are_run_together() -> None:
    assert read(LINE, "a" + " " * 50 + "b") == "a b"
