"""A table of target groups (xlsx, ods, or csv in UTF-8, UTF-16 or cp874) → rows, or every error at once with its row and column."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from shared.errors import Invalid, TooLarge
from shared.programmes.columns import EMAIL, HEADINGS, OPTIONAL, PHONE, TEXT_ONLY
from shared.text import Text
from shared.thai.numerals import arabic_digits

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 300
"""Characters."""

NO_GROUP = Text("ไม่มีกลุ่มในตาราง", "the table holds no group")
COLUMN_TWICE = Text("คอลัมน์ {column} ซ้ำ", "the column {column} stands twice")
COLUMN_MISSING = Text("ไม่มีคอลัมน์ {column}", "there is no column {column}")
EMPTY = Text("ไม่ได้ระบุ{column}", "{column} is empty")
NUMBER = Text(
    "{column} เป็นตัวเลข จึงอาจเสียเลขศูนย์นำหน้า โปรดจัดรูปแบบเซลล์เป็นข้อความ",
    "{column} is a number and may have lost its leading zeros; format the cells as text",
)
TOO_LONG = Text("ยาวเกิน {most} ตัวอักษร", "is longer than {most} characters")
NO_EMAIL = Text("อีเมล {value} ไม่ถูกต้อง", "{value} is not an e-mail address")
NO_PHONE = Text("หมายเลขโทรศัพท์ {value} ไม่ถูกต้อง", "{value} is not a telephone number")
CODE_TWICE = Text("รหัสกลุ่ม {code} ซ้ำกับแถว {row}", "code {code} stands in row {row} already")


class TableTooLarge(TooLarge):
    """The table is beyond what an import takes at once."""

    th = "ไฟล์ใหญ่เกินกำหนด รับได้ไม่เกิน {bytes} ไบต์ และ {rows} แถว"
    en = "The file is too large: at most {bytes} bytes and {rows} rows."


class TableUnreadable(Invalid):
    """It is no table, or none that can be read."""

    th = "อ่านไฟล์นี้ไม่ได้ ({reason}) โปรดส่งเป็น .xlsx .ods หรือ .csv"
    en = "This file cannot be read ({reason}). Please send .xlsx, .ods or .csv."


class TargetsInvalid(Invalid):
    """Some rows are not right; `errors` holds all of them."""

    th = "ตารางกลุ่มเป้าหมายมีข้อผิดพลาด {count} แห่ง เริ่มที่แถว {row}: {first_th}"
    en = "The table of groups has {count} errors, the first in row {row}: {first_en}"

    def __init__(self, faults: list["RowFault"]) -> None:
        errors = [{"row": fault.row, "column": fault.column, **fault.text.to_json()} for fault in faults]
        first = faults[0]
        super().__init__(count=len(errors), row=first.row, first_th=first.text.th, first_en=first.text.en, errors=errors)


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong in a table: its row as the sheet numbers it, the column's heading, and what."""

    row: int
    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target group as the table gives it; the fields are those of `Group`."""

    code: str
    name: str
    village_no: str
    tambon: str
    amphoe: str
    province: str
    business: str
    contact_name: str
    email: str | None
    phone: str | None


Cell = object


def read(content: bytes) -> list[TargetRow]:
    """Return the groups of a table; its kind is known from its content. Raises TableTooLarge, TableUnreadable, TargetsInvalid."""
    if len(content) > LARGEST:
        raise TableTooLarge(bytes=LARGEST, rows=MOST_ROWS)
    rows = _sheet(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(_text(cell) for cell in row)]
    if len(numbered) > MOST_ROWS + 1:
        raise TableTooLarge(bytes=LARGEST, rows=MOST_ROWS)
    if not numbered:
        raise TableUnreadable(reason="empty")
    columns = _columns(*numbered[0])
    faults: list[RowFault] = []
    targets = [_target(number, row, columns, faults) for number, row in numbered[1:]]
    faults += _repeated([number for number, _ in numbered[1:]], targets)
    if not targets:
        raise TargetsInvalid([RowFault(numbered[0][0], "", NO_GROUP)])
    if faults:
        raise TargetsInvalid(sorted(faults, key=lambda fault: fault.row))
    return targets


def _sheet(content: bytes) -> list[list[Cell]]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise TableTooLarge(bytes=LARGEST, rows=MOST_ROWS)
        with CalamineWorkbook.from_object(io.BytesIO(content)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            if sheet.height > 2 * MOST_ROWS or sheet.width > MOST_COLUMNS:
                raise TableTooLarge(bytes=LARGEST, rows=MOST_ROWS)
            return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except PasswordError:
        raise TableUnreadable(reason="password") from None
    except (CalamineError, BadZipFile, IndexError, ValueError, OSError) as error:
        raise TableUnreadable(reason=str(error)[:200]) from None


def _csv(content: bytes) -> list[list[Cell]]:
    text = _decoded(content)
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise TableUnreadable(reason=str(error)) from None


def _decoded(content: bytes) -> str:
    """Decode by mark; else as UTF-8; else as Thai Windows, which is what Excel writes as plain CSV on Thai machines."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableUnreadable(reason="encoding")


