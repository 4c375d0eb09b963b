"""`omsap targets`: import the groups a programme invites."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import show
from shared import clock
from shared.programmes import operations, queries, targets

app = typer.Typer(help="กลุ่มเป้าหมาย · Target groups of a programme.", no_args_is_help=True, add_completion=False)


@app.callback()
def group() -> None:
    """Keep `load` a command of its own: typer makes the only command of a group the group itself."""


@app.command()
def load(
    slug: Annotated[str, typer.Argument(help="The programme.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A table as xlsx, ods or csv.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make or update groups by their code and list them in the programme; every error of the table comes with its row and column."""
    with file.open("rb") as content:
        rows = targets.read(content.read(targets.LARGEST + 1))
    with database(data) as session:
        programme = queries.programme(session, slug)
        result = operations.import_targets(session, programme, rows, by=local_user(), now=clock.now(), dry_run=dry_run)
    if as_json:
        show({"dry_run": dry_run, **asdict(result)})
        return
    if dry_run:
        print("ทดลองเท่านั้น ยังไม่ได้บันทึก · A dry run: nothing is kept.")
    print(f"กลุ่มใหม่ {result.groups_new} แก้ไข {result.groups_changed} คงเดิม {result.groups_same} รวมกลุ่มเป้าหมาย {result.targets_total}")
    print(
        f"Groups: {result.groups_new} new, {result.groups_changed} changed, {result.groups_same} unchanged. "
        f"Targets: {result.targets_new} new, {result.targets_total} in all. Without e-mail: {result.without_email}."
    )
