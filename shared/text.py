"""A text that people read, in Thai and in English, and how a status is shown."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

Language = Literal["th", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages: a whole sentence or label, with named slots such as `{filename}`."""

    th: str
    en: str

    def read(self, language: str) -> str:
        """Return the text in `th` or `en`."""
        return self.en if language == "en" else self.th

    def fill(self, **slots: Any) -> "Text":
        """Return the text with its named slots filled; a slot may be a Text of its own. Raises KeyError for a slot without a value."""
        return Text(self.th.format(**_in("th", slots)), self.en.format(**_in("en", slots)))

    def to_json(self) -> dict[str, str]:
        """Return both languages."""
        return asdict(self)


class Look(StrEnum):
    """How a status looks: done well, needs somebody, goes on by itself, can be done now, or says nothing special."""

    GOOD = "good"
    BAD = "bad"
    WAIT = "wait"
    READY = "ready"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Tag:
    """A status as a page shows it: its label and its look."""

    label: Text
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One status in the sheet of its lifecycle: how people read it, and whether nothing follows."""

    tag: Tag
    is_final: bool = False


def plural(count: int, *, th: str, one: str, many: str, **slots: Any) -> Text:
    """Return the text for a number of things, `{count}` and other slots filled in; Thai has one form, English two."""
    return Text(th, one if count == 1 else many).fill(count=f"{count:,}", **slots)


def _in(language: Language, slots: dict[str, Any]) -> dict[str, Any]:
    return {name: value.read(language) if isinstance(value, Text) else value for name, value in slots.items()}
