"""Telephone numbers in one form (G7)."""

import pytest

from shared.thai.telephones import read_telephone, written


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0612345678", "+66612345678"),
        ("081-234-5678", "+66812345678"),
        ("09 1234 5678", "+66912345678"),
        ("(02) 123 4567", "+6621234567"),
        ("0-2123-4567", "+6621234567"),
        ("054 123456", "+6654123456"),
        ("๐๘๑ ๒๓๔ ๕๖๗๘", "+66812345678"),
        ("+66812345678", "+66812345678"),
        ("+66 0812345678", "+66812345678"),
        ("+66 (0)81 234 5678", "+66812345678"),
        ("0066 81 234 5678", "+66812345678"),
        ("66812345678", "+66812345678"),
        ("6621234567", "+6621234567"),
        ("โทร.081 234 5678", "+66812345678"),
        ("Tel: 02 123 4567 ext 89", "+6621234567;ext=89"),
        ("02-123-4567#3", "+6621234567;ext=3"),
        ("02-123-4567 กด 3", "+6621234567;ext=3"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+81 3-1234-5678 x12", "+81312345678;ext=12"),
    ],
)
def test_one_form(typed: str, stored: str) -> None:
    assert read_telephone(typed) == stored
    assert read_telephone(stored) == stored
    number, extension = written(stored)
    assert read_telephone(f"{number} ต่อ {extension}" if extension else number) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "1669",
        "812345678",
        "0112345678",
        "08123456789",
        "021234567890",
        "+66112345678",
        "+0812345678",
        "+123",
        "081 234 5678, 02 123 4567",
        "02-123-4567-8",
        "x12",
        "ติดต่อพี่แดง",
    ],
)
def test_no_number(typed: str) -> None:
    assert read_telephone(typed) is None


@pytest.mark.parametrize(
    ("stored", "number"),
    [("+66812345678", "081 234 5678"), ("+6621234567", "02 123 4567"), ("+6654123456", "054 123 456"), ("+442079460958", "+442079460958")],
)
def test_written_as_people_do(stored: str, number: str) -> None:
    assert written(stored) == (number, "")


def test_a_long_text_costs_nothing() -> None:
    assert read_telephone("0 ," * 100_000) is None
