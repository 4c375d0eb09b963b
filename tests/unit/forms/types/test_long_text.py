"""Several paragraphs."""

import pytest
from factories.questions import asked, read, refused

TEXT = asked("long_text", max_length=20)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("one\r\n\r\n  two  three \n", "one\n\n  two  three"),
        ("\n\nเเม่", "แม่"),
        ("mac\rline", "mac\nline"),
        ("ทำ\u200bได้", "ทำได้"),
    ],
)
def test_lines_stay_lines(typed: str, stored: str) -> None:
    assert read(TEXT, typed) == stored


def test_an_end_of_line_is_one_character() -> None:
    assert read(TEXT, "a\r\n" * 9 + "ab") is not None
    assert refused(TEXT, "a\r\n" * 9 + "abc") == "too_long"


def test_nothing_but_lines_is_not_answered() -> None:
    assert read(TEXT, "\r\n \r\n") is None
