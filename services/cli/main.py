"""The entry point: registers the commands, and turns refusals into exit status 1 with a sentence on standard error."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from services.cli import demo, machine
from services.cli.output import both, complain
from shared.errors import Refusal
from shared.text import Text

GROUPS = {
    "user": "services.cli.people",
    "programme": "services.cli.programmes",
    "targets": "services.cli.targets",
    "holidays": "services.cli.holidays",
    "submission": "services.cli.submissions",
    "filing": "services.cli.filings",
    "payment": "services.cli.payments",
    "submit": "services.cli.submit",
    "jobs": "services.cli.jobs",
    "texts": "services.cli.texts.commands",
}
"""Command → the module whose `app` it is, imported when it is called for: the domain takes a second or two to import."""


class Commands(TyperGroup):
    """The commands that were registered, and those of GROUPS."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return [*super().list_commands(ctx), *GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of a name, None when there is none."""
        if cmd_name not in GROUPS:
            return super().get_command(ctx, cmd_name)
        command = typer.main.get_command(import_module(GROUPS[cmd_name]).app)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="omsap",
    cls=Commands,
    help=both(Text("ระบบรับ พิจารณา และสนับสนุนผลงาน", "Submission processing for grant programmes.")),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
machine.register(app)
demo.register(app)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (this process's, or `arguments`) and exit: status 0 done, 1 failed, 2 wrong usage."""
    try:
        app(arguments)
    except Refusal as refusal:
        complain(refusal)
        sys.exit(1)


if __name__ == "__main__":
    run()
