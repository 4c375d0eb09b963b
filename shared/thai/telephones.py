"""Telephone numbers as people type them, in one form: +66812345678, with an extension +6621234567;ext=12 (RFC 3966)."""

import re

from shared.thai.numerals import arabic_digits
from shared.thai.text import normalise

_LABEL = re.compile(r"^(โทรศัพท์|โทร|มือถือ|telephone|mobile|phone|tel)[.: ]*")
_EXTENSION = re.compile(r"^(.*?)[ ,]*(?:;ext=|ต่อ|กด|extension|ext\.?|#|x) ?([0-9]{1,6})$")
_NUMBER = re.compile(r"\+?[0-9(][0-9 ().‐-―-]*")
_MARKS = re.compile(r"[ ().‐-―-]")
_THAI = re.compile(r"0(?:[689][0-9]{8}|[2-57][0-9]{7})")
"""National Thai numbers: mobiles begin with 06, 08, 09 and have ten digits, others have nine. Source: NBTC numbering plan."""
_ABROAD = re.compile(r"[1-9][0-9]{6,14}")
"""Country code and number. Source: ITU-T E.164."""
COUNTRY = "66"
LONGEST = 80
"""Characters that a number may have, with all words around it."""


def read_telephone(typed: str) -> str | None:
    """Return a number in its one form, None for what is no telephone number: 081-234 5678, +66 (0)81 234 5678, ๐๒ ๑๒๓ ๔๕๖๗ ต่อ ๑๒."""
    if len(typed) > LONGEST:
        return None
    text = _LABEL.sub("", arabic_digits(normalise(typed)).lower())
    extension = ""
    if match := _EXTENSION.fullmatch(text):
        text, extension = match[1], f";ext={match[2]}"
    if not _NUMBER.fullmatch(text):
        return None
    number = _international(_MARKS.sub("", text))
    return None if number is None else f"+{number}{extension}"


def written(stored: str) -> tuple[str, str]:
    """Return the number as Thai people write it and its extension or nothing: 081 234 5678; +81 3 is +813."""
    number, _, extension = stored.partition(";ext=")
    if number.startswith(f"+{COUNTRY}"):
        national = "0" + number.removeprefix(f"+{COUNTRY}")
        first = 2 if national.startswith("02") else 3
        number = f"{national[:first]} {national[first : first + 3]} {national[first + 3 :]}"
    return number, extension


def _international(digits: str) -> str | None:
    """Return country code and number, without the plus."""
    abroad = digits.startswith(("+", "00"))
    digits = digits.removeprefix("+") if digits.startswith("+") else digits.removeprefix("00") if abroad else digits
    if digits.startswith(COUNTRY) and (abroad or len(digits) >= 10):
        national = "0" + digits.removeprefix(COUNTRY).removeprefix("0")
    elif abroad:
        return digits if _ABROAD.fullmatch(digits) else None
    else:
        national = digits
    return COUNTRY + national[1:] if _THAI.fullmatch(national) else None
