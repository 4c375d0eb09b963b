"""Web processes of one service each, on the servers of the test stack."""

import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import IO

READY_SECONDS = 60.0
LEFT_ALONE = 86_400
"""Seconds between sweeps of processes under test: other tests count what stands in the same ledger."""


@dataclass
class Answer:
    """What a server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def offset(self) -> int:
        return int(self.headers["upload-offset"])


@dataclass
class Web:
    """A web process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
        """Ask without anything of tus."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return found


def start_web(service: str, *, stderr: IO[bytes] | None = None, **settings: object) -> Web:
    """Start a web process and wait until it answers; `settings` are those that differ from this process's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"log_level": "WARNING", "sweep_seconds": LEFT_ALONE, **settings}
    env = {**os.environ, **{f"OMSAP_{name.upper()}": str(value) for name, value in settings.items()}}
    argv = [sys.executable, "-m", "uvicorn", f"services.{service}.app:app", "--host", "127.0.0.1", "--port", str(port)]
    argv += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "1"]
    web = Web(port, subprocess.Popen(argv, env=env, stderr=stderr))
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            if web.ask("GET", "/healthz").status == 200:
                return web
        except OSError:
            pass
        assert time.monotonic() < until, "the web process does not answer"
        assert web.process.poll() is None, "the web process ended"
        time.sleep(0.1)
