"""A table of target groups → rows of answers to the applicant's form, or every error at once with its row and column."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.errors import Invalid
from shared.forms import answering
from shared.forms.checking import AnswerProblem, check
from shared.forms.form import Form
from shared.forms.questions import Choice, Option, Place, Question, Several
from shared.forms.reading import is_blank
from shared.programmes import columns, sheets
from shared.programmes.columns import Column
from shared.programmes.definition import Definition
from shared.programmes.sheets import Cell
from shared.text import Text

LONGEST_CODE = 100
"""Characters."""

NO_GROUP = Text("ไม่มีกลุ่มในตาราง", "the table holds no group")
COLUMN_TWICE = Text("คอลัมน์นี้ซ้ำกับคอลัมน์ {column}", "says the same as the column {column}")
COLUMN_MISSING = Text("ไม่มีคอลัมน์นี้", "there is no such column")
EMPTY = Text("ไม่ได้ระบุ", "is empty")
NUMBER = Text(
    "เป็นตัวเลข จึงอาจเสียเลขศูนย์นำหน้า โปรดจัดรูปแบบเซลล์เป็นข้อความ",
    "is a number and may have lost its leading zeros; format the cells as text",
)
TOO_LONG = Text("ยาวเกิน {most} ตัวอักษร", "is longer than {most} characters")
CODE_TWICE = Text("รหัส {code} ซ้ำกับแถว {row}", "code {code} stands in row {row} already")


class TargetsInvalid(Invalid):
    """Some rows are not right; `errors` holds all of them."""

    th = "ตารางกลุ่มเป้าหมายมีข้อผิดพลาด {count} แห่ง เริ่มที่แถว {row}: {first_th}"
    en = "The table of groups has {count} errors, the first in row {row}: {first_en}"

    def __init__(self, faults: list["RowFault"]) -> None:
        errors = [{"row": fault.row, "column": fault.column, **fault.text.to_json()} for fault in faults]
        first, at = faults[0], f"{faults[0].column} " if faults[0].column else ""
        super().__init__(count=len(errors), row=first.row, first_th=f"{at}{first.text.th}", first_en=f"{at}{first.text.en}", errors=errors)


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong in a table: its row as the sheet numbers it, the column's heading, and what."""

    row: int
    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target group as the table gives it: its code, and its answers as they are stored."""

    code: str
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A column of this table: where it is, and its heading as written."""

    position: int
    heading: str
    column: Column


def read(content: bytes, definition: Definition) -> list[TargetRow]:
    """Return the groups of a table, by the programme's form of an applicant. Raises TableTooLarge, TableUnreadable, TargetsInvalid."""
    numbered = sheets.rows(content)
    placed = _columns(*numbered[0], definition)
    faults: list[RowFault] = []
    targets = [_target(number, row, placed, definition.applicant_form, faults) for number, row in numbered[1:]]
    code = next(one.heading for one in placed if one.column.question is None)
    faults += _repeated([number for number, _ in numbered[1:]], targets, code)
    if not targets:
        raise TargetsInvalid([RowFault(numbered[0][0], "", NO_GROUP)])
    if faults:
        raise TargetsInvalid(sorted(faults, key=lambda fault: fault.row))
    return targets


def _columns(number: int, row: list[Cell], definition: Definition) -> list[_Placed]:
    """Return the columns that are known. Raises TargetsInvalid naming all that are missing or say the same as another."""
    known = columns.by_heading(columns.known(definition))
    placed: list[_Placed] = []
    faults: list[RowFault] = []
    for position, cell in enumerate(row):
        written = sheets.text(cell)
        column = known.get(columns.plain(written))
        if column is None:
            continue
        same = next((one for one in placed if _say_the_same(one.column, column)), None)
        if same is not None:
            faults.append(RowFault(number, written, COLUMN_TWICE.fill(column=same.heading)))
        placed.append(_Placed(position, written, column))
    for column in columns.columns(definition):
        if column.is_required and not any(_say_the_same(one.column, column) for one in placed):
            faults.append(RowFault(number, column.headings[0], COLUMN_MISSING))
    if faults:
        raise TargetsInvalid(sorted(faults, key=lambda fault: fault.column))
    return placed


