"""What commands print: results on standard output, as JSON or for people; refusals in both languages on standard error."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic_core import to_json
from rich.console import Console
from rich.table import Table

from shared.errors import Refusal
from shared.text import Text

WIDEST = 1000
"""Columns of a line that goes to a file or a program: nothing is cut."""


LINE, ROW = Text("บรรทัด", "line"), Text("แถว", "row")


def both(text: Text) -> str:
    """Return a text in Thai and English on one line, as commands print them."""
    return f"{text.th} · {text.en}"


def show(document: Any) -> None:
    """Print a document as one line of JSON; ids and instants become text."""
    print(to_json(document).decode())


def show_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows below their headings, aligned also where letters stand above one another, as Thai ones do."""
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = WIDEST
    console.print(table)


def complain(refusal: Refusal) -> None:
    """Say on standard error why something is refused: the sentence in Thai and English, and every error of a file with its place."""
    print(f"{refusal.detail('th')}\n{refusal.detail('en')}", file=sys.stderr)
    for error in refusal.facts.get("errors", []):
        print(f"  {place(error)}: {error['th']} · {error['en']}", file=sys.stderr)


def place(error: dict[str, Any]) -> str:
    """Return where in its file an error is: the line and path of a programme, or the row and column of a table."""
    if "line" in error:
        return f"{both(LINE)} {error['line']}" + (f", {error['path']}" if error["path"] else "")
    return f"{both(ROW)} {error['row']}" + (f", {error['column']}" if error["column"] else "")
