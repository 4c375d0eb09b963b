"""From a stage's questions and answers to the inputs of its page."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.intake.fingerprints import fingerprint
from services.intake.stage_view import writing_of
from services.web.fields import Clash, FieldLook, FieldView, InputView, OptionView, RowView, SumText
from shared.database.versions import Saved
from shared.forms.amounts import grouped
from shared.forms.checking import AnswerProblem, Checked
from shared.forms.fields import name_of
from shared.forms.problem import Path
from shared.forms.questions import Choice, Consent, Indicator, LongText, Option, Place, Question, Several, ShortText, Table
from shared.forms.reading import Stored
from shared.forms.showing import shown
from shared.forms.types import place as place_type
from shared.forms.types import table as table_type
from shared.programmes.definition import Definition
from shared.text import Text
from shared.thai import days, places

MOST_RADIOS = 7
"""A choice of more options is a list to open."""
SIDES = {"before": Text("ก่อน", "Before"), "after": Text("หลัง", "After")}
NOT_ANSWERED = Text("ไม่ระบุ", "Not answered")
UNDERSTOOD = frozenset({"date", "place", "telephone"})
"""Types whose answers are shown as they were read: people write them in many ways."""
NUMERIC = frozenset({"number", "money", "indicator"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page's fields are made from."""

    definition: Definition
    checked: Checked
    saved: Mapping[str, Saved]
    problems: Sequence[AnswerProblem]
    """What is shown as wrong."""
    clashes: Mapping[str, Clash]
    language: str

    def fields(self) -> list[FieldView]:
        """Return a field for every question."""
        return [self._field(question) for question in self.checked.form.questions]

    def _field(self, question: Question) -> FieldView:
        value = self.checked.kept.get(question.key)
        problems = [one for one in self.problems if one.key == question.key]
        cells = {one.path[1:]: one.text for one in problems if len(one.path) > 1}
        inputs, rows = self._inputs(question, value, cells)
        placed = {one.id for one in inputs} | {cell.id for row in rows for cell in row.cells}
        whole = [one.text for one in problems if id_of(one.path) not in placed]
        read = self.checked.values.get(question.key)
        stored = self.saved.get(question.key)
        is_wrong = any(one.code != "missing" for one in problems)
        understood = read is not None and not is_wrong and question.type in UNDERSTOOD
        return FieldView(
            key=question.key,
            label=question.label,
            hint=question.hint,
            look=_look(question),
            required=question.required,
            internal=question.internal,
            is_visible=question.key in self.checked.visible,
            when=json.dumps(question.when, ensure_ascii=False) if question.when else "",
            began=began(question, stored),
            inputs=inputs,
            rows=rows,
            can_grow=isinstance(question, Table) and len(rows) < question.max_rows,
            sums=self._sums(question),
            problems=whole,
            understood=shown(question, read, writing_of(self.definition)) if understood else None,
            answer=shown(question, read, writing_of(self.definition)),
            clash=self.clashes.get(question.key),
        )

    def _inputs(self, question: Question, value: Stored, cells: Mapping[Path, Text]) -> tuple[list[InputView], list[RowView]]:
        path: Path = (question.key,)
        if isinstance(question, Table):
            return [], self._rows(question, value, cells)
        whole = next((one.text for one in self.problems if one.path == path), None)
        if isinstance(question, Indicator):
            pair = value if isinstance(value, Mapping) else {}
            return [self._input(question, (*path, side), label, pair.get(side), cells.get((side,))) for side, label in SIDES.items()], []
        if isinstance(question, Place):
            parts = _parts_of_place(question, value, self.language)
            labels = place_type.LABELS
            found = [self._input(question, (*path, level), labels[level], part, cells.get((level,))) for level, part in parts.items()]
            return found, []
        return [self._input(question, path, question.label, value, whole)], []

    def _rows(self, question: Table, value: Stored, cells: Mapping[Path, Text]) -> list[RowView]:
        """Return the rows that are there and an empty one after them, where there may be another."""
        typed = list(value) if isinstance(value, list) else []
        count = min(question.max_rows, max(question.min_rows, len(typed) + 1))
        rows = typed + [{}] * (count - len(typed))
        return [
            RowView(
                number=number + 1,
                cells=[
                    self._input(
                        table_type.as_question(column),
                        (question.key, number, column.key),
                        column.label,
                        row.get(column.key) if isinstance(row, Mapping) else None,
                        cells.get((number, column.key)),
                    )
                    for column in question.columns
                ],
            )
            for number, row in enumerate(rows)
        ]

    def _input(self, question: Any, path: Path, label: Text, value: Stored, problem: Text | None) -> InputView:
        options: list[OptionView] = []
        if isinstance(question, Choice | Several):
            chosen = value if isinstance(value, list) else [value]
            options = _options(question.options, chosen, optional=isinstance(question, Choice) and not question.required)
        if isinstance(question, Consent):
            options = [OptionView(key="yes", label=question.label, is_chosen=value is True)]
        return InputView(
            name=name_of(path),
            id=id_of(path),
            label=label,
            value=written(question, value, self.language, self.definition.calendar),
            problem=problem,
            numeric=question.type in NUMERIC,
            kind={"telephone": "tel", "email": "email"}.get(question.type, "text"),
            max_length=question.max_length if isinstance(question, ShortText | LongText) else None,
            unit=getattr(question, "unit", None),
            options=options,
        )

    def _sums(self, question: Question) -> list[SumText]:
        if not isinstance(question, Table):
            return []
        added = table_type.sums(question, self.checked.values.get(question.key, []))
        texts = table_type.sums_shown(question, added, writing_of(self.definition))
        return [
            SumText(column=column.key, label=table_type.SUM.fill(column=column.label), total=texts[column.key])
            for column in question.columns
            if column.key in texts
        ]


