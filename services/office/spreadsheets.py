"""Tables as files for Excel: xlsx, or csv in UTF-8 with a mark. No cell is ever a formula."""

import csv
import io
from decimal import Decimal

from shared.exports.tables import Cell, Table

WIDEST = 50
"""Characters of a column."""


def xlsx(table: Table, *, name: str) -> bytes:
    """Return a workbook with one sheet: text as text (codes keep their zeros), amounts as numbers."""
    import xlsxwriter  # 14 MB of memory, for the process that writes one

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": "#,##0.00"})
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading.th, bold)
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, float(cell), money if isinstance(cell, Decimal) else None)
        for column, heading in enumerate(table.headings):
            widest = max((len(str(row[column] or "")) for row in table.rows), default=0)
            sheet.set_column(column, column, min(WIDEST, max(widest, len(heading.th)) + 2))
        sheet.freeze_panes(1, 0)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
    return content.getvalue()


def csv_(table: Table) -> bytes:
    """Return comma-separated values; what a spreadsheet would take for a formula begins with an apostrophe."""
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    writer.writerow([heading.th for heading in table.headings])
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return content.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
