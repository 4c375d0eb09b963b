"""The command as a user types it, a group's link to type, and a network that can be cut."""

import io
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import factories
import pytest
from factories.tus import FOREVER, ITEMS
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from deploy.local.background import BackgroundStack
from services.cli import main
from shared.people import operations as people
from shared.people import tokens
from shared.people.models import CredentialKind
from shared.submissions.sheet import Standing

OMSAP = str(Path(sys.executable).with_name("omsap"))
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without any settings but those given."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OMSAP_")} | more


@pytest.fixture
def omsap(tmp_path: Path) -> Run:
    """Run the command in an empty folder, with no settings but those given."""

    def run(*arguments: object, settings: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        env = environment(**(settings or {}))
        argv = [OMSAP, *map(str, arguments)]
        return subprocess.run(argv, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)

    return run


@pytest.fixture
def on_stack(stack: dict[str, Any], clean: None) -> Run:
    """Run the command with the settings of the servers under test; in this process, which has imported the domain already."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        given, output, errors = [str(argument) for argument in arguments], io.StringIO(), io.StringIO()
        with redirect_stdout(output), redirect_stderr(errors), pytest.raises(SystemExit) as end:
            main.run(given)
        return subprocess.CompletedProcess(given, int(end.value.code or 0), output.getvalue(), errors.getvalue())

    return run


@dataclass
class Group:
    """A group that was invited on the live stack."""

    submission: UUID
    base_url: str
    token: str

    @property
    def link(self) -> str:
        return f"{self.base_url}/s/{self.token}"


@pytest.fixture
def invite(live: BackgroundStack) -> Callable[[int], Group]:
    """Make a group of a programme that is open for ever, with its link."""

    def make(number: int) -> Group:
        # Others play programmes with groups of the first numbers on the same stack.
        with Session(create_engine(live.description["database_url"], poolclass=NullPool)) as session, session.begin():
            programme = factories.programme(session, milestones=FOREVER, items=ITEMS)
            submission = factories.submissions(session, programme, 1, status=Standing.INVITED, first=9000 + number)[0]
            credential = people.make_link(session, submission_id=submission.id)
            token = tokens.write(live.description["environment"]["OMSAP_SECRET_KEY"], CredentialKind.LINK, credential.id)
            return Group(submission.id, live.description["base_url"], token)

    return make


class Cable:
    """A network on the way to a server: counts the bytes sent, and breaks once so many have passed."""

    def __init__(self, base_url: str) -> None:
        address = urlsplit(base_url)
        self._server = (address.hostname, address.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.sent = 0
        self.break_at: int | None = None
        self.broken = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                threading.Thread(target=self._carry, args=(client, server, True), daemon=True).start()
                threading.Thread(target=self._carry, args=(server, client, False), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, upwards: bool) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                sink.sendall(content)
                if upwards:
                    self.sent += len(content)
                    if self.break_at is not None and self.sent >= self.break_at:
                        self.break_at = None
                        for end in (source, sink):
                            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                        self.broken.set()
                        break
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def cable(live: BackgroundStack) -> Iterator[Cable]:
    """A network on the way to the live stack."""
    laid = Cable(live.description["base_url"])
    yield laid
    laid.close()
