"""Intake as its own web processes on the real parts, and one group that may send files."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from factories.tus import PART, Sender, Web, sender_of


@pytest.fixture(scope="session")
def serve(stack: dict[str, Any]) -> Iterator[Callable[..., Web]]:
    """Start web processes; settings may be given."""
    started: list[Web] = []

    def start(**settings: object) -> Web:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = {**os.environ, "OMSAP_UPLOAD_PART_BYTES": str(PART), "OMSAP_LOG_LEVEL": "WARNING"}
        env |= {f"OMSAP_{name.upper()}": str(value) for name, value in settings.items()}
        argv = [sys.executable, "-m", "uvicorn", "services.intake.app:app", "--host", "127.0.0.1", "--port", str(port)]
        argv += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
        web = Web(port, subprocess.Popen(argv, env=env))
        started.append(web)
        until = time.monotonic() + 30
        while True:
            try:
                if web.ask("GET", "/healthz").status == 200:
                    return web
            except OSError:
                pass
            assert time.monotonic() < until, "the web process does not answer"
            assert web.process.poll() is None, "the web process ended"
            time.sleep(0.1)

    yield start
    for web in started:
        web.process.terminate()
        web.process.wait(20)


@pytest.fixture(scope="session")
def web(serve: Callable[..., Web]) -> Web:
    """A web process."""
    return serve()


@pytest.fixture(scope="session")
def other_web(serve: Callable[..., Web]) -> Web:
    """Another web process on the same database and store."""
    return serve()


@pytest.fixture
def sender(web: Web, clean: None) -> Sender:
    """A group that was invited."""
    return sender_of(web)


@pytest.fixture
def browser(sender: Sender) -> Iterator[httpx2.Client]:
    """The group's browser, without JavaScript, come in by its link."""
    headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Site": "same-origin"}
    with httpx2.Client(base_url=sender.web.url, headers=headers, follow_redirects=True, timeout=60) as client:
        client.get(f"/s/{sender.token}").raise_for_status()
        yield client
