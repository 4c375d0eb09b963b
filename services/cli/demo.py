"""`omsap demo`: plays the first programme on the embedded stack, through the public doors."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from services.cli.machine import DATA, AsJson, DataFolder
from services.cli.output import both
from shared.text import Text


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(demo)


def demo(
    data: DataFolder = DATA,
    exit_: Annotated[bool, typer.Option("--exit", help="Stop when the story has ended; status 0 only if it came out right.")] = False,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Play nothing: load the programme, its groups and the staff, and print them.")
    ] = False,
    groups: Annotated[int | None, typer.Option(min=2, max=36, help="Play with fewer groups.", show_default="36")] = None,
    as_json: AsJson = False,
) -> None:
    """Play the first programme from invitation to published result, with real clips, servers and workers."""
    from deploy.demo.doors import NotAsExpected
    from deploy.demo.letters import LetterMissing
    from deploy.local.state import CannotStart
    from shared import flow

    try:
        with _stack(data) as describe:
            os.environ.update(describe()["environment"])
            flow.install()
            right = _prepare(describe, groups, as_json=as_json) if prepare else _play(describe, data, groups, as_json=as_json)
            if not exit_:
                signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except (NotAsExpected, LetterMissing, CannotStart) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    if not right:
        raise typer.Exit(1)


@contextmanager
def _stack(data: Path) -> Iterator[Any]:
    """Yield what describes the stack that runs on `data`; one is started, and stopped at the end, if none does."""
    from deploy.local.background import BackgroundStack
    from deploy.local.state import State

    state = State(data)
    if state.running() is not None:
        yield state.running
        return
    stack = BackgroundStack(data, port=None)
    try:
        yield stack.describe
    finally:
        stack.stop()


def _prepare(describe: Any, groups: int | None, *, as_json: bool) -> bool:
    from deploy.demo.story import prepare

    document = prepare(describe()["base_url"], count=groups).to_json()
    print(json.dumps(document, ensure_ascii=False, indent=None if as_json else 2), flush=True)
    return True


def _play(describe: Any, data: Path, groups: int | None, *, as_json: bool) -> bool:
    from deploy.demo import cast
    from deploy.demo.story import came_out_right, play
    from deploy.demo.telling import Teller

    console = Console(stderr=as_json)
    teller = Teller(console)
    with teller.telling():
        stage, result = play(describe, data / "demo", teller=teller, count=groups)
    levels = stage.cast.levels
    table = Table(title=both(Text("ผลการคัดเลือก", "Result")))
    for heading in (Text("ระดับ", "level"), Text("กลุ่ม", "groups"), Text("บาท", "baht each")):
        table.add_column(both(heading))
    for level in levels:
        table.add_row(both(level.label), str(result[level.key]), f"{float(level.amount):,.0f}")
    console.print(table)
    for who, email in (
        (Text("ประธาน", "chair"), "chair@omsap.example"),
        (Text("เจ้าหน้าที่", "officer"), "department@omsap.example"),
        (Text("ผู้ดูแลระบบ", "operator"), "operator@omsap.example"),
    ):
        console.print(f"{both(who)}: {cast.sign_in_link(email, stage.base_url)}", soft_wrap=True, highlight=False)
    console.print(f"{both(Text('ผลที่ประกาศ', 'published results'))}: {stage.base_url}/   (Ctrl-C stops)", soft_wrap=True, highlight=False)
    print(json.dumps(result, separators=(",", ":")), flush=True)
    return came_out_right(result, stage.cast)
