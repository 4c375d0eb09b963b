"""A yes, kept as true; false is an answer too, but where the question is required, only yes will do."""

from collections.abc import Iterator
from typing import Any

from shared.forms.questions import Consent
from shared.forms.reading import Gap, Writing, by_reading, characters, wrong
from shared.text import Text

YES, NO = Text("ใช่", "yes"), Text("ไม่ใช่", "no")
_YES = frozenset({"yes", "true", "on", "1", "y", YES.th})
_NO = frozenset({"no", "false", "off", "0", "n", NO.th})

NEITHER = Text("ต้องตอบว่าใช่ (yes) หรือไม่ใช่ (no)", "must be yes or no")
NEEDED = Text("ต้องยืนยันข้อนี้ก่อนจึงจะส่งได้", "must be confirmed before you can submit")


def field(question: Consent) -> Any:
    """Return the annotation of the question's field."""
    return by_reading(read, question, bool)


def read(question: Consent, typed: object) -> bool:
    """Return yes or no as browsers, programs and people write it."""
    if isinstance(typed, bool):
        return typed
    word = characters(typed).strip().lower()
    if word not in _YES | _NO:
        raise wrong("not_yes_or_no", NEITHER)
    return word in _YES


def shown(question: Consent, stored: bool, writing: Writing) -> Text:
    """Return yes or no."""
    return YES if stored else NO


def gaps(question: Consent, stored: bool) -> Iterator[Gap]:
    """Return that it is not confirmed, where it must be."""
    if question.required and not stored:
        yield Gap((), "consent_needed", NEEDED)
