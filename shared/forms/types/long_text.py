"""Several paragraphs: every line in one form, with its spaces; lines stay lines."""

from typing import Any

from shared.forms.questions import LongText
from shared.forms.reading import Writing, by_reading, characters, no_gaps
from shared.forms.types.short_text import refuse_longer
from shared.text import Text
from shared.thai.text import one_form

gaps = no_gaps


def field(question: LongText) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: LongText, typed: object) -> str | None:
    """Return the text without spaces at the ends of lines and empty lines at its own; browsers send two characters for an end of line."""
    lines = [one_form(line).rstrip() for line in characters(typed).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n".join(lines).strip("\n")
    refuse_longer(text, question.max_length)
    return text or None


def shown(question: LongText, stored: str, writing: Writing) -> Text:
    """Return the text."""
    return Text(stored, stored)
