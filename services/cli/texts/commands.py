"""The commands of `omsap texts`."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.output import show
from services.cli.texts import workbook
from services.cli.texts.harvest import harvest

app = typer.Typer(help="ข้อความทั้งหมดของระบบ สำหรับผู้ตรวจภาษา · All texts of the product, for proof-readers.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON on standard output.")]


@app.command()
def export(path: Annotated[Path, typer.Argument(help="The spreadsheet to write, .xlsx.")], as_json: AsJson = False) -> None:
    """Write every text with its key, Thai, English and where it is used."""
    count = workbook.write(path, harvest().texts)
    show({"texts": count, "file": str(path)}) if as_json else print(f"{path}: {count:,} ข้อความ · texts")


@app.command()
def check(
    path: Annotated[Path | None, typer.Argument(help="A spreadsheet that came back; none: the product itself is checked.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say which texts a proof-reader changed and what is wrong with them; exit status 1 if something is wrong."""
    found = harvest()
    if path is None:
        wrong = [f"{text.where}: {problem}" for text in found.texts if (problem := workbook.wrong(text))]
        faults, changes = [*wrong, *(f"{stray}: ไม่ได้อยู่ในข้อความสองภาษา · stands outside of a text" for stray in found.stray)], []
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
        print(f"{len(found.texts):,} ข้อความ · texts, {len(changes)} เปลี่ยน · changed, {len(faults)} ผิด · wrong")
    if faults:
        raise typer.Exit(1)
