"""`omsap holidays`: the days on which nobody works, for terms of days."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from services.cli.installation import StackFolder, database
from services.cli.machine import AsJson
from services.cli.output import both, show, show_table
from shared.programmes import holidays, operations, queries
from shared.text import Text
from shared.thai.dates import ERA

app = typer.Typer(
    help=both(Text("วันหยุดของหน่วยงาน", "Holidays, on which no term of days ends.")), no_args_is_help=True, add_completion=False
)

BUDDHIST_FROM = 2400
COUNTS = Text("วันหยุดใหม่ {new} แก้ชื่อ {changed} คงเดิม {same}", "Holidays: {new} new, {changed} renamed, {same} unchanged.")
DRY_RUN = Text("ทดลองเท่านั้น ยังไม่ได้บันทึก", "A dry run: nothing is saved.")


@app.command()
def load(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A list as CSV: date, name_th, name_en.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Add holidays, or give those there are new names; every error of the list comes with its line."""
    with file.open("rb") as content:
        rows = holidays.read(content.read(holidays.LARGEST + 1))
    with database(data) as session:
        result = operations.load_holidays(session, rows, dry_run=dry_run)
    if as_json:
        show({"dry_run": dry_run, **asdict(result)})
        return
    if dry_run:
        print(both(DRY_RUN))
    print(both(COUNTS.fill(**asdict(result))))


@app.command("list")
def list_(
    year: Annotated[int | None, typer.Option(min=1900, max=2700, help="Of either era: 2020 or 2563.")] = None,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """List the holidays, of one year or of all."""
    common = year - ERA if year is not None and year >= BUDDHIST_FROM else year
    with database(data) as session:
        listed = [(holiday.day, holiday.name_th, holiday.name_en) for holiday in queries.holiday_list(session, common)]
    if as_json:
        show({"holidays": [{"day": day, "name_th": thai, "name_en": english} for day, thai, english in listed]})
    else:
        show_table(("day", "name_th", "name_en"), listed)
