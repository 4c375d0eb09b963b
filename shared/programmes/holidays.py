"""A list of holidays (CSV: date, name_th, name_en) → its days, or every error at once with its line. Pure.

Lines that begin with # say where the list is from. Days may be written as people write them, of either era: 2020-04-06, 6/4/2563.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.errors import Invalid, TooLarge
from shared.text import Text
from shared.thai.days import NoDay, read_day
from shared.thai.text import normalise

LARGEST = 1024 * 1024
MOST = 5000
LONGEST_NAME = 200
"""Characters."""
COLUMNS = ("date", "name_th", "name_en")

NO_DAY = Text("{value} ไม่ใช่วันที่ ใช้เช่น 2020-04-06 หรือ 6/4/2563", "{value} is no day; write it as 2020-04-06 or 6/4/2563")
NAMELESS = Text("ต้องมีชื่อวันหยุด (name_th หรือ name_en)", "needs the holiday's name (name_th or name_en)")
NAME_TOO_LONG = Text("ชื่อยาวเกิน {most} ตัวอักษร", "the name is longer than {most} characters")
DAY_TWICE = Text("วันที่ {day} อยู่ในบรรทัด {line} แล้ว", "{day} stands in line {line} already")
COLUMN_MISSING = Text("บรรทัดแรกต้องมีคอลัมน์ {columns}", "the first line needs the columns {columns}")
NOTHING = Text("ไม่มีวันหยุดในไฟล์", "the file holds no holiday")
NOT_UTF8 = Text("ไฟล์ต้องเข้ารหัสแบบ UTF-8", "the file must be UTF-8")


class HolidaysTooMany(TooLarge):
    """The list is beyond what is taken at once."""

    th = "รายการวันหยุดใหญ่เกินกำหนด รับได้ไม่เกิน {bytes} ไบต์ และ {most} วัน"
    en = "The list of holidays is too large: at most {bytes} bytes and {most} days."


class HolidaysInvalid(Invalid):
    """Some lines are not right; `errors` holds all of them."""

    th = "รายการวันหยุดมีข้อผิดพลาด {count} แห่ง เริ่มที่บรรทัด {line}: {first_th}"
    en = "The list of holidays has {count} errors, the first in line {line}: {first_en}"

    def __init__(self, faults: list[tuple[int, str, Text]]) -> None:
        errors = [{"line": line, "path": column, **text.to_json()} for line, column, text in faults]
        line, _, first = faults[0]
        super().__init__(count=len(errors), line=line, first_th=first.th, first_en=first.en, errors=errors)


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A day on which nobody works besides Saturdays and Sundays; the fields are those of `Holiday`."""

    day: date
    name_th: str
    name_en: str


def read(content: bytes) -> list[HolidayRow]:
    """Return the holidays of a list, in order. Raises HolidaysTooMany, HolidaysInvalid."""
    if len(content) > LARGEST:
        raise HolidaysTooMany(bytes=LARGEST, most=MOST)
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise HolidaysInvalid([(content[: error.start].count(b"\n") + 1, "", NOT_UTF8)]) from None
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip() and not line.lstrip().startswith("#")]
    if len(numbered) > MOST + 1:
        raise HolidaysTooMany(bytes=LARGEST, most=MOST)
    if not numbered:
        raise HolidaysInvalid([(1, "", NOTHING)])
    headings = [heading.strip().lower() for heading in next(csv.reader([numbered[0][1]]))]
    if "date" not in headings or not {"name_th", "name_en"} & set(headings):
        raise HolidaysInvalid([(numbered[0][0], "", COLUMN_MISSING.fill(columns=", ".join(COLUMNS)))])
    faults: list[tuple[int, str, Text]] = []
    first: dict[date, tuple[int, HolidayRow]] = {}
    for number, line in numbered[1:]:
        cells = dict(zip(headings, (normalise(cell) for cell in next(csv.reader([line]))), strict=False))
        row = _row(number, cells, faults)
        if row is not None and row.day in first:
            faults.append((number, "date", DAY_TWICE.fill(day=row.day, line=first[row.day][0])))
        elif row is not None:
            first[row.day] = number, row
    if not first and not faults:
        faults.append((numbered[0][0], "", NOTHING))
    if faults:
        raise HolidaysInvalid(faults)
    return [row for _, row in sorted(first.values(), key=lambda found: found[1].day)]


def _row(number: int, cells: dict[str, str], faults: list[tuple[int, str, Text]]) -> HolidayRow | None:
    wrong = list(_wrong(cells))
    faults += [(number, column, text) for column, text in wrong]
    if wrong:
        return None
    thai, english = cells.get("name_th", ""), cells.get("name_en", "")
    return HolidayRow(read_day(cells["date"]), thai or english, english or thai)


def _wrong(cells: dict[str, str]) -> Iterator[tuple[str, Text]]:
    typed = cells.get("date", "")
    try:
        read_day(typed)
    except NoDay:
        yield "date", NO_DAY.fill(value=typed[:40] or "–")
    names = {name: cells.get(name, "") for name in COLUMNS[1:]}
    if not any(names.values()):
        yield "name_th", NAMELESS
    for column, name in names.items():
        if len(name) > LONGEST_NAME:
            yield column, NAME_TOO_LONG.fill(most=LONGEST_NAME)
