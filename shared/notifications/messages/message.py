"""What a kind of message is: who gets it, and its words in both languages."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from html import escape
from typing import Any

from jinja2 import Environment, StrictUndefined

from shared.thai import dates

ADDRESS = re.compile(r"https?://\S+")


class Audience(StrEnum):
    """Who a message goes to."""

    GROUP = "group"
    MEMBERS = "members"
    CHAIR = "chair"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message, where the channel can carry one."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it is sent."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One kind of message; texts are Jinja templates over the context and `link`. Thai comes first, English below."""

    to: Audience
    subject: tuple[str, str]
    th: str
    en: str

    def render(self, context: dict[str, Any], *, link: str) -> Rendered:
        """Fill the texts. Raises jinja2.UndefinedError when the context lacks what they name."""
        values = {**context, "link": link}
        subject = " · ".join(_fill(part, values) for part in self.subject)
        text = f"{_fill(self.th, values)}\n\n— — —\n\n{_fill(self.en, values)}\n"
        return Rendered(subject, text, _html(text))


def _fill(template: str, values: dict[str, Any]) -> str:
    return _environment.from_string(template.strip()).render(values)


def _html(text: str) -> str:
    """Make paragraphs of plain text; an address on a line of its own becomes a link."""
    blocks = []
    for block in text.strip().split("\n\n"):
        lines = [f'<a href="{escape(line)}">{escape(line)}</a>' if ADDRESS.fullmatch(line) else escape(line) for line in block.split("\n")]
        blocks.append("<p>" + "<br>".join(lines) + "</p>")
    return "\n".join(blocks)


def _baht(amount: str) -> str:
    value = Decimal(amount)
    return f"{value:,.0f}" if value == value.to_integral() else f"{value:,.2f}"


_environment = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # plain text
_environment.filters.update(
    th=lambda instant: dates.long_moment(datetime.fromisoformat(instant), "th"),
    en=lambda instant: dates.long_moment(datetime.fromisoformat(instant), "en"),
    baht=_baht,
)
