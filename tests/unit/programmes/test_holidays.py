"""A list of holidays → its days, or every error with its line."""

from datetime import date
from pathlib import Path

import pytest

from shared.programmes.holidays import LARGEST, HolidayRow, HolidaysInvalid, HolidaysTooMany, read

SHIPPED = Path(__file__).parents[3] / "deploy/demo/holidays-2563.csv"


def errors(content: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(HolidaysInvalid) as caught:
        read(content.encode() if isinstance(content, str) else content)
    return [(error["line"], error["path"], error["en"]) for error in caught.value.facts["errors"]]


def test_holidays_of_public_offices_of_2563_are_shipped_with_their_source() -> None:
    days = [row.day for row in read(SHIPPED.read_bytes())]
    assert len(days) == 22
    assert all(day.year == 2020 and day.weekday() < 5 for day in days)
    assert date(2020, 4, 13) not in days  # Songkran was put off
    assert {date(2020, 7, 27), date(2020, 9, 4), date(2020, 9, 7)} <= set(days)
    assert "Cabinet" in SHIPPED.read_text(encoding="utf-8").splitlines()[0]


def test_days_of_either_era_are_read_and_sorted_and_a_missing_name_is_the_other() -> None:
    content = '\ufeff# from somewhere\nname_en,date,name_th\n,๑๓/๔/๒๕๖๓,สงกรานต์\n"Labour, Day",2020-05-01,\nChakri,6 เม.ย. 2563,วันจักรี\n'
    assert read(content.encode()) == [
        HolidayRow(date(2020, 4, 6), "วันจักรี", "Chakri"),
        HolidayRow(date(2020, 4, 13), "สงกรานต์", "สงกรานต์"),
        HolidayRow(date(2020, 5, 1), "Labour, Day", "Labour, Day"),
    ]


def test_every_error_is_told_with_its_line() -> None:
    content = f"date,name_th\n2020-02-30,ก\n,ข\n2020-04-06,\n6/4/2563,ค\n2020-04-06,ง\n2020-04-07,{'ก' * 201}\n"
    assert errors(content) == [
        (2, "date", "2020-02-30 is no day; write it as 2020-04-06 or 6/4/2563"),
        (3, "date", "– is no day; write it as 2020-04-06 or 6/4/2563"),
        (4, "name_th", "needs the holiday's name (name_th or name_en)"),
        (6, "date", "2020-04-06 stands in line 5 already"),
        (7, "name_th", "the name is longer than 200 characters"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "no holiday"),
        (b"# only a word\n", 1, "no holiday"),
        (b"date,name_th\n", 1, "no holiday"),
        (b"\n2020-04-06,x\n", 2, "needs the columns date, name_th, name_en"),
        (b"date,name_th\n2020-04-06,\xff\n", 2, "UTF-8"),
    ],
)
def test_file_that_is_no_list_is_refused_in_words(content: bytes, line: int, words: str) -> None:
    first = errors(content)[0]
    assert first[0] == line
    assert words in first[2]


def test_list_that_is_too_large_is_refused() -> None:
    with pytest.raises(HolidaysTooMany):
        read(b"a" * (LARGEST + 1))
    with pytest.raises(HolidaysTooMany):
        read(b"date,name_th\n" + b"2020-04-06,x\n" * 5001)
