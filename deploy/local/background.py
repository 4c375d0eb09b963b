"""A stack that runs beside other work: `omsap up` as a child process, stopped with its parent whatever ends it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from deploy.local import postgres
from deploy.local.state import CannotStart, State

STOP_SECONDS = 60.0


class StackFailed(CannotStart):
    """The stack did not start; carries the last lines of its log."""


class BackgroundStack:
    """Started by making it, on a folder; its log goes to `stack.log` there. Raises StackFailed, FolderNotUsable.

    `servers` starts PostgreSQL, Redis, S3 and mail alone, without web and workers.
    """

    def __init__(self, folder: Path, *, port: int | None = 0, servers: bool = False) -> None:
        self._state = State(folder)
        self.folder = self._state.folder
        self.log = self.folder / "stack.log"
        argv = ["setpriv", "--pdeathsig", "TERM", sys.executable, "-m", "services.cli.main", "up", "--json"]
        argv += ["--data", str(self.folder)]
        argv += ["--port", str(port)] if port is not None else []
        argv += ["--servers"] if servers else []
        with self.log.open("wb") as log:
            # A group of its own: Ctrl-C in a terminal is for the parent, which then stops the stack in its own time.
            self._process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=log, start_new_session=True)  # noqa: S603  # our own words
        assert self._process.stdout is not None  # noqa: S101  # it was asked for
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._process.stdout.close()
            raise StackFailed("\n".join(self.log.read_text(errors="replace").splitlines()[-40:]))
        self.description: dict[str, Any] = json.loads(line)

    def describe(self) -> dict[str, Any]:
        """Return how to reach the stack now: process ids change when something was restarted. Raises StackFailed when it has ended."""
        announced = self._state.running()
        if announced is None:
            raise StackFailed(f"The stack on {self.folder} has ended; see {self.log}")
        return announced

    def stop(self) -> None:
        """Stop the stack."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self._process.kill()
            assert self._process.stdout is not None  # noqa: S101  # it was asked for
            self._process.stdout.close()

    def discard(self) -> None:
        """Stop the stack and delete its database: nobody will start it on this folder again."""
        self.stop()
        postgres.discard(self.folder)
