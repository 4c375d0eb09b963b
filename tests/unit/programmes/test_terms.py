"""When a stage begins and ends for one submission."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from shared.programmes.stages import Term, When
from shared.programmes.terms import begins, ends

BANGKOK = ZoneInfo("Asia/Bangkok")
SONGKRAN = frozenset({date(2020, 4, 6), date(2020, 4, 13), date(2020, 4, 14), date(2020, 4, 15)})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "since", "end"),
    [
        (at("2020-05-29T16:30:00+07:00"), "2020-05-01T09:00:00+07:00", "2020-05-29T16:30:00+07:00"),
        (date(2020, 5, 29), "2020-05-01T09:00:00+07:00", "2020-05-29T23:59:59+07:00"),
        (date(2020, 5, 30), "2020-05-01T09:00:00+07:00", "2020-05-30T23:59:59+07:00"),  # a Saturday that was named stays
        (Term(days=1), "2020-05-11T00:00:00+07:00", "2020-05-12T23:59:59+07:00"),  # the first day is not counted
        (Term(days=1), "2020-05-11T23:59:59+07:00", "2020-05-12T23:59:59+07:00"),
        (Term(days=5), "2020-05-11T09:00:00+07:00", "2020-05-18T23:59:59+07:00"),  # Saturday → Monday
        (Term(days=6), "2020-05-11T09:00:00+07:00", "2020-05-18T23:59:59+07:00"),  # Sunday → Monday
        (Term(days=3), "2020-04-10T09:00:00+07:00", "2020-04-16T23:59:59+07:00"),  # three holidays in a row
        (Term(days=1), "2020-04-03T09:00:00+07:00", "2020-04-07T23:59:59+07:00"),  # Saturday, Sunday, then a holiday on Monday
        (Term(days=7), "2020-04-08T09:00:00+07:00", "2020-04-16T23:59:59+07:00"),  # a holiday within counts, one at the end does not
        (Term(days=0), "2020-05-11T09:00:00+07:00", "2020-05-11T23:59:59+07:00"),
        (Term(days=1), "2020-05-11T18:00:00+00:00", "2020-05-13T23:59:59+07:00"),  # it is the 12th already in the zone
    ],
)
def test_end_of_a_term_is_a_working_day_and_that_of_a_day_its_own(when: When, since: str, end: str) -> None:
    assert ends(when, since=at(since), zone=BANGKOK, holidays=SONGKRAN) == at(end)


@pytest.mark.parametrize(
    ("when", "begin"),
    [
        (at("2020-05-29T16:30:00+07:00"), "2020-05-29T16:30:00+07:00"),
        (date(2020, 5, 29), "2020-05-29T00:00:00+07:00"),
        (Term(days=5), "2020-05-16T00:00:00+07:00"),
    ],
)
def test_beginning_is_the_first_instant_of_a_day_and_is_not_moved(when: When, begin: str) -> None:
    assert begins(when, since=datetime(2020, 5, 11, 3, tzinfo=UTC), zone=BANGKOK) == at(begin)
