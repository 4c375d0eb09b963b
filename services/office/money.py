"""Amounts as the office's pages say them, in the programme's currency."""

from decimal import Decimal

from services.web.templates import baht
from shared.forms.types.money import BAHT
from shared.programmes.definition import Definition
from shared.text import Text

AMOUNT = Text("{amount} {currency}", "{amount} {currency}")


def money_text(amount: Decimal | str, definition: Definition) -> Text:
    """Return an amount as people read it: 90,000 บาท, without hundredths where there are none."""
    return AMOUNT.fill(amount=baht(amount), currency=currency_text(definition))


def currency_text(definition: Definition) -> Text:
    """Return the name of a programme's currency."""
    return BAHT if definition.currency == "THB" else Text(definition.currency, definition.currency)
