"""`omsap programme`: check a programme's file, load it, list what is loaded."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import both, complain, place, show, show_table
from shared import clock
from shared.programmes import queries, reading
from shared.programmes.definition import Definition
from shared.stages import saving
from shared.text import Text

app = typer.Typer(help=both(Text("โครงการ", "Programmes as files.")), no_args_is_help=True, add_completion=False)

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A programme as YAML or JSON.")]

WARNING = Text("ควรตรวจสอบ", "look again")
OUTCOMES = {
    "created": Text("สร้างแล้ว", "created"),
    "updated": Text("ปรับปรุงแล้ว", "updated"),
    "unchanged": Text("ไม่มีอะไรเปลี่ยน", "unchanged"),
}


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a programme's file, each with its line, and what is probably not meant; nothing is loaded."""
    try:
        definition, warnings = reading.read_with_warnings(file.read_bytes())
    except reading.ProgrammeInvalid as invalid:
        if as_json:
            show({"valid": False, "slug": None, "errors": invalid.facts["errors"], "warnings": []})
        else:
            complain(invalid)
        raise typer.Exit(1) from None
    listed = [warning.to_json() for warning in warnings]
    if as_json:
        show({"valid": True, "slug": definition.slug, "errors": [], "warnings": listed})
        return
    print(f"✓ {file} · {definition.slug}: {definition.name.th}")
    for warning in listed:
        print(f"  {both(WARNING)}: {place(warning)}: {warning['th']} · {warning['en']}")


@app.command()
def load(
    file: File,
    version: Annotated[
        int | None, typer.Option(min=1, help="The version you began from; refused if somebody has saved since. Without it: over any.")
    ] = None,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make a programme from its file, or give one that exists a new version; the same again changes nothing."""
    definition = reading.read(file.read_bytes())
    with database(data) as session:
        saved = saving.save(session, definition, began_from=version, by=local_user(), now=clock.now())
        programme = saved.programme
        outcome = "unchanged" if not saved.changed else "created" if programme.version == 1 else "updated"
    if as_json:
        show({"slug": programme.slug, "version": programme.version, "outcome": outcome, "filings_moved": saved.filings})
    else:
        print(f"{programme.slug}: {both(OUTCOMES[outcome])} (version {programme.version})")


@app.command()
def versions(slug: Annotated[str, typer.Argument(help="The programme.")], data: StackFolder = None, as_json: AsJson = False) -> None:
    """List who saved which version of a programme's document when, the newest first."""
    with database(data) as session:
        kept = [
            {"version": one.version, "saved_at": one.saved_at, "saved_by": one.saved_by}
            for one in queries.versions(session, queries.programme(session, slug).id)
        ]
    if as_json:
        show({"versions": kept})
        return
    show_table(
        ("version", "saved_at", "saved_by"), [(one["version"], f"{one['saved_at']:%Y-%m-%d %H:%M:%S}Z", one["saved_by"]) for one in kept]
    )


@app.command("list")
def list_(data: StackFolder = None, as_json: AsJson = False) -> None:
    """List the programmes, the newest first."""
    with database(data) as session:
        programmes = [
            {
                "slug": programme.slug,
                "name": programme.document["name"],
                "fiscal_year": programme.document["fiscal_year"],
                "version": programme.version,
                "deadline": _deadline(programme.definition),
            }
            for programme in queries.programmes(session)
        ]
    if as_json:
        show({"programmes": programmes})
        return
    names = ("slug", "fiscal_year", "version", "deadline")
    show_table((*names, "name"), [(*(one[name] for name in names), one["name"]["th"]) for one in programmes])


def _deadline(definition: Definition) -> datetime | None:
    """Return by when the first stage that asks for something is to be submitted, None if that hangs on each submission."""
    return next((at for key, _, at in definition.dates() if definition.collect(key)), None)