def _say_the_same(one: Column, other: Column) -> bool:
    """Say whether one column holds what the other does, or all of the place of which it is a part."""
    return one.key == other.key and (one.part == other.part or None in (one.part, other.part))


def _target(number: int, row: list[Cell], placed: list[_Placed], form: Form, faults: list[RowFault]) -> TargetRow:
    code, typed = "", dict[str, Any]()
    for one in placed:
        cell = row[one.position] if one.position < len(row) else None
        if one.column.question is None:
            code = sheets.text(cell)
            faults += [RowFault(number, one.heading, text) for text in _wrong_code(cell, code)]
        elif one.column.part is not None:
            typed.setdefault(one.column.key, {})[one.column.part] = _typed(cell)
        else:
            typed[one.column.key] = _chosen(one.column.question, _typed(cell))
    checked = check(form, typed, files={}, complete=True)
    faults += [RowFault(number, _heading(problem, typed, placed, form), _text(problem)) for problem in checked.problems]
    return TargetRow(code, checked.values)


def _typed(cell: Cell) -> object:
    """Return a cell as the form reads it: numbers, days and yes or no as they are, all else as text."""
    return cell if isinstance(cell, bool | int | float | date) else sheets.text(cell)


def _chosen(question: Question, typed: object) -> object:
    """Return the keys of options where their labels were typed, as people do who do not know the keys; of several between commas."""
    if not isinstance(question, Choice | Several) or not isinstance(typed, str):
        return typed
    if isinstance(question, Choice):
        return _key(question.options, typed)
    return [_key(question.options, one.strip()) for one in re.split("[,;]", typed)] if typed else typed


def _key(options: Sequence[Option], typed: str) -> str:
    labelled = [option.key for option in options if typed.casefold() in (option.label.th.casefold(), option.label.en.casefold())]
    return labelled[0] if len(labelled) == 1 and all(option.key != typed for option in options) else typed


def _wrong_code(cell: Cell, code: str) -> Iterator[Text]:
    if not code:
        yield EMPTY
    elif isinstance(cell, int | float):
        yield NUMBER
    elif len(code) > LONGEST_CODE:
        yield TOO_LONG.fill(most=LONGEST_CODE)


def _text(problem: AnswerProblem) -> Text:
    return EMPTY if problem.code == "missing" else problem.text


def _heading(problem: AnswerProblem, typed: Mapping[str, Any], placed: list[_Placed], form: Form) -> str:
    """Return the heading of the column that is at fault; of a place the first part that is."""
    found = [one for one in placed if one.column.key == problem.key]
    question = form.question(problem.key)
    if isinstance(question, Place) and len(found) > 1:
        part = _part_at_fault(question, typed[problem.key], [one.column.part or "" for one in found])
        found = [one for one in found if one.column.part == part]
    return found[0].heading if found else problem.key


def _part_at_fault(question: Place, typed: Mapping[str, Any], there: list[str]) -> str:
    parts = [level for level in columns.PARTS if level in there]
    for position, level in enumerate(parts):
        alone = Form(questions=(question.model_copy(update={"level": level}),))
        _, faults = answering.read(alone, {question.key: {name: typed[name] for name in parts[: position + 1]}})
        if faults or is_blank(typed[level]):
            return level
    return parts[0]


def _repeated(numbers: Iterable[int], targets: Iterable[TargetRow], heading: str) -> Iterator[RowFault]:
    first: dict[str, int] = {}
    for number, target in zip(numbers, targets, strict=True):
        if target.code and target.code in first:
            yield RowFault(number, heading, CODE_TWICE.fill(code=target.code, row=first[target.code]))
        first.setdefault(target.code, number)
