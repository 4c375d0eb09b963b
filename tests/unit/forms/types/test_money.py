"""Amounts of money: exact to the satang (G5)."""

from decimal import Decimal

import pytest
from factories.questions import asked, read, refused

from shared.forms.reading import Writing
from shared.forms.showing import shown

MONEY = asked("money", max=90000)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("90,000", "90000.00"),
        ("๙๐,๐๐๐.๐๐", "90000.00"),
        ("90,000.-", "90000.00"),
        ("0.01", "0.01"),
        (1234.5, "1234.50"),
        (Decimal("0.10"), "0.10"),
        (5, "5.00"),
    ],
)
def test_stored_as_text_with_two_decimal_places(typed: object, stored: str) -> None:
    assert read(MONEY, typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.005", "too_many_decimals"),
        (1.005, "too_many_decimals"),
        ("-1", "below_least"),
        ("90000.01", "above_most"),
        ("500 บาท", "not_a_number"),
        ("$5", "not_a_number"),
    ],
)
def test_refused_and_never_rounded(typed: object, code: str) -> None:
    assert refused(MONEY, typed) == code


def test_shown_with_the_currency() -> None:
    assert shown(MONEY, "1234.50", Writing(currency="THB")).th == "1,234.50 บาท"
    assert shown(MONEY, "1234.50", Writing(currency="EUR")).en == "1,234.50 EUR"
    assert shown(MONEY, "1234.50").en == "1,234.50"
