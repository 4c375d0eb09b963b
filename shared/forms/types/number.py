"""A number, whole or with a fixed number of decimal places; kept as text with all of them, so that equal numbers are equal texts."""

from decimal import Decimal
from typing import Any

from shared.forms.amounts import grouped, read_amount
from shared.forms.questions import Number
from shared.forms.reading import Writing, by_reading, no_gaps
from shared.text import Text

gaps = no_gaps


def field(question: Number) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: Number, typed: object) -> str:
    """Return the number as text: 1,250.5 of two decimal places → 1250.50."""
    return f"{read_amount(typed, decimals=question.decimals, least=question.min, most=question.max):f}"


def shown(question: Number, stored: str, writing: Writing) -> Text:
    """Return the number with separators and its unit."""
    return with_unit(grouped(Decimal(stored)), question.unit)


def with_unit(number: str, unit: Text | None) -> Text:
    """Return a number and its unit."""
    return Text(f"{number} {unit.th}", f"{number} {unit.en}") if unit else Text(number, number)
