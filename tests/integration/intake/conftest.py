"""Intake as its own web processes on the real parts, and one group that may send files."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from factories.processes import Web, start_web
from factories.tus import PART, Sender, sender_of


@pytest.fixture(scope="session")
def serve(stack: dict[str, Any]) -> Iterator[Callable[..., Web]]:
    """Start web processes; settings may be given."""
    started: list[Web] = []

    def start(**settings: Any) -> Web:
        started.append(start_web("intake", upload_part_bytes=PART, **settings))
        return started[-1]

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
