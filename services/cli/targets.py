"""`omsap targets`: import the groups a programme invites."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import both, show
from shared import clock
from shared.exports.targets_template import workbook
from shared.programmes import operations, queries, sheets, targets
from shared.text import Text

app = typer.Typer(help=both(Text("กลุ่มเป้าหมาย", "Target groups of a programme.")), no_args_is_help=True, add_completion=False)


@app.command()
def load(
    slug: Annotated[str, typer.Argument(help="The programme.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A table as xlsx, ods or csv.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make or update groups by their code and list them in the programme; every error of the table comes with its row and column."""
    with file.open("rb") as opened:
        content = opened.read(sheets.LARGEST + 1)
    with database(data) as session:
        programme = queries.programme(session, slug)
        rows = targets.read(content, programme.definition)
        result = operations.import_targets(session, programme, rows, by=local_user(), now=clock.now(), dry_run=dry_run)
    if as_json:
        show({"dry_run": dry_run, **asdict(result)})
        return
    if dry_run:
        print(both(Text("ทดลองเท่านั้น ยังไม่ได้บันทึก", "A dry run: nothing is saved.")))
    counts = Text(
        "กลุ่มใหม่ {groups_new} แก้ไข {groups_changed} คงเดิม {groups_same} "
        "กลุ่มเป้าหมายใหม่ {targets_new} รวม {targets_total} ไม่มีอีเมล {without_email}",
        "Groups: {groups_new} new, {groups_changed} changed, {groups_same} unchanged. "
        "Targets: {targets_new} new, {targets_total} in all. Without e-mail: {without_email}.",
    ).fill(**asdict(result))
    print(f"{counts.th}\n{counts.en}")


@app.command()
def template(
    slug: Annotated[str, typer.Argument(help="The programme.")],
    file: Annotated[Path | None, typer.Argument(dir_okay=False, help="Where to write it; else SLUG-targets.xlsx.")] = None,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write the table that groups are loaded from, empty (xlsx): a column for each question of the programme's form of an applicant."""
    with database(data) as session:
        content = workbook(queries.programme(session, slug).definition)
    written = file or Path(f"{slug}-targets.xlsx")
    written.write_bytes(content)
    show({"file": str(written)}) if as_json else print(written)
