"""Which installation a command works on: the one that the settings name, or a stack that runs on this machine."""

import os
import pwd
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from deploy.local.state import State
from services.cli.machine import DATA
from shared import flow, logs
from shared.database import transaction
from shared.errors import Invalid, NotFound, Unavailable
from shared.events import Actor, ActorKind
from shared.settings import settings

StackFolder = Annotated[
    Path | None,
    typer.Option("--data", help="Work on the stack that runs on this folder.", show_default="OMSAP_* settings, else the stack in var"),
]


class SettingsMissing(Invalid):
    """Neither settings nor a running stack say where the database is."""

    th = "ยังไม่ได้ตั้งค่า {names} และไม่มีระบบทำงานอยู่ในโฟลเดอร์ {folder} โปรดเริ่มด้วย omsap up ระบุโฟลเดอร์ด้วย --data หรือตั้งค่าเหล่านั้น"
    en = "{names} are missing or wrong, and no stack runs on {folder}. Start one with `omsap up`, name its folder with --data, or set them."


class NoStackRuns(NotFound):
    """The folder that was named has no running stack."""

    th = "ไม่มีระบบทำงานอยู่ในโฟลเดอร์ {folder} โปรดเริ่มด้วย omsap up --data {folder}"
    en = "No stack runs on {folder}. Start it with `omsap up --data {folder}`."


class DatabaseAway(Unavailable):
    """The database does not answer, or not in time."""

    th = "ฐานข้อมูลไม่ตอบสนอง ({reason}) โปรดลองใหม่ในอีกสักครู่"
    en = "The database did not answer ({reason}). Please try again shortly."


@contextmanager
def database(data: Path | None) -> Iterator[Session]:
    """Open a transaction on the installation. Raises SettingsMissing, NoStackRuns, DatabaseAway."""
    choose(data)
    try:
        with transaction() as session:
            yield session
    except OperationalError as error:
        raise DatabaseAway(reason=str(error.orig).strip().partition("\n")[0]) from error


def choose(data: Path | None) -> None:
    """Have this process use the stack on `data`; without it the settings, else the stack on the usual folder.

    Settings that are there in part are a mistake to be told of, not to be filled from another installation.
    """
    if data is not None:
        environment = _environment(data)
        if environment is None:
            raise NoStackRuns(folder=str(data))
        os.environ.update(environment)
    try:
        settings()
    except ValidationError as error:
        environment = None if any(name.startswith("OMSAP_") for name in os.environ) else _environment(DATA)
        if environment is None:
            names = ", ".join(f"OMSAP_{'_'.join(map(str, problem['loc'])).upper()}" for problem in error.errors())
            raise SettingsMissing(names=names, folder=str(DATA)) from None
        os.environ.update(environment)
    logs.configure()
    flow.install()


def local_user() -> Actor:
    """Return how history names whoever types commands: the user of the operating system and the machine; no account is known."""
    try:
        user = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        user = f"uid {os.getuid()}"
    return Actor(ActorKind.SYSTEM, None, f"{user}@{socket.gethostname()}")


def _environment(folder: Path) -> dict[str, str] | None:
    """Return the settings of the stack that runs on a folder."""
    if not folder.is_dir():
        return None
    state = State(folder)
    running = state.running() if state.stack_file.exists() else None
    return running["environment"] if running else None
