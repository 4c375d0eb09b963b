"""Numbers as people type them, exact: Thai or Arabic digits, thousands with commas or spaces, never rounded."""

import re
from decimal import Decimal

from shared.forms.reading import line, wrong
from shared.text import Text
from shared.thai.numerals import arabic_digits

MOST_DIGITS = 15
"""Before the point."""
_WRITTEN = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:[ ,][0-9]{3})+)?(?:\.[0-9]+)?")

NO_NUMBER = Text("ต้องเป็นตัวเลขเท่านั้น เช่น 1,250.50", "must be a number only, as 1,250.50")
NO_DECIMALS = Text("ต้องเป็นจำนวนเต็ม ไม่มีทศนิยม", "must be a whole number")
DECIMALS = Text("มีทศนิยมได้ไม่เกิน {most} ตำแหน่ง", "may have at most {most} decimal places")
TOO_LARGE = Text("ตัวเลขยาวเกินไป โปรดตรวจสอบ", "the number is too long; please check it")
BELOW = Text("ต้องไม่น้อยกว่า {least}", "must be at least {least}")
ABOVE = Text("ต้องไม่เกิน {most}", "must be at most {most}")


def read_amount(typed: object, *, decimals: int, least: Decimal | None = None, most: Decimal | None = None) -> Decimal:
    """Return the number with its decimal places. Raises the refusal of what is none, has more places, or lies beyond the limits."""
    number = _exact(typed)
    exact = number.quantize(Decimal(1).scaleb(-decimals)) if abs(number) < 10**MOST_DIGITS else number
    if abs(number) >= 10**MOST_DIGITS:
        raise wrong("number_too_long", TOO_LARGE)
    if exact != number:
        raise wrong("too_many_decimals", DECIMALS.fill(most=decimals) if decimals else NO_DECIMALS)
    if least is not None and number < least:
        raise wrong("below_least", BELOW.fill(least=grouped(least)))
    if most is not None and number > most:
        raise wrong("above_most", ABOVE.fill(most=grouped(most)))
    return exact + 0  # -0 is 0


def grouped(number: Decimal) -> str:
    """Return a number as people read it: 1,250.50."""
    return f"{number:,f}"


def _exact(typed: object) -> Decimal:
    if isinstance(typed, Decimal | float | int) and not isinstance(typed, bool):
        # The shortest text of a float is what a cell or a program's file showed: 1234.5 of a spreadsheet is 1234.5.
        number = Decimal(repr(typed)) if isinstance(typed, float) else Decimal(typed)
        if not number.is_finite():
            raise wrong("not_a_number", NO_NUMBER)
        return number
    if isinstance(typed, bool) or not isinstance(typed, str):
        raise wrong("not_a_number", NO_NUMBER)
    text = arabic_digits(line(typed)).replace("−", "-").removesuffix(".-").strip()
    if not _WRITTEN.fullmatch(text) or not any(character.isdigit() for character in text):
        raise wrong("not_a_number", NO_NUMBER)
    return Decimal(text.replace(",", "").replace(" ", ""))