def id_of(path: Path) -> str:
    """Return the id of the input of a question or of a part of it."""
    return "q-" + "-".join(map(str, path))


def written(question: Any, value: Stored, language: str, calendar: str) -> str:
    """Return an answer as it stands in its input, so that what is sent again is read as the same."""
    if value is None or isinstance(value, bool | list | Mapping):
        return ""
    text = str(value)
    try:
        match question.type:
            case "number" | "money" | "indicator":
                return grouped(Decimal(text))
            case "date":
                return days.written(date.fromisoformat(text), language, calendar=calendar)
            case "telephone" if text.startswith("+"):
                return shown(question, text).read(language)
    except (ValueError, ArithmeticError):
        return text
    return text


def began(question: Question, stored: Saved | None) -> str:
    """Return what tells whether an answer was changed on a page: its version and a fingerprint of it."""
    return f"{stored.version if stored else 0}:{fingerprint(question, stored.value if stored else None)}"


def changed(form_questions: Iterable[Question], sent: Mapping[str, Stored], beginnings: Mapping[str, str]) -> dict[str, int]:
    """Return the questions that were changed on a page, each with the version it was begun from.

    `sent` holds what a draft keeps of what was sent, `beginnings` what `began` told by question when the page was shown.
    """
    found: dict[str, int] = {}
    for question in form_questions:
        if question.key in sent:
            version, _, mark = beginnings.get(question.key, "0:").partition(":")
            if fingerprint(question, sent[question.key]) != mark:
                found[question.key] = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    return found


def _look(question: Question) -> FieldLook:
    match question:
        case LongText():
            return FieldLook.LINES
        case Choice():
            return FieldLook.RADIOS if len(question.options) <= MOST_RADIOS else FieldLook.SELECT
        case Several():
            return FieldLook.BOXES
        case Consent():
            return FieldLook.BOX
        case Table():
            return FieldLook.TABLE
    return FieldLook.LINE


def _options(options: Iterable[Option], chosen: Sequence[Stored], *, optional: bool) -> list[OptionView]:
    none = [OptionView(key="", label=NOT_ANSWERED, is_chosen=chosen == [None])] if optional else []
    return [*none, *(OptionView(key=one.key, label=one.label, is_chosen=one.key in chosen) for one in options)]


def _parts_of_place(question: Place, value: Stored, language: str) -> dict[str, str]:
    """Return the names of a place by level as they stand in its inputs; English ones only where they find the same place again."""
    asked = place_type.LEVELS[: place_type.LEVELS.index(question.level) + 1]
    if isinstance(value, Mapping):
        return {level: str(value.get(level) or "") for level in asked}
    found = {len(one.code): one for one in places.around(value)} if isinstance(value, str) else {}
    if not found:
        return {level: (str(value) if value and level == asked[0] else "") for level in asked}
    named = {level: found.get(2 * (number + 1)) for number, level in enumerate(asked)}
    return {level: "" if one is None else (one.en if language == "en" and _finds(one) else one.th) for level, one in named.items()}


def _finds(one: places.Place) -> bool:
    if isinstance(one, places.Province):
        return places.province(one.en) == one
    if isinstance(one, places.District):
        return places.district(one.en, province_code=one.province_code) == one
    return places.tambon(one.en, district_code=one.district_code) == one
