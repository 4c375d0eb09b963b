"""Numbers."""

from decimal import Decimal
from typing import Any

import pytest
from factories.questions import asked, read, refused

from shared.forms.showing import shown

COUNT = asked("number", min=0, max=5000)
RAI = asked("number", decimals=2, unit={"th": "ไร่", "en": "rai"})


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1,250", "1250"),
        ("1 250", "1250"),
        ("๑,๒๕๐", "1250"),
        (12, "12"),
        (12.0, "12"),
        (Decimal(12), "12"),
        ("007", "7"),
        ("12.0", "12"),
        ("-0", "0"),
    ],
)
def test_whole_numbers(typed: object, stored: str) -> None:
    assert read(COUNT, typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"), [("1.5", "1.50"), (".5", "0.50"), (1.1, "1.10"), ("-2", "-2.00"), ("−2", "-2.00"), (1e3, "1000.00")]
)
def test_decimal_places_are_all_kept(typed: object, stored: str) -> None:
    assert read(RAI, typed) == stored


@pytest.mark.parametrize(
    ("question", "typed", "code"),
    [
        (COUNT, "1.5", "too_many_decimals"),
        (RAI, "1.005", "too_many_decimals"),
        (RAI, 1.005, "too_many_decimals"),
        (COUNT, "-1", "below_least"),
        (COUNT, "5,001", "above_most"),
        (COUNT, "1,25", "not_a_number"),
        (COUNT, "12,34,567", "not_a_number"),
        (COUNT, "1e3", "not_a_number"),
        (COUNT, "สิบ", "not_a_number"),
        (COUNT, "٣", "not_a_number"),
        (COUNT, "²", "not_a_number"),
        (COUNT, "-", "not_a_number"),
        (COUNT, True, "not_a_number"),
        (COUNT, float("nan"), "not_a_number"),
        (COUNT, float("inf"), "not_a_number"),
        (COUNT, "9" * 400, "number_too_long"),
        (COUNT, 1e300, "number_too_long"),
        (COUNT, [1], "not_a_number"),
    ],
)
def test_refused(question: Any, typed: object, code: str) -> None:
    assert refused(question, typed) == code


def test_shown_with_separators_and_unit() -> None:
    assert shown(RAI, "12345.50").th == "12,345.50 ไร่"
    assert shown(RAI, "12345.50").en == "12,345.50 rai"
