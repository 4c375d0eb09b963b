"""Dates of the Buddhist era."""

from datetime import UTC, date, datetime

import pytest
from pythainlp.util import thai_strftime

from shared.thai.dates import BANGKOK, long_date, long_moment, official_date, parse_date, short_date

EVENING = datetime(2020, 5, 28, 18, 5, tzinfo=UTC)
"""Already the 29th in Bangkok."""


def test_dates_are_days_in_bangkok() -> None:
    assert long_date(EVENING) == "29 พฤษภาคม 2563"
    assert short_date(EVENING) == "29 พ.ค. 2563"
    assert official_date(EVENING) == "๒๙ พฤษภาคม ๒๕๖๓"
    assert long_moment(EVENING) == "29 พฤษภาคม 2563 01.05 น."


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_agree_with_pythainlp(month: int) -> None:
    day = datetime(2026, month, 9, 12, tzinfo=BANGKOK)
    assert long_date(day) == thai_strftime(day, "%-d %B %Y")
    assert short_date(day) == thai_strftime(day, "%-d %b %Y")
    assert parse_date(long_date(day)) == parse_date(short_date(day)) == parse_date(official_date(day)) == day.date()


@pytest.mark.parametrize(
    "text", ["29 พฤษภาคม 2563", "๒๙ พ.ค. ๒๕๖๓", "29/5/2563", "29-05-2020", "2020-05-29", " วันที่ 29 พฤษภาคม พ.ศ. 2563 ", "29 พค 2563"]
)
def test_parse_date(text: str) -> None:
    assert parse_date(text) == date(2020, 5, 29)


@pytest.mark.parametrize("text", ["", "พรุ่งนี้", "31/2/2563", "29 มะม่วง 2563", "29/5/63", "5/29/2563"])
def test_parse_date_of_what_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the message is ours or the calendar's
        parse_date(text)
