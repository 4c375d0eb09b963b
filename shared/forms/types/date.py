"""A day, kept as ISO 8601 in the common era; people type either era, see `shared.thai.days`."""

import datetime
from typing import Any

from shared.forms.questions import Date
from shared.forms.reading import Writing, by_reading, characters, no_gaps, wrong
from shared.text import Text
from shared.thai import days
from shared.thai.dates import ERA

WHY: dict[days.Why, Text] = {
    days.Why.UNREADABLE: Text("ต้องเป็นวันที่ เช่น 29/5/2563 หรือ 29 พ.ค. 2563", "must be a day, as 29/5/2020 or 29 May 2020"),
    days.Why.SHORT_YEAR: Text("โปรดพิมพ์ปีให้ครบสี่หลัก เช่น 2563", "please type all four figures of the year, as 2020"),
    days.Why.BEYOND: Text(
        "ปีต้องอยู่ระหว่าง พ.ศ. {first} ถึง {last} (ค.ศ. {first_common} ถึง {last_common}) โปรดตรวจสอบปี",
        "the year must be from {first_common} to {last_common} (B.E. {first} to {last}); please check it",
    ).fill(first=days.FIRST, last=days.LAST, first_common=days.FIRST - ERA, last_common=days.LAST - ERA),
    days.Why.IMPOSSIBLE: Text(
        "ไม่มีวันนี้ในปฏิทิน โปรดพิมพ์ วัน เดือน ปี ตามลำดับ", "the calendar has no such day; please type day, month and year in this order"
    ),
}
TOO_EARLY = Text("ต้องไม่ก่อน {day}", "must not be before {day}")
TOO_LATE = Text("ต้องไม่หลัง {day}", "must not be after {day}")

gaps = no_gaps


def field(question: Date) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: Date, typed: object) -> str:
    """Return the day as ISO text: 29/5/2563 → 2020-05-29."""
    try:
        day = _day(typed)
    except days.NoDay as error:
        raise wrong(f"day_{error.why}", WHY[error.why]) from None
    if question.not_before is not None and day < question.not_before:
        raise wrong("day_too_early", TOO_EARLY.fill(day=_read(question.not_before, Writing())))
    if question.not_after is not None and day > question.not_after:
        raise wrong("day_too_late", TOO_LATE.fill(day=_read(question.not_after, Writing())))
    return day.isoformat()


def shown(question: Date, stored: str, writing: Writing) -> Text:
    """Return the day with the name of its month, in the programme's era."""
    return _read(datetime.date.fromisoformat(stored), writing)


def _day(typed: object) -> datetime.date:
    if isinstance(typed, datetime.datetime):
        if typed.time() != datetime.time():
            raise days.NoDay(days.Why.UNREADABLE)
        typed = typed.date()
    if isinstance(typed, datetime.date):
        # A spreadsheet takes 2563 for a year of the common era and knows only the leap years of that.
        return days.day_of(typed.year, typed.month, typed.day)
    if not isinstance(typed, str):
        raise days.NoDay(days.Why.UNREADABLE)
    return days.read_day(characters(typed))


def _read(day: datetime.date, writing: Writing) -> Text:
    return Text(days.written(day, calendar=writing.calendar), days.written(day, "en"))
