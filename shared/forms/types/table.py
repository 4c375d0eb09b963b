"""Rows of typed columns, kept as a list of mappings without the cells that are blank. The server alone adds up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from shared.forms.amounts import grouped
from shared.forms.questions import Choice, Column, Date, Money, Number, ShortText, Table
from shared.forms.reading import Gap, Stored, Writing, is_blank, wrong
from shared.forms.types import choice, date, money, number, short_text
from shared.text import Text, plural

COLUMNS = {"short_text": short_text, "number": number, "money": money, "date": date, "choice": choice}
ADDED = frozenset({"number", "money"})
"""Types of columns that can have a sum."""

Row = dict[str, Stored]

NO_ROWS = Text("ต้องเป็นรายการแถว", "must be a list of rows")
NO_ROW = Text("แต่ละแถวต้องเป็นรายการ ชื่อคอลัมน์: ค่า", "each row must be a mapping of columns to values")
TOO_MANY = Text("มี {rows} แถว เกิน {most} แถว", "has {rows} rows, more than {most}")
CELL_MISSING = Text("โปรดกรอก{column}", "please fill in {column}")
SUM = Text("รวม{column}", "sum of {column}")


def field(question: Table) -> Any:
    """Return the annotation of the question's field: a list of rows, each cell with a place of its own among what is wrong."""
    names = {f"c{position}": column for position, column in enumerate(question.columns)}
    cells: dict[str, Any] = {
        name: (COLUMNS[column.type].field(as_question(column)), Field(default=None, alias=column.key)) for name, column in names.items()
    }
    model: type[BaseModel] = create_model("Row", __config__=ConfigDict(extra="forbid"), **cells)
    row = Annotated[model, BeforeValidator(_mapping), AfterValidator(_cells)]
    return Annotated[list[row] | None, BeforeValidator(partial(_rows, question))]


def shown(question: Table, stored: Sequence[Row], writing: Writing) -> Text:
    """Return one line a row and one for the sums."""
    columns = [column.label for column in question.columns]
    lines = [_line(zip(columns, cells, strict=True)) for cells in cells_shown(question, stored, writing)]
    added = sums_shown(question, sums(question, stored), writing)
    if added:
        lines.append(_line((SUM.fill(column=column.label), added[column.key]) for column in question.columns if column.key in added))
    return Text("\n".join(line.th for line in lines), "\n".join(line.en for line in lines))


def cells_shown(question: Table, stored: Sequence[Row], writing: Writing) -> list[list[Text | None]]:
    """Return every row's cells as people read them, None where one is blank."""
    asked = [(column.key, COLUMNS[column.type], as_question(column)) for column in question.columns]
    return [[type_.shown(cell, row[key], writing) if key in row else None for key, type_, cell in asked] for row in stored]


def sums_shown(question: Table, added: Mapping[str, str], writing: Writing) -> dict[str, Text]:
    """Return the sums as people read them, by column."""
    types = {column.key: column.type for column in question.columns}
    return {
        key: money.amount(Decimal(total), writing) if types[key] == "money" else number.with_unit(grouped(Decimal(total)), None)
        for key, total in added.items()
    }


def gaps(question: Table, stored: Sequence[Row]) -> Iterator[Gap]:
    """Return the required cells that are blank, and that there are too few rows."""
    if len(stored) < question.min_rows:
        text = plural(question.min_rows, th="ต้องมีอย่างน้อย {count} แถว", one="needs at least {count} row", many="needs at least {count} rows")
        yield Gap((), "too_few_rows", text)
    required = [column for column in question.columns if column.required]
    for position, row in enumerate(stored):
        yield from (
            Gap((position, column.key), "missing", CELL_MISSING.fill(column=column.label)) for column in required if column.key not in row
        )


def sums(question: Table, stored: Sequence[Row]) -> dict[str, str]:
    """Return the sum of every column that has one, exact, as text with the column's decimal places."""
    added = {}
    for column in question.columns:
        if column.sum and column.type in ADDED:
            places = money.DECIMALS if column.type == "money" else column.decimals
            total = sum((Decimal(row[column.key]) for row in stored if column.key in row), Decimal(0))
            added[column.key] = f"{total.quantize(Decimal(1).scaleb(-places)):f}"
    return added


def as_question(column: Column) -> Any:
    """Return the question that a column asks of each row."""
    asked = {"type": column.type, "key": column.key, "label": column.label, "required": column.required}
    match column.type:
        case "short_text":
            return ShortText.model_validate(asked)
        case "number":
            return Number.model_validate({**asked, "decimals": column.decimals})
        case "money":
            return Money.model_validate(asked)
        case "date":
            return Date.model_validate(asked)
        case "choice":
            return Choice.model_validate({**asked, "options": column.options})


def _rows(question: Table, typed: object) -> object:
    """Return the rows without blank ones at the end. Sums that were sent beside them are not looked at."""
    if isinstance(typed, Mapping) and "rows" in typed and typed.keys() <= {"rows", "sums"}:
        typed = typed["rows"]
    if is_blank(typed):
        return None
    if not isinstance(typed, list | tuple):
        raise wrong("not_rows", NO_ROWS)
    rows = list(typed)
    while rows and is_blank(rows[-1]):
        rows.pop()
    if len(rows) > question.max_rows:
        raise wrong("too_many_rows", TOO_MANY.fill(rows=f"{len(rows):,}", most=f"{question.max_rows:,}"))
    return rows


def _mapping(typed: object) -> object:
    if typed is None:
        return {}
    if not isinstance(typed, Mapping):
        raise wrong("not_a_row", NO_ROW)
    return dict(typed)


def _cells(row: BaseModel) -> Row:
    cells = {str(field.alias): getattr(row, name) for name, field in type(row).model_fields.items()}
    return {key: value for key, value in cells.items() if value is not None}


def _line(parts: Iterable[tuple[Text, Text | None]]) -> Text:
    pairs = [(label, value) for label, value in parts if value is not None]
    th, en = ("; ".join(f"{label.read(language)}: {value.read(language)}" for label, value in pairs) for language in ("th", "en"))
    return Text(th, en)
