"""An amount of money, exact to its hundredth part; kept as text with two decimal places, never a float."""

from decimal import Decimal
from typing import Any

from shared.forms.amounts import grouped, read_amount
from shared.forms.questions import Money
from shared.forms.reading import Writing, by_reading, no_gaps
from shared.forms.types.number import with_unit
from shared.text import Text

DECIMALS = 2
BAHT = Text("บาท", "baht")

gaps = no_gaps


def field(question: Money) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: Money, typed: object) -> str:
    """Return the amount as text: 90,000 → 90000.00. A third decimal place is refused, not rounded."""
    return f"{read_amount(typed, decimals=DECIMALS, least=question.min, most=question.max):f}"


def shown(question: Money, stored: str, writing: Writing) -> Text:
    """Return the amount with separators and the currency."""
    return amount(Decimal(stored), writing)


def amount(money: Decimal, writing: Writing) -> Text:
    """Return an amount as people read it: 90,000.00 บาท."""
    if writing.currency is None:
        return with_unit(grouped(money), None)
    return with_unit(grouped(money), BAHT if writing.currency == "THB" else Text(writing.currency, writing.currency))
