"""One of several options, by its key: labels may change, what is stored does not."""

from collections.abc import Sequence
from typing import Any

from shared.forms.questions import Choice, Option
from shared.forms.reading import Writing, by_reading, line, no_gaps, wrong
from shared.text import Text

UNKNOWN = Text("ไม่มีตัวเลือก {typed} เลือกได้จาก {options}", "there is no option {typed}; choose one of {options}")
LONGEST_SHOWN = 60
"""Characters of an unknown option that are shown."""

gaps = no_gaps


def field(question: Choice) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, str)


def read(question: Choice, typed: object) -> str:
    """Return the key of the option."""
    return key_of(question.options, typed)


def shown(question: Choice, stored: str, writing: Writing) -> Text:
    """Return the option's label."""
    return label(question.options, stored)


def key_of(options: Sequence[Option], typed: object) -> str:
    """Return the key that was typed or chosen. Raises the refusal of any other."""
    key = line(typed)
    if all(option.key != key for option in options):
        raise wrong("option_unknown", UNKNOWN.fill(typed=key[:LONGEST_SHOWN], options=", ".join(option.key for option in options)))
    return key


def label(options: Sequence[Option], key: str) -> Text:
    """Return the label of an option."""
    return next((option.label for option in options if option.key == key), Text(key, key))
