"""Any number of options, kept as a list of keys in the form's order, each once."""

import re
from collections.abc import Iterator
from typing import Any

from shared.forms.questions import Several
from shared.forms.reading import Gap, Writing, by_reading, is_blank, wrong
from shared.forms.types.choice import key_of, label
from shared.text import Text

TOO_MANY = Text("เลือกได้ไม่เกิน {most} ข้อ", "choose at most {most}")
TOO_FEW = Text("เลือกอย่างน้อย {least} ข้อ", "choose at least {least}")
NO_LIST = Text("ต้องเป็นรายการตัวเลือก", "must be a list of options")
_BETWEEN = re.compile(r"[\s,;]+")


def field(question: Several) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, list[str])


def read(question: Several, typed: object) -> list[str] | None:
    """Return the keys; in one text (a cell) they stand between commas or spaces."""
    if isinstance(typed, str):
        typed = _BETWEEN.split(typed.strip())
    if not isinstance(typed, list | tuple):
        raise wrong("not_a_list", NO_LIST)
    keys = {key_of(question.options, one) for one in typed if not is_blank(one)}
    if question.max_choices is not None and len(keys) > question.max_choices:
        raise wrong("too_many_choices", TOO_MANY.fill(most=question.max_choices))
    return [option.key for option in question.options if option.key in keys] or None


def shown(question: Several, stored: list[str], writing: Writing) -> Text:
    """Return the options' labels."""
    labels = [label(question.options, key) for key in stored]
    return Text(", ".join(one.th for one in labels), ", ".join(one.en for one in labels))


def gaps(question: Several, stored: list[str]) -> Iterator[Gap]:
    """Return that too few are chosen."""
    if len(stored) < question.min_choices:
        yield Gap((), "too_few_choices", TOO_FEW.fill(least=question.min_choices))
