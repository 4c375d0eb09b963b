"""The spreadsheet that proof-readers work on: a row a text, with its key, Thai, English and every place where it stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from services.cli.output import both
from services.cli.texts.harvest import JINJA, Found, slots
from shared.text import Text

HEADINGS = ("key", "th", "en", "where used")
ROW = Text("แถว {row}: {problem}", "row {row}: {problem}")
CHANGED_SINCE = Text("ข้อความนี้เปลี่ยนไปแล้วหลังส่งออก: {text}", "this text has changed since the export: {text}")
LANGUAGE_MISSING = Text("ขาดภาษาใดภาษาหนึ่ง", "one of the two languages is missing")
BRACE_ALONE = Text("วงเล็บปีกกาไม่ครบคู่", "an opening or closing brace has no partner")
SLOTS_DIFFER = Text("ช่องเติม {slots} ต้องมีครบทั้งสองภาษา", "both languages must have the slots {slots}")


@dataclass(frozen=True, slots=True)
class Change:
    """A text that a proof-reader wrote differently."""

    where: list[str]
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a spreadsheet that came back holds."""

    changes: list[Change]
    faults: list[str]
    """What stands in the way of taking the changes over, a sentence each in Thai and English."""


def write(path: Path, texts: Iterable[Found]) -> int:
    """Write the spreadsheet and return how many texts it has."""
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for found in texts:
        places[found.key, found.th, found.en].append(found.where)
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("texts")
        wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        for column, width in enumerate((14, 60, 60, 40)):
            sheet.set_column(column, column, width, wrapped)
        sheet.write_row(0, 0, HEADINGS, bold)
        sheet.freeze_panes(1, 0)
        for row, ((key, th, en), where) in enumerate(places.items(), start=1):
            for column, cell in enumerate((key, th, en, "\n".join(where))):
                sheet.write_string(row, column, cell)
    return len(places)


def read(path: Path, texts: Iterable[Found]) -> Reading:
    """Compare a spreadsheet that came back with the texts of now."""
    known: dict[str, list[Found]] = defaultdict(list)
    for found in texts:
        known[found.key].append(found)
    changes: list[Change] = []
    faults: list[str] = []
    with CalamineWorkbook.from_path(path) as book:
        rows = book.get_sheet_by_index(0).to_python()[1:]
    for number, row in enumerate(rows, start=2):
        key, th, en = (str(cell).replace("_x000D_", "").strip("\r") for cell in row[:3])
        if key not in known:
            faults.append(both(ROW.fill(row=number, problem=CHANGED_SINCE.fill(text=th))))
            continue
        one = known[key][0]
        if (th, en) != (one.th, one.en):
            problem = wrong(Found(one.where, th, en), like=one)
            if problem:
                faults.append(both(ROW.fill(row=number, problem=problem)))
            changes.append(Change([found.where for found in known[key]], (one.th, one.en), (th, en)))
    return Reading(changes, faults)


def wrong(text: Found, *, like: Found | None = None) -> Text | None:
    """Say what is wrong with a text: a language is missing, its slots differ by language or from those of `like`; None when nothing is.

    A slot `{x_th}` in Thai is `{x_en}` in English. Bodies of mails are compared by their Jinja variables with `like` only, not between
    the languages: a mail has both, and lists files once.
    """
    if not text.th.strip() or not text.en.strip():
        return LANGUAGE_MISSING
    try:
        th, en = slots(text.th), slots(text.en)
    except ValueError:
        return BRACE_ALONE
    differing: set[str] = set()
    if not JINJA.search(text.th + text.en):
        differing |= {name.removesuffix("_th") for name in th} ^ {name.removesuffix("_en") for name in en}
    if like:
        differing |= (th ^ slots(like.th)) | (en ^ slots(like.en))
    return SLOTS_DIFFER.fill(slots=", ".join(f"{{{name}}}" for name in sorted(differing))) if differing else None
