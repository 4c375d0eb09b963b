"""Days in both eras (G1, G2)."""

from datetime import date, datetime

import pytest
from factories.questions import asked, read, refused

from shared.forms.reading import Writing
from shared.forms.showing import shown

DAY = asked("date")
IN_2020 = asked("date", not_before="2020-01-01", not_after="2020-12-31")


@pytest.mark.parametrize(
    "typed",
    [
        "29/5/2563",
        "29 พ.ค. 2563",
        "29 พฤษภาคม ๒๕๖๓",
        "2020-05-29",
        "29 May 2020",
        date(2020, 5, 29),
        date(2563, 5, 29),
        datetime.fromisoformat("2020-05-29"),
    ],
)
def test_stored_as_iso_of_the_common_era(typed: object) -> None:
    assert read(DAY, typed) == "2020-05-29"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("29/2/2566", "day_impossible"),
        ("29/5/63", "day_short_year"),
        ("1/1/3104", "day_beyond"),
        ("yesterday", "day_unreadable"),
        (43980, "day_unreadable"),
        (datetime.fromisoformat("2020-05-29T13:00"), "day_unreadable"),
        (date(2564, 2, 29), "day_impossible"),
    ],
)
def test_refused(typed: object, code: str) -> None:
    assert refused(DAY, typed) == code


def test_limits() -> None:
    assert read(IN_2020, "31/12/2563") == "2020-12-31"
    assert refused(IN_2020, "1/1/2564") == "day_too_late"
    assert refused(IN_2020, "31/12/2562") == "day_too_early"


def test_leap_days_are_those_of_the_common_era() -> None:
    assert read(DAY, "29/2/2567") == "2024-02-29"


@pytest.mark.parametrize("calendar", ["buddhist", "gregorian"])
@pytest.mark.parametrize("first", ["29/2/2567", "31 ธันวาคม 2699", "1857-01-01", "2157-12-31", "29 May 2020"])
def test_writing_and_reading_ten_times_changes_nothing(calendar: str, first: str) -> None:
    writing = Writing(calendar="buddhist" if calendar == "buddhist" else "gregorian")
    stored = read(DAY, first)
    again = stored
    for turn in range(10):
        words = shown(DAY, again, writing)
        again = read(DAY, words.th if turn % 2 else words.en)
    assert again == stored
