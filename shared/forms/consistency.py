"""What must agree between the parts of a form: pure rules over its plain data, also where other parts are still wrong.

Every rule is tolerant: what is missing or of the wrong type is another rule's (pydantic's) to report, so that a bad file gets all its
problems at once.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any

from shared.forms import conditions
from shared.forms.conditions import Written
from shared.forms.problem import Path, Problem
from shared.text import Text

USED_TWICE = Text("ใช้ชื่อ {name} ซ้ำ", "{name} is used twice")
ASKS_NOTHING = Text("แบบฟอร์มต้องมีคำถามหรือไฟล์อย่างน้อยหนึ่งข้อ", "a form asks at least one question or file")
LEAST_ABOVE_MOST = Text("{least} ต้องไม่มากกว่า {most}", "{least} must not be more than {most}")
NO_NUMBER_BETWEEN = Text(
    "ไม่มีตัวเลขทศนิยม {decimals} ตำแหน่งที่อยู่ระหว่าง min กับ max", "no number of {decimals} decimal places lies between min and max"
)
TOO_FEW_OPTIONS = Text("มีตัวเลือกเพียง {count} ข้อ น้อยกว่า min_choices", "there are only {count} options, fewer than min_choices")
NO_OPTIONS = Text("คอลัมน์ชนิด choice ต้องมีตัวเลือก (options)", "a column of type choice needs options")
ONLY_CHOICE = Text("เฉพาะคอลัมน์ชนิด choice จึงมีตัวเลือก (options) ได้", "only a column of type choice has options")
ONLY_NUMBERS = Text("รวมได้เฉพาะคอลัมน์ชนิด number หรือ money", "only a column of type number or money has a sum")
ONLY_NUMBER = Text("เฉพาะคอลัมน์ชนิด number จึงกำหนดทศนิยม (decimals) ได้", "only a column of type number has decimals")
NOTHING_ADDED = Text("at_most ต้องมีคอลัมน์ชนิด money ที่มี sum: true", "at_most needs a column of type money with sum: true")

ORDERED = (
    ("min", "max"),
    ("not_before", "not_after"),
    ("min_choices", "max_choices"),
    ("min_rows", "max_rows"),
    ("min_files", "max_files"),
    ("min_pages", "max_pages"),
    ("min_pictures", "max_pictures"),
)
"""Pairs of limits of which the first is not to be more than the second."""
DEFAULTS: dict[str, dict[str, Any]] = {
    "money": {"min": 0},
    "several": {"min_choices": 0},
    "table": {"min_rows": 1, "max_rows": 50},
    "item": {"min_files": 1, "max_files": 1},
}
"""Limits that hold where none is written, by the type of a question, and of items."""

MONEY_PLACES = 2
MOST_PLACES = 6


def problems(form: Mapping[str, Any], path: Path = ()) -> list[Problem]:
    """Return everything in a form's plain data that does not agree with itself; `path` is where the form stands in its document."""
    questions, items = list(_parts(form, "questions", path)), list(_parts(form, "items", path))
    found = [*_twice([*questions, *items])]
    if not questions and not items and not any(form.get(name) for name in ("questions", "items")):
        found.append(Problem(path, ASKS_NOTHING))
    for at, question in questions:
        found += [*_limits(question, at, str(question.get("type"))), *_options(question, at), *_table(question, at)]
    for at, item in items:
        found += _limits(item, at, "item")
    return [*found, *conditions.problems(questions, items)]


def _parts(parent: Mapping[str, Any], name: str, path: Path) -> Iterator[tuple[Path, Written]]:
    listed = parent.get(name)
    if isinstance(listed, list | tuple):
        for number, part in enumerate(listed):
            if isinstance(part, Mapping):
                yield (*path, name, number), part


def _twice(parts: list[tuple[Path, Written]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, part in parts:
        key = part.get("key")
        if isinstance(key, str):
            if key in seen:
                yield Problem((*path, "key"), USED_TWICE.fill(name=key))
            seen.add(key)


def _limits(part: Written, path: Path, type_: str) -> Iterator[Problem]:
    """Return limits that leave nothing between them."""
    whole = {**DEFAULTS.get(type_, {}), **{name: limit for name, limit in part.items() if limit is not None}}
    for low, high in ORDERED:
        least, most = _ordinal(whole.get(low)), _ordinal(whole.get(high))
        at = (*path, high if high in part else low)
        if isinstance(least, str) and isinstance(most, str) and least > most:
            yield Problem(at, LEAST_ABOVE_MOST.fill(least=low, most=high))
        elif isinstance(least, Decimal) and isinstance(most, Decimal):
            places = MONEY_PLACES if type_ == "money" else whole.get("decimals", 0)
            if least > most:
                yield Problem(at, LEAST_ABOVE_MOST.fill(least=low, most=high))
            elif isinstance(places, int) and 0 <= places <= MOST_PLACES and _least_between(least, places) > most:
                yield Problem(at, NO_NUMBER_BETWEEN.fill(decimals=places))


def _least_between(least: Decimal, places: int) -> Decimal:
    """Return the least number of so many decimal places that is not below another."""
    try:
        return least.quantize(Decimal(1).scaleb(-places), ROUND_CEILING)
    except InvalidOperation:
        return least


def _ordinal(limit: Any) -> Decimal | str | None:
    """Return a limit as what can be compared: a number, or a day as ISO text."""
    if isinstance(limit, bool) or limit is None:
        return None
    try:
        number = Decimal(str(limit))
    except InvalidOperation:
        text = str(limit)
        return text if len(text) == 10 and text[4] == text[7] == "-" else None
    return number if number.is_finite() else None


def _options(part: Written, path: Path) -> Iterator[Problem]:
    options = list(_parts(part, "options", path))
    yield from _twice(options)
    least = part.get("min_choices")
    if part.get("type") == "several" and options and isinstance(least, int) and least > len(options):
        yield Problem((*path, "min_choices"), TOO_FEW_OPTIONS.fill(count=len(options)))


def _table(question: Written, path: Path) -> Iterator[Problem]:
    if question.get("type") != "table":
        return
    columns = list(_parts(question, "columns", path))
    yield from _twice(columns)
    for at, column in columns:
        yield from _column(column, at)
    added = any(column.get("sum") is True and column.get("type") == "money" for _, column in columns)
    if question.get("at_most") is not None and not added:
        yield Problem((*path, "at_most"), NOTHING_ADDED)


def _column(column: Written, path: Path) -> Iterator[Problem]:
    type_ = column.get("type")
    if not isinstance(type_, str):
        return
    yield from _options(column, path)
    if type_ == "choice" and not column.get("options"):
        yield Problem((*path, "options") if "options" in column else path, NO_OPTIONS)
    if type_ != "choice" and column.get("options"):
        yield Problem((*path, "options"), ONLY_CHOICE)
    if type_ != "number" and column.get("decimals"):
        yield Problem((*path, "decimals"), ONLY_NUMBER)
    if type_ not in {"number", "money"} and column.get("sum") is True:
        yield Problem((*path, "sum"), ONLY_NUMBERS)
