"""Dates of the Buddhist era (C.E. + 543) and the time in Bangkok."""

from datetime import datetime
from zoneinfo import ZoneInfo

from shared.thai.numerals import thai_digits

BANGKOK = ZoneInfo("Asia/Bangkok")
ERA = 543
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


def long_date(instant: datetime, language: str = "th") -> str:
    """Return the day in Bangkok: 29 พฤษภาคม 2563, or 29 May 2020."""
    local = instant.astimezone(BANGKOK)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year + ERA}" if language == "th" else f"{local.day} {local:%B %Y}"


def long_moment(instant: datetime, language: str = "th") -> str:
    """Return day and time in Bangkok: 29 พฤษภาคม 2563 14.05 น., or 29 May 2020, 14:05."""
    local = instant.astimezone(BANGKOK)
    return f"{long_date(instant)} {local:%H.%M} น." if language == "th" else f"{long_date(instant, 'en')}, {local:%H:%M}"


def official_date(instant: datetime) -> str:
    """Return the day in Bangkok as official letters have it, in Thai digits and without พ.ศ.: ๒๙ พฤษภาคม ๒๕๖๓."""
    return thai_digits(long_date(instant))
