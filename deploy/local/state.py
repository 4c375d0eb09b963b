"""What a stack keeps between starts: its folder, secrets and ports, and the lock that lets one supervisor use it."""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

PORTS = range(20_000, 32_000)
"""By chance one of these: the kernel gives those above to connections, and another stack that starts just now would be given the same."""
PORTS_TRIED = 200
SECRETS = ("secret_key", "postgres_password", "redis_password", "s3_access_key", "s3_secret_key")


class CannotStart(RuntimeError):
    """Why the stack does not start or run on, in words for whoever started it."""


class AlreadyRunning(CannotStart):
    """Another supervisor uses this folder."""


class FolderNotUsable(CannotStart):
    """The folder can not be made, or is another user's."""


class State:
    """The folder of one stack, made if there is none. Secrets are made once and readable by their owner only. Raises FolderNotUsable."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderNotUsable(f"{self.folder} can not be used ({error.strerror}): give another folder with --data.") from error
        if not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK):
            raise FolderNotUsable(f"{self.folder} belongs to another user: give another folder with --data.")
        self._lock: IO[str] | None = None

    @property
    def stack_file(self) -> Path:
        """Where the running stack says how to reach it."""
        return self.folder / "stack.json"

    def lock(self) -> None:
        """Take the folder for this process until it ends, however it ends. Raises AlreadyRunning."""
        lock = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"A stack is running already on {self.folder}: stop it, or give another folder with --data.") from None
        self._lock = lock
        self.stack_file.unlink(missing_ok=True)

    def secrets(self) -> dict[str, str]:
        """Return this stack's secrets, made on the first start."""
        path = self.folder / "secrets.json"
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        made = {name: kept.get(name) or secrets.token_hex(20) for name in SECRETS}
        if made != kept:
            write_private(path, json.dumps(made))
        return made

    def announce(self, description: dict[str, Any]) -> None:
        """Say how to reach the running stack."""
        write_private(self.stack_file, json.dumps(description))

    def running(self) -> dict[str, Any] | None:
        """Return what the stack that runs on this folder has announced, None when none runs."""
        with (self.folder / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return json.loads(self.stack_file.read_text()) if self.stack_file.exists() else None
        return None

    def close(self) -> None:
        """Let others use the folder."""
        self.stack_file.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()


def free_port(wanted: int = 0, *, but_not: Collection[int] = ()) -> int:
    """Return `wanted` if nothing listens there on loopback, else a free port that is none of `but_not`. Raises OSError."""
    for port in (wanted, *secrets.SystemRandom().sample(PORTS, PORTS_TRIED)):
        if port and port not in but_not and _is_free(port):
            return port
    raise OSError("no free port on loopback")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write_private(path: Path, text: str) -> None:
    """Write a file in one step, readable by its owner only."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    partial.replace(path)
