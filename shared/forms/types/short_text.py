"""One line of text, in one form."""

from typing import Any

from shared.forms.questions import ShortText
from shared.forms.reading import Writing, by_reading, line, no_gaps, wrong
from shared.text import Text

TOO_LONG = Text("ยาว {length} ตัวอักษร เกิน {most} ตัวอักษร โปรดย่อให้สั้นลง", "has {length} characters, more than {most}; please make it shorter")

gaps = no_gaps


def field(question: ShortText) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: ShortText, typed: object) -> str | None:
    """Return the text, spaces run together; length is counted in characters."""
    text = line(typed)
    refuse_longer(text, question.max_length)
    return text or None


def shown(question: ShortText, stored: str, writing: Writing) -> Text:
    """Return the text."""
    return Text(stored, stored)


def refuse_longer(text: str, most: int) -> None:
    """Raise the refusal of a text that is longer than allowed, in characters."""
    if len(text) > most:
        raise wrong("too_long", TOO_LONG.fill(length=f"{len(text):,}", most=f"{most:,}"))
