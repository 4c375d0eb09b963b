"""What measurements stand on: servers of their own, web processes that are watched, and one way to print what was found."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import psutil
from botocore.config import Config
from conftest import forget_settings
from rich.console import Console
from rich.table import Table

from deploy.local.background import BackgroundStack
from shared import logs
from shared.database import session

MB = 1_000_000
MIB = 1024 * 1024
SETTINGS: dict[str, str] = {"OMSAP_LIMIT_UPLOADS_PER_LINK": "1000000/minute", "OMSAP_LIMIT_UPLOADS_PER_ADDRESS": "1000000/minute"}
"""Settings of every stack and web process here that differ from an installation's: all senders share one address."""
READY_SECONDS = 60.0


@contextmanager
def servers() -> Iterator[Path]:
    """Start PostgreSQL, Redis and S3 alone, with the settings of this process pointing at them; yields a scratch folder."""
    with stack(servers=True) as (_, folder):
        yield folder


@contextmanager
def stack(*, servers: bool = False) -> Iterator[tuple[BackgroundStack, Path]]:
    """Start the stack with web and workers, the settings of this process pointing at it; yields it, and a scratch folder."""
    with tempfile.TemporaryDirectory() as name:
        folder, before = Path(name), dict(os.environ)
        os.environ.update(SETTINGS)
        running = BackgroundStack(folder / "stack", servers=servers)
        try:
            os.environ.update(running.description["environment"] | {"OMSAP_LOG_LEVEL": "WARNING"} | SETTINGS)
            forget_settings()
            logs.configure()
            yield running, folder
        finally:
            session.engine().dispose()
            running.discard()
            # The next stack is not to be told what was for this one, nor to be as silent as this process.
            os.environ.clear()
            os.environ.update(before)


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Server:
    """An HTTP server under measurement: its port and process."""

    def __init__(self, argv: Sequence[str], *, port: int, env: Mapping[str, str] | None = None, folder: Path | None = None) -> None:
        self.argv, self.port = argv, port
        self._env, self._folder = {**os.environ, "MALLOC_ARENA_MAX": "2", **(env or {})}, folder
        self.start()

    def start(self) -> None:
        """Start it, again if need be, on its port. Raises OSError when it does not answer."""
        self._started = subprocess.Popen(self.argv, env=self._env, cwd=self._folder)
        self.process = psutil.Process(self._started.pid)
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return
            except OSError:
                if time.monotonic() > until or self._started.poll() is not None:
                    raise
                time.sleep(0.02)

    def kill(self) -> None:
        """End it between two instructions, as a machine's failure would."""
        self._started.kill()
        self._started.wait()

    def stop(self) -> None:
        """Ask it to end."""
        self._started.terminate()
        self._started.wait(20)


def uvicorn(app: str, *, port: int, python: str = sys.executable) -> list[str]:
    """The command of a web process as the stack starts it."""
    argv = [python, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(port), "--loop", "uvloop", "--http", "httptools"]
    return [*argv, "--no-access-log", "--log-level", "warning"]


@contextmanager
def web(app: str = "services.allinone:app") -> Iterator[Server]:
    """The local web process with all services, or another app."""
    port = free_port()
    path = os.pathsep.join(filter(None, (str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH"))))
    server = Server(uvicorn(app, port=port), port=port, env={"PYTHONPATH": path})
    try:
        yield server
    finally:
        server.stop()


class Used(threading.Thread):
    """What a process and its children use during a block: CPU seconds, and the most memory, looked at fifty times a second."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._ended = threading.Event()
        self.rss_before = self.rss_peak = self._rss()
        self.cpu = 0.0

    def __enter__(self) -> "Used":
        self._cpu_before = self._cpu()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu = self._cpu() - self._cpu_before
        self._ended.set()
        self.join()

    @property
    def growth_mb(self) -> float:
        """How much memory was taken at the most beyond what was held before."""
        return (self.rss_peak - self.rss_before) / MB

    def run(self) -> None:
        """Look."""
        while not self._ended.wait(0.02):
            self.rss_peak = max(self.rss_peak, self._rss())

    def _cpu(self) -> float:
        own = self._process.cpu_times()
        living = [child.cpu_times() for child in self._process.children(recursive=True)]
        return float(own.children_user + own.children_system + sum(times.user + times.system for times in (own, *living)))

    def _rss(self) -> int:
        return sum(process.memory_info().rss for process in (self._process, *self._process.children(recursive=True)))


def machine_cpu() -> float:
    """CPU seconds that the whole machine has been busy."""
    times = psutil.cpu_times()
    return float(times.user + times.system + times.nice + times.irq + times.softirq)


def direct() -> Any:
    """A boto3 client as one would write it for the store of the settings."""
    return boto3.client(
        "s3",
        endpoint_url=os.environ["OMSAP_S3_ENDPOINT"],
        region_name=os.environ["OMSAP_S3_REGION"],
        aws_access_key_id=os.environ["OMSAP_S3_ACCESS_KEY"],
        aws_secret_access_key=os.environ["OMSAP_S3_SECRET_KEY"],
        config=Config(signature_version="s3v4", request_checksum_calculation="when_required", max_pool_connections=64),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """One number beside its aim: at most so much, or at least."""

    what: str
    found: float | None
    aim: float
    unit: str = ""
    at_least: bool = False
    peer: str = ""
    """What it is measured against, and what that reached."""

    @property
    def verdict(self) -> str:
        """Whether the aim is met; without a number there is nothing to say."""
        if self.found is None:
            return "not measured"
        return "met" if (self.found >= self.aim if self.at_least else self.found <= self.aim) else "MISSED"

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of a table."""
        found = "-" if self.found is None else f"{self.found:g}"
        return self.what, found, f"{'≥' if self.at_least else '≤'} {self.aim:g}", self.unit, self.peer, self.verdict


def show_figures(title: str, figures: Sequence[Figure]) -> None:
    """Print figures beside their aims and peers."""
    table = Table(title=title)
    for column in ("figure", "found", "aim", "", "beside", ""):
        table.add_column(column, justify="right" if column in {"found", "aim"} else "left")
    for figure in figures:
        table.add_row(*figure.row)
    Console().print(table)


def as_json(figures: Sequence[Figure]) -> dict[str, Any]:
    """Return figures for a line of JSON."""
    return {figure.what: {"found": figure.found, "aim": figure.aim, "verdict": figure.verdict} for figure in figures}


def print_line(bench: str, ratios: Mapping[str, tuple[float | None, float | None]], **facts: object) -> None:
    """Print a bench's line of JSON. A ratio is given as what we reached, and what its peer reached or its limit allows."""
    named = {f"ratio_{name}": round(ours / other, 3) if ours is not None and other else None for name, (ours, other) in ratios.items()}
    print(json.dumps({"bench": bench, **named, **facts}, ensure_ascii=False))


def show(title: str, unit: str, rates: Mapping[str, int]) -> None:
    """Print what each way reached."""
    table = Table(title=title)
    table.add_column("way")
    table.add_column(unit, justify="right")
    for way, rate in rates.items():
        table.add_row(way, str(rate))
    Console().print(table)
