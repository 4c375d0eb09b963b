"""The one look inside uvicorn: pinned to the release it was read in."""

import asyncio
import logging
from importlib.metadata import version
from typing import Any, cast

from starlette.requests import Request
from starlette.types import Receive
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from services.intake.tus.unread import UVICORN, take_unread

SCOPE: dict[str, Any] = {"type": "http", "method": "PATCH", "path": "/", "headers": []}


def test_uvicorn_is_the_release_that_was_read() -> None:
    assert version("uvicorn").startswith(f"{UVICORN}."), (
        "read services/intake/tus/unread.py beside the new uvicorn, run `make bench`, then pin"
    )


def test_bytes_of_a_connection_that_died_are_taken_once() -> None:
    async def play() -> None:
        logger, transport = logging.getLogger("test"), asyncio.Transport()
        cycle = RequestResponseCycle(
            SCOPE, transport, FlowControl(transport), logger, logger, False, [], asyncio.Event(), False, True, lambda: None  # type: ignore[arg-type]
        )  # fmt: skip
        request = Request(SCOPE, cast(Receive, cycle.receive))
        cycle.body += b"it came"
        cycle.disconnected = True
        cycle.message_event.set()
        assert (await request.receive())["type"] == "http.disconnect"
        assert [take_unread(request), take_unread(request)] == [b"it came", b""]
        assert isinstance(cycle.body, bytearray)

    asyncio.run(play())


def test_another_server_has_nothing_unread() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    assert take_unread(Request(SCOPE, receive)) == b""
