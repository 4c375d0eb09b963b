"""Days as people type them: of the Buddhist or of the common era, in figures or with the name of the month."""

import re
from datetime import date
from enum import StrEnum

from shared.thai.dates import ERA, MONTHS
from shared.thai.numerals import arabic_digits
from shared.thai.text import normalise

FIRST, LAST = 2400, 2700
"""Years of the Buddhist era that are read; those of the common era are the same years, so that the two never meet."""

LONGEST = 100
"""Characters that a day may have, with all words around it."""

_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENDINGS = re.compile("(คม|ยน|พันธ์)$")
_NAMES: dict[str, int] = {"sept": 9}
for _number in range(12):
    for _name in (MONTHS[_number], _ENDINGS.sub("", MONTHS[_number]), _SHORT[_number], _ENGLISH[_number], _ENGLISH[_number][:3]):
        _NAMES[_name.replace(".", "").lower()] = _number + 1

_WORDS = re.compile("วันที่|เดือน|(?<![ก-๙])ปี")
_BUDDHIST = re.compile(r"พ\.? ?ศ\.?|(?<![a-z])b\.?e\.?(?![a-z])")
_COMMON = re.compile(r"ค\.? ?ศ\.?|(?<![a-z])(?:a\.?d|c\.?e)\.?(?![a-z])")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[t ]0?0:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([-/. ]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,6})")
_DAY_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .,/-]*([^0-9,/-]+?)[ .,/-]*([0-9]{1,6})")
_NAME_DAY = re.compile(r"([a-z]+)\.? ?([0-9]{1,2})(?:st|nd|rd|th)?(?: |, ?)([0-9]{1,6})")


class Why(StrEnum):
    """Why something is no day."""

    UNREADABLE = "unreadable"
    SHORT_YEAR = "short_year"
    """Of two figures: of which era is not known."""
    BEYOND = "beyond"
    """The year lies outside of what is read."""
    IMPOSSIBLE = "impossible"
    """The calendar has no such day."""


class NoDay(ValueError):
    """What was typed is no day."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


def read_day(typed: str) -> date:
    """Return the day: 29/5/2563, 29 พ.ค. 2563, ๒๙ พฤษภาคม ๒๕๖๓, 2020-05-29 and 29 May 2020 are one. Raises NoDay.

    A year from 2400 on is of the Buddhist era. The day is looked for in the calendar of the common era, which has the leap years of both.
    """
    text = arabic_digits(normalise(typed[:LONGEST])).lower()
    if len(typed) > LONGEST:
        raise NoDay(Why.UNREADABLE)
    buddhist, common = bool(_BUDDHIST.search(text)), bool(_COMMON.search(text))
    for words in (_WORDS, _BUDDHIST, _COMMON):
        text = words.sub(" ", text)
    year, month, day = _figures(" ".join(text.split()))
    if len(year) < 4:
        raise NoDay(Why.SHORT_YEAR)
    return day_of(int(year), month, day, buddhist=buddhist, common=common)


def day_of(year: int, month: int, day: int, *, buddhist: bool = False, common: bool = False) -> date:
    """Return the day of a year of either era; `buddhist` and `common` tell which era was named. Raises NoDay."""
    is_buddhist = year >= FIRST
    if year > LAST or year < FIRST - ERA or LAST - ERA < year < FIRST or (buddhist and not is_buddhist) or (common and is_buddhist):
        raise NoDay(Why.BEYOND)
    try:
        return date(year - ERA if is_buddhist else year, month, day)
    except ValueError:
        raise NoDay(Why.IMPOSSIBLE) from None


def written(day: date, language: str = "th", *, calendar: str = "buddhist") -> str:
    """Return a day for people: 29 พฤษภาคม 2563, or of the common era 29 พฤษภาคม 2020; in English always 29 May 2020."""
    if language == "en":
        return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + ERA if calendar == 'buddhist' else day.year}"


def _figures(text: str) -> tuple[str, int, int]:
    """Return year as written, month and day."""
    if match := _YEAR_FIRST.fullmatch(text):
        return match[1], int(match[3]), int(match[4])
    if match := _DAY_FIRST.fullmatch(text):
        return match[4], int(match[3]), int(match[1])
    if match := _DAY_NAME.fullmatch(text):
        day, name, year = match.groups()
    elif match := _NAME_DAY.fullmatch(text):
        name, day, year = match.groups()
    else:
        raise NoDay(Why.UNREADABLE)
    month = _NAMES.get(name.replace(".", "").replace(" ", ""))
    if month is None:
        raise NoDay(Why.UNREADABLE)
    return year, month, int(day)
