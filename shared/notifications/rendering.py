"""A message as it is sent: its texts filled in, in both languages, and the files that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from jinja2 import Environment, StrictUndefined

from shared.text import Text
from shared.thai import dates


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message where the channel can carry one."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as every channel gets it: plain text, an address of a page on a line of its own."""

    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


def render(subject: Text, body: Text, facts: Mapping[str, Any]) -> Rendered:
    """Fill in Jinja templates; Thai comes first, English below. Raises jinja2.UndefinedError when a fact is missing."""
    return Rendered(
        subject=f"{_fill(subject.th, facts)} · {_fill(subject.en, facts)}",
        text=f"{_fill(body.th, facts)}\n\n— — —\n\n{_fill(body.en, facts)}\n",
    )


def _fill(template: str, facts: Mapping[str, Any]) -> str:
    return _environment.from_string(template.strip()).render(facts)


def _baht(amount: str) -> str:
    value = Decimal(amount)
    return f"{value:,.0f}" if value == value.to_integral() else f"{value:,.2f}"


_environment = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # plain text
_environment.filters.update(
    th=lambda instant: dates.long_moment(datetime.fromisoformat(instant), "th"),
    en=lambda instant: dates.long_moment(datetime.fromisoformat(instant), "en"),
    baht=_baht,
)
