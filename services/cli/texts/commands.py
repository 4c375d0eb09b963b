"""The commands of `omsap texts`."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.output import both, show
from services.cli.texts import workbook
from services.cli.texts.harvest import harvest
from shared.text import Text

app = typer.Typer(
    help=both(Text("ข้อความทั้งหมดของระบบ สำหรับผู้ตรวจภาษา", "All texts of the product, for proof-readers.")), no_args_is_help=True
)
STRAY = Text("ไม่ได้อยู่ในข้อความสองภาษา", "is outside of a text")
SUMMARY = Text("{texts:,} ข้อความ เปลี่ยน {changes} ผิด {faults}", "{texts:,} texts, {changes} changed, {faults} wrong")
AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON on standard output.")]


@app.command()
def export(path: Annotated[Path, typer.Argument(help="The spreadsheet to write, .xlsx.")], as_json: AsJson = False) -> None:
    """Write every text with its key, Thai, English and where it is used."""
    count = workbook.write(path, harvest().texts)
    show({"texts": count, "file": str(path)}) if as_json else print(
        f"{path}: {both(Text('{count:,} ข้อความ', '{count:,} texts').fill(count=count))}"
    )


@app.command()
def check(
    path: Annotated[Path | None, typer.Argument(help="A spreadsheet that came back; none: the product itself is checked.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say which texts a proof-reader changed and what is wrong with them; exit status 1 if something is wrong."""
    found = harvest()
    if path is None:
        wrong = [f"{text.where}: {both(problem)}" for text in found.texts if (problem := workbook.wrong(text))]
        faults, changes = [*wrong, *(f"{stray}: {both(STRAY)}" for stray in found.stray)], []
    else:
        reading = workbook.read(path, found.texts)
        faults, changes = reading.faults, reading.changes
    if as_json:
        listed = [{"where": change.where, "before": change.before, "after": change.after} for change in changes]
        show({"texts": len(found.texts), "changes": listed, "faults": faults})
    else:
        for change in changes:
            altered = [f"  - {old}\n  + {new}" for old, new in zip(change.before, change.after, strict=True) if old != new]
            print("\n".join([*change.where, *altered]))
        for fault in faults:
            print(f"✗ {fault}")
        print(both(SUMMARY.fill(texts=len(found.texts), changes=len(changes), faults=len(faults))))
    if faults:
        raise typer.Exit(1)
