"""A table as a file (xlsx, ods, or csv in UTF-8, UTF-16 or cp874) → its rows of cells."""

import csv
import io
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from shared.errors import Invalid, TooLarge

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60

Cell = object


class TableTooLarge(TooLarge):
    """The table is beyond what an import takes at once."""

    th = "ไฟล์ใหญ่เกินกำหนด รับได้ไม่เกิน {bytes} ไบต์ และ {rows} แถว"
    en = "The file is too large: at most {bytes} bytes and {rows} rows."


class TableUnreadable(Invalid):
    """It is no table, or none that can be read."""

    th = "อ่านไฟล์นี้ไม่ได้ ({reason}) โปรดส่งเป็น .xlsx .ods หรือ .csv"
    en = "This file cannot be read ({reason}). Please send .xlsx, .ods or .csv."


def rows(content: bytes) -> list[tuple[int, list[Cell]]]:
    """Return the rows that hold anything, numbered as the sheet does; its kind is known from its content.

    Raises TableTooLarge, TableUnreadable.
    """
    if len(content) > LARGEST:
        raise TableTooLarge(bytes=LARGEST, rows=MOST_ROWS)
    found = _sheet(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    numbered = [(number, row) for number, row in enumerate(found, start=1) if any(text(cell) for cell in row)]
    if len(numbered) > MOST_ROWS + 1:
        raise TableTooLarge(bytes=LARGEST, rows=MOST_ROWS)
    if not numbered:
        raise TableUnreadable(reason="empty")
    return numbered


def text(cell: Cell) -> str:
    """Return what a cell reads as: whole numbers without a fraction, spaces run together."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("\u200b", "").split())


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
    decoded = _decoded(content)
    heading = decoded.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise TableUnreadable(reason=str(error)) from None


def _decoded(content: bytes) -> str:
    """Decode by mark; else as UTF-8; else as Thai Windows, which is what Excel writes as plain CSV on Thai machines."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in decoded:
            return decoded
    raise TableUnreadable(reason="encoding")
