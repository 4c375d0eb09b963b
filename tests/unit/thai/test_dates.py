"""Dates of the Buddhist era."""

from datetime import UTC, datetime

import pytest
from pythainlp.util import thai_strftime

from shared.thai.dates import BANGKOK, long_date, long_moment, official_date

EVENING = datetime(2020, 5, 28, 18, 5, tzinfo=UTC)
"""Already the 29th in Bangkok."""


def test_dates_are_days_in_bangkok() -> None:
    assert long_date(EVENING) == "29 พฤษภาคม 2563"
    assert official_date(EVENING) == "๒๙ พฤษภาคม ๒๕๖๓"
    assert long_moment(EVENING) == "29 พฤษภาคม 2563 01.05 น."


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_agree_with_pythainlp(month: int) -> None:
    day = datetime(2026, month, 9, 12, tzinfo=BANGKOK)
    assert long_date(day) == thai_strftime(day, "%-d %B %Y")
