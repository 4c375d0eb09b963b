"""What all types of questions share: one kind of refusal, blank answers, texts in one form, and how a programme writes."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from shared.forms.problem import Path
from shared.text import Text
from shared.thai.text import normalise

Stored = Any
"""An answer as it is kept: JSON without floats, in one form. None: not answered."""

DEEPEST = 4
"""Lists and mappings inside of one another in an answer: rows of a table, with their sums beside them."""

LOST = "\ufffd"
"""Stands for a character that could not be read or kept."""
EXACT = 2**53
"""Below it a float has every whole number."""
LONGEST = 200_000
"""Characters that are looked at at all; any question's own limit is far lower."""

NO_TEXT = Text("ต้องเป็นข้อความ", "must be text")
FAR_TOO_LONG = Text("ยาวเกิน {most} ตัวอักษร โปรดย่อให้สั้นลง", "has more than {most} characters; please make it shorter")
BROKEN_CHARACTER = Text("มีอักขระที่ไม่ถูกต้อง โปรดลบแล้วพิมพ์ใหม่", "holds a broken character; delete it and type again")


@dataclass(frozen=True, slots=True)
class Writing:
    """How a programme writes dates and amounts."""

    calendar: Literal["buddhist", "gregorian"] = "buddhist"
    currency: str | None = None
    """ISO 4217; None: amounts have no unit."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What an answer still lacks before it can be submitted; `path` is inside of the answer."""

    path: Path
    code: str
    text: Text


def wrong(code: str, text: Text) -> PydanticCustomError:
    """Return the error that refuses what was typed, for a validator to raise; `code` is stable, `text` says what to do."""
    return PydanticCustomError(code, "{en}", {"th": text.th, "en": text.en})


def by_reading(read: Callable[..., Stored], question: Any, type_: Any) -> Any:
    """Return the annotation of a question's field: what was typed is read by `read(question, typed)`, blank is None."""
    return Annotated[type_ | None, BeforeValidator(partial(_unless_blank, read, question))]


def no_gaps(question: object, stored: Stored) -> Iterator[Gap]:
    """Return nothing: an answer of this type lacks nothing once it is there."""
    yield from ()


def is_blank(typed: object, depth: int = 0) -> bool:
    """Say whether nothing was typed: no value, only spaces, or a list or mapping of such. What lies deeper than any answer is not blank."""
    if isinstance(typed, str):
        return not typed.strip()
    if isinstance(typed, list | tuple | dict):
        parts = typed.values() if isinstance(typed, dict) else typed
        return depth < DEEPEST and all(is_blank(part, depth + 1) for part in parts)
    return typed is None


def characters(typed: object) -> str:
    """Return what was typed as text. A cell of a spreadsheet may hold a number or a day. Raises the refusal of anything else."""
    if isinstance(typed, float) and isfinite(typed):
        return str(int(typed)) if typed.is_integer() and abs(typed) < EXACT else repr(typed)
    if isinstance(typed, int) and not isinstance(typed, bool):
        return str(typed)
    if isinstance(typed, date):
        return typed.isoformat()
    if not isinstance(typed, str):
        raise wrong("not_text", NO_TEXT)
    if len(typed) > LONGEST:
        raise wrong("too_long", FAR_TOO_LONG.fill(most=f"{LONGEST:,}"))
    if any(_is_broken(character) for character in typed):
        raise wrong("broken_character", BROKEN_CHARACTER)
    return typed


def line(typed: object) -> str:
    """Return what was typed as one line in one form."""
    return normalise(characters(typed))


def _is_broken(character: str) -> bool:
    """Say whether it says nothing: what stands for a lost character, half of a pair, or a control character that is no space."""
    return character == LOST or (unicodedata.category(character) in {"Cs", "Cc"} and not character.isspace())


def _unless_blank(read: Callable[..., Stored], question: Any, typed: object) -> Stored:
    return None if is_blank(typed) else read(question, typed)
