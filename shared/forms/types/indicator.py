"""A number before and after, kept as {before, after}; one that is not given is null, never 0."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, create_model

from shared.forms.amounts import grouped
from shared.forms.questions import Indicator, Number
from shared.forms.reading import Gap, Writing, is_blank, wrong
from shared.forms.types import number
from shared.text import Text

NO_PAIR = Text("ต้องมีค่าก่อน (before) และค่าหลัง (after)", "must have a number before and a number after")
GIVEN_BOTH = Text("โปรดระบุทั้งค่าก่อนและค่าหลัง", "please give the number before and the number after")
BEFORE_AFTER = Text("ก่อน {before} หลัง {after}", "before {before}, after {after}")
NOT_GIVEN = Text("ไม่ได้ระบุ", "not given")
SIDES = ("before", "after")


def field(question: Indicator) -> Any:
    """Return the annotation of the question's field: a pair of numbers, each with a place of its own among what is wrong."""
    side = number.field(Number(type="number", key=question.key, label=question.label, decimals=question.decimals))
    pair: Any = create_model("Pair", __config__=ConfigDict(extra="forbid"), before=(side, None), after=(side, None))
    return Annotated[Annotated[pair, AfterValidator(BaseModel.model_dump)] | None, BeforeValidator(_read)]


def shown(question: Indicator, stored: Mapping[str, str | None], writing: Writing) -> Text:
    """Return both numbers with their unit."""
    return BEFORE_AFTER.fill(before=_shown(question, stored.get("before")), after=_shown(question, stored.get("after")))


def gaps(question: Indicator, stored: Mapping[str, str | None]) -> Iterator[Gap]:
    """Return the side that is not given, where the question is required."""
    if question.required:
        yield from (Gap((side,), "missing", GIVEN_BOTH) for side in SIDES if stored.get(side) is None)


def _read(typed: object) -> object:
    if is_blank(typed):
        return None
    if not isinstance(typed, Mapping):
        raise wrong("not_a_pair", NO_PAIR)
    return dict(typed)


def _shown(question: Indicator, side: str | None) -> Text:
    return NOT_GIVEN if side is None else number.with_unit(grouped(Decimal(side)), question.unit)
