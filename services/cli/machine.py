"""Commands about this machine: the embedded stack, migrations, what is missing, what is set."""

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

if TYPE_CHECKING:
    from shared.settings import Settings

DATA = Path("var")
DataFolder = Annotated[Path, typer.Option("--data", help="Folder of the stack's data.")]
AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON on standard output.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (up, migrate, doctor, config):
        app.command()(command)


def up(
    data: DataFolder = DATA,
    port: Annotated[int | None, typer.Option(help="Port of the web server; 0 takes any free one.", show_default="8000 if free")] = None,
    servers: Annotated[bool, typer.Option("--servers", help="PostgreSQL, Redis, S3 and mail only: run web and workers yourself.")] = False,
    as_json: AsJson = False,
) -> None:
    """Start PostgreSQL, Redis, an S3 server, web and workers on this machine, until Ctrl-C."""
    from deploy.local.stack import serve
    from deploy.local.state import CannotStart

    try:
        asyncio.run(serve(data, port=port, servers=servers, as_json=as_json))
    except CannotStart as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def migrate() -> None:
    """Bring the database to the newest schema; safe to run from several machines at once."""
    from shared.database.migrate import upgrade

    upgrade(_settings().database_url.get_secret_value())


def doctor(as_json: AsJson = False) -> None:
    """Say what this machine lacks, and what to do about it; exit status 1 if something needed is missing."""
    from deploy.local.doctor import examine

    findings = examine()
    if as_json:
        print(json.dumps([finding.to_json() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{'✓' if finding.well else '✗'} {finding.what}" + ("" if finding.well else f"\n    → {finding.mend}"))
    if not all(finding.well or not finding.needed for finding in findings):
        raise typer.Exit(1)


def config(as_json: AsJson = False) -> None:
    """Print the settings in force, secrets masked."""
    values = _settings().model_dump(mode="json")
    if as_json:
        print(json.dumps(values))
        return
    for name in values:
        print(f"OMSAP_{name.upper()}={values[name] if values[name] is not None else ''}")


def _settings() -> "Settings":
    """Return the settings; without them end with what is missing."""
    from shared.settings import settings

    try:
        return settings()
    except ValidationError as error:
        names = ", ".join(f"OMSAP_{'_'.join(map(str, problem['loc'])).upper()} ({problem['msg']})" for problem in error.errors())
        print(f"Settings are missing or wrong: {names}", file=sys.stderr)
        raise typer.Exit(1) from None
