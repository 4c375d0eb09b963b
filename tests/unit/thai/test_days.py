"""Days as people type them (G1, G2, and dates that were read 543 years too late)."""

from datetime import date, timedelta

import pytest

from shared.thai.days import NoDay, Why, day_of, read_day, written

TWENTY_NINTH = date(2020, 5, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "29/5/2563",
        "29-05-2563",
        "29.5.2020",
        "29 5 2563",
        "29 / 5 / 2563",
        "๒๙/๕/๒๕๖๓",
        "2020-05-29",
        "2563-05-29",
        "2020/5/29",
        "2020-05-29T00:00:00",
        "2020-05-29 00:00:00",
        "29 พ.ค. 2563",
        "29 พค 2563",
        "29พ.ค.2563",
        "29 พฤษภาคม ๒๕๖๓",
        "29 พฤษภา 2563",
        "วันที่ 29 เดือนพฤษภาคม พ.ศ. 2563",
        "29 พฤษภาคม พ.ศ.๒๕๖๓",
        "29 พฤษภาคม ค.ศ. 2020",
        "29 May 2020",
        "29 MAY, 2020",
        "29th May 2020",
        "May 29, 2020",
        "29-May-2563 BE",
        "29 May 2020 C.E.",
    ],
)
def test_ways_to_write_one_day(typed: str) -> None:
    assert read_day(typed) == TWENTY_NINTH


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("29/2/2566", Why.IMPOSSIBLE),
        ("31/4/2563", Why.IMPOSSIBLE),
        ("5/29/2020", Why.IMPOSSIBLE),
        ("0/5/2563", Why.IMPOSSIBLE),
        ("29/5/63", Why.SHORT_YEAR),
        ("29 พ.ค. 63", Why.SHORT_YEAR),
        ("29/5/563", Why.SHORT_YEAR),
        ("1/1/2701", Why.BEYOND),
        ("1/1/3104", Why.BEYOND),
        ("1/1/25630", Why.BEYOND),
        ("1/1/1856", Why.BEYOND),
        ("1/1/2200", Why.BEYOND),
        ("1 มกราคม พ.ศ. 2020", Why.BEYOND),
        ("1 มกราคม ค.ศ. 2563", Why.BEYOND),
        ("", Why.UNREADABLE),
        ("29/พ.ค.", Why.UNREADABLE),
        ("29 Mai 2020", Why.UNREADABLE),
        ("29/5-2563", Why.UNREADABLE),
        ("2020-05-29T13:00:00", Why.UNREADABLE),
        ("1" * 100_000, Why.UNREADABLE),
        ("29 " + "." * 90 + "x", Why.UNREADABLE),
    ],
)
def test_what_is_no_day_says_why(typed: str, why: Why) -> None:
    with pytest.raises(NoDay) as refused:
        read_day(typed)
    assert refused.value.why is why


def test_leap_days_of_both_eras() -> None:
    assert read_day("29/2/2567") == read_day("29 February 2024") == date(2024, 2, 29)
    assert read_day("29/2/2543") == date(2000, 2, 29)
    with pytest.raises(NoDay):
        day_of(2443, 2, 29)  # 1900 is no leap year


def test_every_day_of_four_years_reads_as_it_is_written() -> None:
    for number in range(4 * 366):
        day = date(2019, 12, 30) + timedelta(days=number)
        texts = [
            written(day),
            written(day, calendar="gregorian"),
            written(day, "en"),
            f"{day.day}/{day.month}/{day.year + 543}",
            day.isoformat(),
        ]
        assert {read_day(text) for text in texts} == {day}


def test_the_eras_do_not_meet() -> None:
    assert read_day("1/1/2400") == date(1857, 1, 1) == read_day("1857-01-01")
    assert read_day("31/12/2700") == date(2157, 12, 31) == read_day("2157-12-31")
