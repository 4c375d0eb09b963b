"""E-mail addresses."""

import pytest
from factories.questions import asked, read, refused

EMAIL = asked("email")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [(" Group@Example.ORG ", "group@example.org"), ("กลุ่ม@ตัวอย่าง.ไทย", "กลุ่ม@ตัวอย่าง.ไทย"), ("a+b@c-d.co.th", "a+b@c-d.co.th")],
)
def test_stored_in_small_letters(typed: str, stored: str) -> None:
    assert read(EMAIL, typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "a@b",
        "a b@c.org",
        "a@b.org, c@d.org",
        "Group <a@b.org>",
        "@b.org",
        "a@b..org",
        "a@.org",
        "a" * 250 + "@b.org",
        "a@" + "b." * 5000,
        5,
    ],
)
def test_refused(typed: object) -> None:
    assert refused(EMAIL, typed) == "not_an_email"
