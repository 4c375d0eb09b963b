"""The entry point: registers the commands, and turns refusals into exit status 1 with a sentence on standard error."""

import sys

import typer

from services.cli import machine
from shared.errors import Refusal

app = typer.Typer(
    name="omsap",
    help="ระบบรับ พิจารณา และสนับสนุนผลงาน · Submission processing for grant programmes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
machine.register(app)


def run() -> None:
    """Run the command line: exit status 0 done, 1 failed, 2 wrong usage."""
    try:
        app()
    except Refusal as refusal:
        print(f"{refusal.detail('th')}\n{refusal.detail('en')}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    run()