def _columns(number: int, row: list[Cell]) -> dict[str, tuple[int, str]]:
    """Return field → (column, its heading as written). Raises TargetsInvalid naming all that are missing or stand twice."""
    known = {heading: field for field, headings in HEADINGS.items() for heading in headings}
    columns: dict[str, tuple[int, str]] = {}
    faults: list[RowFault] = []
    for position, cell in enumerate(row):
        written = _text(cell)
        field = known.get(written.lower())
        if field is None:
            continue
        if field in columns:
            faults.append(RowFault(number, written, COLUMN_TWICE.fill(column=written)))
        columns[field] = (position, written)
    for field in HEADINGS.keys() - OPTIONAL - columns.keys():
        faults.append(RowFault(number, HEADINGS[field][0], COLUMN_MISSING.fill(column=_label(field))))
    if faults:
        raise TargetsInvalid(sorted(faults, key=lambda fault: fault.column))
    return columns


def _target(number: int, row: list[Cell], columns: Mapping[str, tuple[int, str]], faults: list[RowFault]) -> TargetRow:
    values: dict[str, str] = {}
    for field in HEADINGS:
        position, heading = columns.get(field, (len(row), ""))
        cell = row[position] if position < len(row) else None
        values[field] = value = _text(cell)
        faults += [RowFault(number, heading, text) for text in _complaints(field, cell, value)]
    email, phone = values.pop("email") or None, values.pop("phone") or None
    return TargetRow(**values, email=email, phone=phone)


def _complaints(field: str, cell: Cell, value: str) -> Iterator[Text]:
    if not value:
        if field not in OPTIONAL:
            yield EMPTY.fill(column=_label(field))
    elif field in TEXT_ONLY and isinstance(cell, int | float):
        yield NUMBER.fill(column=_label(field))
    elif len(value) > LONGEST_CELL:
        yield TOO_LONG.fill(most=LONGEST_CELL)
    elif field == "email" and not EMAIL.fullmatch(value):
        yield NO_EMAIL.fill(value=value)
    elif field == "phone" and not PHONE.fullmatch(arabic_digits(value)):
        yield NO_PHONE.fill(value=value)


def _label(field: str) -> Text:
    """Return what a column is called: in Thai its first heading, in English its field."""
    return Text(HEADINGS[field][0], field)


def _repeated(numbers: Iterable[int], targets: Iterable[TargetRow]) -> Iterator[RowFault]:
    first: dict[str, int] = {}
    for number, target in zip(numbers, targets, strict=True):
        if target.code and target.code in first:
            earlier = first[target.code]
            yield RowFault(number, "code", CODE_TWICE.fill(code=target.code, row=earlier))
        first.setdefault(target.code, number)


def _text(cell: Cell) -> str:
    """Return what a cell reads as: whole numbers without a fraction, spaces run together."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("\u200b", "").split())
