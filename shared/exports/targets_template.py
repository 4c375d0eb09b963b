"""The table that a programme's target groups are imported from, empty, as a workbook to fill in."""

import io
from collections.abc import Iterator

from shared.forms.questions import Choice, Date, Place, Question, Several
from shared.programmes import columns
from shared.programmes.columns import Column
from shared.programmes.definition import Definition
from shared.programmes.sheets import MOST_ROWS
from shared.text import Text

TEXT_FORMAT = "@"
"""So that codes and telephone numbers keep their leading zeros."""
MOST_LISTED = 255
"""Characters of a list that a cell offers. Source: Excel's limit."""
SHEET, HELP = Text("กลุ่มเป้าหมาย", "Target groups"), Text("คำอธิบาย", "Explanation")
HEADINGS = (Text("คอลัมน์", "Column"), Text("จำเป็น", "Required"), Text("วิธีกรอก", "How to fill it in"))
REQUIRED, OPTIONAL = Text("จำเป็น", "required"), Text("ไม่บังคับ", "optional")
CODE = Text("รหัสในทะเบียน ไม่ซ้ำกัน รหัสเดิมคือกลุ่มเดิม", "The number in the register, once each; the same code is the same group again.")
PLACE = Text("ชื่อทางการหรือรหัส เช่น ลำปาง หรือ 52", "The official name or code, as ลำปาง or 52.")
DATE = Text("วันที่ เช่น 29/5/2563", "A day, as 29/5/2020.")
ONE_OF = Text("เลือกหนึ่งข้อ: {options}", "One of: {options}")
SOME_OF = Text("เลือกได้หลายข้อ คั่นด้วยจุลภาค: {options}", "Any of these, with commas between: {options}")


def workbook(definition: Definition) -> bytes:
    """Return a workbook (xlsx) with a sheet to fill in, and one that explains its columns; in the programme's first language."""
    import xlsxwriter  # 14 MB of memory, for the process that writes one

    content, language, asked = io.BytesIO(), definition.languages[0], columns.columns(definition)
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        as_text = book.add_format({"num_format": TEXT_FORMAT})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(SHEET.read(language))
        for number, column in enumerate(asked):
            heading = _heading(column, asked, language)
            sheet.set_column(number, number, len(heading) + 12, as_text)
            sheet.write_string(0, number, heading, bold)
            labels = [option.label.read(language) for option in column.question.options] if isinstance(column.question, Choice) else []
            if labels and len(",".join(labels)) <= MOST_LISTED and not any("," in label for label in labels):
                sheet.data_validation(1, number, MOST_ROWS, number, {"validate": "list", "source": labels, "error_type": "warning"})
        sheet.freeze_panes(1, 0)
        explained = book.add_worksheet(HELP.read(language))
        for number, row in enumerate(_explained(asked, language)):
            for position, cell in enumerate(row):
                explained.write_string(number, position, cell, bold if number == 0 else None)
        explained.set_column(0, 1, 24)
        explained.set_column(2, 2, 80)
    return content.getvalue()


def _heading(column: Column, asked: list[Column], language: str) -> str:
    """Return how a column is called in the sheet: its label, or its key where an import would take the label for another column."""
    label = column.headings[0] if language == "th" or column.question is None else column.label.read(language)
    if columns.by_heading(asked).get(columns.plain(label)) == column:
        return label
    return column.key if column.part is None else f"{column.key}.{column.part}"


def _explained(asked: list[Column], language: str) -> Iterator[tuple[str, ...]]:
    yield tuple(heading.read(language) for heading in HEADINGS)
    for column in asked:
        texts = [_how(column.question) if column.question is not None else CODE]
        if column.question is not None and column.question.hint is not None:
            texts.append(column.question.hint)
        needed = REQUIRED if column.is_required else OPTIONAL
        yield (
            _heading(column, asked, language),
            needed.read(language),
            " ".join(read for text in texts if text is not None and (read := text.read(language))),
        )


def _how(question: Question) -> Text | None:
    if isinstance(question, Place):
        return PLACE
    if isinstance(question, Date):
        return DATE
    if isinstance(question, Choice | Several):
        labels = [option.label for option in question.options]
        listed = Text(", ".join(one.th for one in labels), ", ".join(one.en for one in labels))
        return (ONE_OF if isinstance(question, Choice) else SOME_OF).fill(options=listed)
    return None
