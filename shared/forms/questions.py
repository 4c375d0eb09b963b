"""The questions that a form asks besides files, one model a type."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from shared.forms.part import Exact, Key, Part, ProgrammeText, Words

MOST_OPTIONS = 300
MOST_COLUMNS = 30


class Option(Part):
    """One answer to choose; its key is what is stored, and is never used for another answer later."""

    key: Key
    label: ProgrammeText


class Asked(Part):
    """What every question has."""

    key: Key
    """Under which answers are stored."""
    label: ProgrammeText
    """The question."""
    hint: ProgrammeText | None = None
    """A sentence under it."""
    required: bool = True
    """Whether nothing can be submitted without an answer."""
    internal: bool = False
    """Only officers see it."""
    when: dict[Key, Words] | None = None
    """Asked only while these questions have one of these answers."""


class ShortText(Asked):
    """One line."""

    type: Literal["short_text"]
    max_length: int = Field(default=200, gt=0, le=1000)
    """Characters."""


class LongText(Asked):
    """Several paragraphs."""

    type: Literal["long_text"]
    max_length: int = Field(default=4000, gt=0, le=50_000)
    """Characters."""


class Number(Asked):
    """A number, whole or with a fixed number of decimal places."""

    type: Literal["number"]
    min: Exact | None = None
    max: Exact | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    unit: ProgrammeText | None = None


class Money(Asked):
    """An amount in the programme's currency, exact to its hundredth part."""

    type: Literal["money"]
    min: Exact = Decimal(0)
    max: Exact | None = None


class Date(Asked):
    """A day; people type the year of the Buddhist or of the common era."""

    type: Literal["date"]
    not_before: date | None = None
    not_after: date | None = None


class Choice(Asked):
    """One of several options."""

    type: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=1, max_length=MOST_OPTIONS)


class Several(Asked):
    """Any number of options."""

    type: Literal["several"]
    options: tuple[Option, ...] = Field(min_length=1, max_length=MOST_OPTIONS)
    min_choices: int = Field(default=0, ge=0)
    max_choices: int | None = Field(default=None, gt=0)


class Consent(Asked):
    """A yes; where it is required, only yes will do."""

    type: Literal["consent"]


class Place(Asked):
    """A province, amphoe or tambon by its official code."""

    type: Literal["place"]
    level: Literal["province", "amphoe", "tambon"] = "tambon"


class Telephone(Asked):
    """A telephone number."""

    type: Literal["telephone"]


class Email(Asked):
    """An e-mail address."""

    type: Literal["email"]


class Column(Part):
    """One column of a table."""

    key: Key
    label: ProgrammeText
    type: Literal["short_text", "number", "money", "date", "choice"]
    required: bool = True
    options: tuple[Option, ...] = Field(default=(), max_length=MOST_OPTIONS)
    """Of a choice."""
    decimals: int = Field(default=0, ge=0, le=6)
    """Of a number."""
    sum: bool = False
    """Whether the column has a sum under it; the server alone adds up."""


def _grant(written: object) -> str:
    return "grant" if isinstance(written, str) and written[:1].isalpha() else "amount"


AtMost = Annotated[Annotated[Literal["grant"], Tag("grant")] | Annotated[Exact, Tag("amount")], Discriminator(_grant)]


class Table(Asked):
    """Rows of typed columns: a budget, purchases."""

    type: Literal["table"]
    columns: tuple[Column, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    min_rows: int = Field(default=1, ge=0)
    max_rows: int = Field(default=50, gt=0, le=500)
    at_most: AtMost | None = None
    """The most that each sum of money may come to; `grant` is what was awarded."""


class Indicator(Asked):
    """A number before and after."""

    type: Literal["indicator"]
    decimals: int = Field(default=0, ge=0, le=6)
    unit: ProgrammeText | None = None


Question = Annotated[
    ShortText | LongText | Number | Money | Date | Choice | Several | Consent | Place | Telephone | Email | Table | Indicator,
    Field(discriminator="type"),
]
