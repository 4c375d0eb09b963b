"""Dates of the Buddhist era (C.E. + 543) and the time in Bangkok."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shared.thai.numerals import arabic_digits, thai_digits
from shared.thai.text import normalise

BANGKOK = ZoneInfo("Asia/Bangkok")
ERA = 543
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
FIRST_BUDDHIST_YEAR = 2400
"""A typed year from here on is one of the Buddhist era; before it, of the common era."""
_DAY_MONTH_YEAR = re.compile(r"(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+)(?P<month>\d{1,2}|[\u0e01-\u0e4e. ]+?)(?:\s*[/.-]\s*|\s+)(?P<year>\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def long_date(instant: datetime, language: str = "th") -> str:
    """Return the day in Bangkok: 29 พฤษภาคม 2563, or 29 May 2020."""
    local = instant.astimezone(BANGKOK)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year + ERA}" if language == "th" else f"{local.day} {local:%B %Y}"


def long_moment(instant: datetime, language: str = "th") -> str:
    """Return day and time in Bangkok: 29 พฤษภาคม 2563 14.05 น., or 29 May 2020, 14:05."""
    local = instant.astimezone(BANGKOK)
    return f"{long_date(instant)} {local:%H.%M} น." if language == "th" else f"{long_date(instant, 'en')}, {local:%H:%M}"


def short_date(instant: datetime) -> str:
    """Return the day in Bangkok as tables have it: 29 พ.ค. 2563."""
    local = instant.astimezone(BANGKOK)
    return f"{local.day} {SHORT_MONTHS[local.month - 1]} {local.year + ERA}"


def official_date(instant: datetime) -> str:
    """Return the day in Bangkok as official letters have it, in Thai digits and without พ.ศ.: ๒๙ พฤษภาคม ๒๕๖๓."""
    return thai_digits(long_date(instant))


def parse_date(text: str) -> date:
    """Read a day as people type it: 29 พฤษภาคม 2563, ๒๙ พ.ค. ๒๕๖๓, 29/5/2563, or 2020-05-29.

    A year from 2400 on is one of the Buddhist era. Raises ValueError.
    """
    plain = arabic_digits(normalise(text)).removeprefix("วันที่").replace("พ.ศ.", " ").replace("ค.ศ.", " ").strip()
    match = _DAY_MONTH_YEAR.fullmatch(plain)
    if match is not None:
        day, month, year = int(match["day"]), _month(match["month"]), int(match["year"])
    elif (iso := _ISO.fullmatch(plain)) is not None:
        year, month, day = (int(part) for part in iso.groups())
    else:
        raise ValueError(f"not a date: {text!r}")
    return date(year - ERA if year >= FIRST_BUDDHIST_YEAR else year, month, day)


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    bare = name.replace(".", "").replace(" ", "")
    for number, (long, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        if bare in (long, short.replace(".", "")):
            return number
    raise ValueError(f"not a month: {name!r}")
