"""`omsap submit`: send a group's files by its link, wait for the checks, submit."""

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from services.cli.bars import Bars, deliver
from services.cli.machine import AsJson
from services.cli.output import both, show
from services.client.sending import checked, is_to_submit, outgoing, uploads
from services.client.server import Server
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.sheet import ARRIVED
from shared.text import Text

app = typer.Typer(add_completion=False)

LINK = re.compile(r"/s/(gl_[A-Za-z0-9_-]+)/?")
LOOKS = {UploadStatus.PASSED: f"✓ {both(Text('ผ่าน', 'passed'))}", UploadStatus.FAILED: f"✗ {both(Text('ไม่ผ่าน', 'not passed'))}"}


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def submit(
    context: typer.Context,
    link: Annotated[str, typer.Argument(help="The group's link: https://…/s/gl_…")],
    stage: Annotated[str | None, typer.Option(help="The stage that is filed, by its key; needed where several are open.")] = None,
    item: Annotated[
        list[str] | None, typer.Option(metavar="ITEM=FILE", help="A file of an item, by its key; repeatable. --ITEM FILE does the same.")
    ] = None,
    hand_in: Annotated[bool, typer.Option("--hand-in/--no-hand-in", help="Submit when all files pass.")] = True,
    as_json: AsJson = False,
) -> None:
    """Send files by a group's link, on from where they stopped before; wait for their checks, and submit.

    Exit status 1 when a file does not pass or the server refuses, with its words.
    """
    base_url, token = _parts(link)
    files = [outgoing(kind, path) for kind, path in [*_options(context.args), *map(_item, item or [])]]
    bars = Bars()
    server = Server(base_url, token, stage=stage, lost=bars.lost)
    deliver(server, files, bars)
    submission = checked(server)
    passed = not any(upload["state"] == UploadStatus.FAILED for upload in uploads(submission))
    if hand_in and passed and is_to_submit(submission):
        submission = server.hand_in()
    if as_json:
        show(_described(submission, passed=passed))
    else:
        _echo(submission, server.page)
    if not passed:
        raise typer.Exit(1)


def _parts(link: str) -> tuple[str, str]:
    """Return the server's address and the token of a group's link."""
    address = urlsplit(link.strip())
    found = LINK.fullmatch(address.path)
    if address.scheme not in ("http", "https") or not address.netloc or found is None:
        raise typer.BadParameter("this is not a group's link: it looks like https://…/s/gl_…", param_hint="LINK")
    return f"{address.scheme}://{address.netloc}", found[1]


def _item(text: str) -> tuple[str, Path]:
    """Return the item and the file of ITEM=FILE."""
    kind, _, name = text.partition("=")
    if not kind or not Path(name).is_file():
        raise typer.BadParameter(f"{text} is not ITEM=FILE with a file that exists", param_hint="--item")
    return kind, Path(name)


def _options(arguments: list[str]) -> list[tuple[str, Path]]:
    """Return the items and files of `--ITEM FILE` or `--ITEM=FILE`; which items there are, the server says."""
    found, waiting = [], list(arguments)
    while waiting:
        option = waiting.pop(0)
        if not option.startswith("--") or ("=" not in option and not waiting):
            raise typer.BadParameter(f"{option} is not --ITEM FILE", param_hint="--ITEM")
        found.append(_item(option[2:] if "=" in option else f"{option[2:]}={waiting.pop(0)}"))
    return found


def _described(submission: dict[str, Any], *, passed: bool) -> dict[str, Any]:
    names = ("id", "kind", "filename", "state", "size_bytes", "sha256", "findings")
    return {
        "submission": submission["id"],
        "reference": submission["reference"],
        "state": submission["state"],
        "stage": submission["stage"],
        "handed_in": not is_to_submit(submission),
        "passed": passed,
        "files": [{name: upload[name] for name in names} for upload in uploads(submission)],
        "next_step": submission["next_step"],
    }


def _echo(submission: dict[str, Any], page: str) -> None:
    for upload in uploads(submission):
        if upload["state"] not in ARRIVED:
            continue
        print(f"{upload['label']['th']} · {upload['label']['en']}: {upload['filename']}  {LOOKS[upload['state']]}")
        for finding in upload["findings"]:
            print(f"    {finding['detail_th']}\n    {finding['detail_en']}")
    step = submission["next_step"]
    print(f"\n{submission['reference']}: {submission['state_th']} · {submission['state_en']}")
    print(f"{step['detail_th']}\n{step['detail_en']}\n{page}")
