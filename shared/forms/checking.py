"""Whether a form's answers and files are right: of a draft what was typed, of a submission also what is missing. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Self

from shared.errors import Invalid
from shared.forms import answering
from shared.forms.amounts import grouped
from shared.forms.form import Form
from shared.forms.problem import Path, written
from shared.forms.questions import Question, Table
from shared.forms.reading import DEEPEST, LOST, Stored, is_blank
from shared.forms.types import TYPES, table
from shared.forms.types.place import UNFINISHED
from shared.forms.visibility import visible
from shared.text import Text, plural

_NOT_KEPT = re.compile("[\0\ud800-\udfff]")
"""What PostgreSQL has no place for in JSON."""

NOT_ANSWERED = Text("ยังไม่ได้ตอบข้อนี้", "is not answered yet")
SUM_ABOVE = Text("รวม {total} เกิน {most} อยู่ {over}", "comes to {total}, which is {over} more than {most}")
NO_GRANT = Text("ยังไม่ทราบวงเงินที่ได้รับ จึงยังส่งไม่ได้", "what was awarded is not known yet, so this cannot be submitted yet")


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One thing wrong with an answer or an item: the key of its question or item, its place, a stable code, and what to do."""

    key: str
    path: Path
    """From the key on: ("purchases", 1, "amount")."""
    code: str
    text: Text


class AnswersInvalid(Invalid):
    """Some answers or files are missing or wrong; `errors` holds everything: key, path, code, th, en."""

    th = "มี {count} ข้อที่ต้องแก้ไขหรือกรอกเพิ่ม ข้อแรกคือ {first_label_th}: {first_th}"
    en = "{count} things are missing or need to be fixed. The first is {first_label_en}: {first_en}"

    def __init__(self, form: Form, problems: tuple[AnswerProblem, ...]) -> None:
        first = problems[0]
        label = _label(form, first.key)
        errors = [{"key": one.key, "path": written(one.path), "code": one.code, **one.text.to_json()} for one in problems]
        super().__init__(
            count=len(errors),
            first_label_th=label.th,
            first_label_en=label.en,
            first_th=first.text.th,
            first_en=first.text.en,
            errors=errors,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of typed answers."""

    form: Form
    values: dict[str, Stored]
    """Stored answers of the questions that are visible and answered: what a version keeps."""
    kept: dict[str, Stored]
    """What a draft keeps: all that was typed, hidden or wrong as well, stored where it is right, else as typed; None where it is blank."""
    problems: tuple[AnswerProblem, ...]
    """In the form's order."""
    sums: dict[str, dict[str, str]]
    """Of every visible table with sums and nothing wrong in it: column → sum, as the server adds up."""
    visible: frozenset[str]
    """Keys of the questions and items that are asked."""

    def or_refused(self) -> Self:
        """Return itself. Raises AnswersInvalid with every problem."""
        if self.problems:
            raise AnswersInvalid(self.form, self.problems)
        return self


def check(
    form: Form,
    typed: Mapping[str, object],
    *,
    files: Mapping[str, int],
    complete: bool,
    grant: Decimal | None = None,
    internal: bool = True,
) -> Checked:
    """Return the stored answers of a form and everything that is wrong.

    `typed` holds all answers, as typed or as stored before; `files` the number of complete files by item; `grant` what was awarded, as
    the most that a table may come to. `complete` asks also for what is missing. Without `internal` the form is what somebody sees who
    is no officer: internal questions and items are not there.
    """
    asked = form if internal else form.public()
    read, faults = answering.read(asked, typed)
    seen = visible(asked, read)
    values = {key: value for key, value in read.items() if key in seen}
    known = {question.key for question in asked.questions}
    problems = [
        AnswerProblem(str(fault.path[0]), fault.path, fault.code, fault.text)
        for fault in faults  # what is hidden counts as unanswered, not as wrong
        if fault.path[0] in seen or fault.path[0] not in known
    ]
    wrong = {problem.key for problem in problems}
    if complete:
        problems += _gaps(asked, values, seen - wrong, files)
    else:
        problems = [problem for problem in problems if problem.code != UNFINISHED]
    tables = [question for question in asked.questions if isinstance(question, Table) and question.key in seen - wrong]
    sums = {question.key: added for question in tables if (added := table.sums(question, values.get(question.key, [])))}
    for question in tables:
        problems += _excess(question, sums.get(question.key, {}), grant, complete=complete)
    order = {part.key: position for position, part in enumerate([*asked.questions, *asked.items])}
    problems.sort(key=lambda problem: order.get(problem.key, -1))
    kept = {key: read[key] if key in read else _as_typed(value) for key, value in typed.items() if key in known}
    return Checked(asked, values, kept, tuple(problems), sums, seen)


def _gaps(form: Form, values: Mapping[str, Stored], asked: frozenset[str] | set[str], files: Mapping[str, int]) -> Iterator[AnswerProblem]:
    for question in form.questions:
        if question.key in asked:
            yield from _gaps_of(question, values.get(question.key))
    for item in form.items:
        there = files.get(item.key, 0)
        if item.key in asked and item.required and there < item.min_files:
            text = plural(
                item.min_files - there,
                th="ยังขาด {count} ไฟล์",
                one="{count} file is still missing",
                many="{count} files are still missing",
            )
            yield AnswerProblem(item.key, (item.key,), "files_missing", text)


def _gaps_of(question: Question, value: Stored) -> Iterator[AnswerProblem]:
    if value is None or value == []:
        if question.required:
            yield AnswerProblem(question.key, (question.key,), "missing", NOT_ANSWERED)
        return
    for gap in TYPES[question.type].gaps(question, value):
        yield AnswerProblem(question.key, (question.key, *gap.path), gap.code, gap.text)


def _excess(table: Table, sums: Mapping[str, str], grant: Decimal | None, *, complete: bool) -> Iterator[AnswerProblem]:
    """Return the sums of money that come to more than they may; what may be spent is not guessed where no grant is known."""
    if table.at_most is None:
        return
    most = grant if table.at_most == "grant" else table.at_most
    money = {column.key for column in table.columns if column.type == "money"}
    for column, added in sums.items():
        path = (table.key, column)
        if column not in money:
            continue
        if most is None:
            if complete:
                yield AnswerProblem(table.key, path, "grant_unknown", NO_GRANT)
        elif Decimal(added) > most:
            total = Decimal(added)
            text = SUM_ABOVE.fill(total=grouped(total), most=grouped(most), over=grouped(total - most))
            yield AnswerProblem(table.key, path, "sum_above_most", text)


def _as_typed(typed: object, depth: int = 0) -> Stored:
    """Return what was typed as JSON that a database keeps, so that nothing typed is lost because it is wrong."""
    if is_blank(typed):
        return None
    if typed is None or isinstance(typed, bool | int):
        return typed
    if isinstance(typed, Mapping | list | tuple) and depth > DEEPEST:
        return LOST
    if isinstance(typed, Mapping):
        return {str(key): _as_typed(value, depth + 1) for key, value in typed.items()}
    if isinstance(typed, list | tuple):
        return [_as_typed(value, depth + 1) for value in typed]
    if isinstance(typed, date):
        return typed.isoformat()
    kept = isinstance(typed, str | Decimal) or (isinstance(typed, float) and isfinite(typed))
    return _NOT_KEPT.sub(LOST, str(typed)) if kept else LOST


def _label(form: Form, key: str) -> Text:
    part = form.question(key) or form.item(key)
    return part.label if part is not None else Text(key[: answering.LONGEST_NAME], key[: answering.LONGEST_NAME])
