"""Bytes of a request that reached this process and that its server never hands out: the one place that looks inside uvicorn.

When a connection dies, uvicorn answers `receive()` with `http.disconnect` and drops what it had read before (up to 64 KiB and one read of
the socket). For an upload these are bytes that the sender would have to send again. `make bench` (resume) prints how many; a test fails
when uvicorn is renewed, so that somebody looks whether this still holds (`RequestResponseCycle.body` of `httptools_impl`).
"""

from starlette.requests import Request

UVICORN = "0.54"
"""The release this was read in."""


def take_unread(request: Request) -> bytes:
    """Return what the server has read of the body and not handed out, once; nothing under another server."""
    cycle = getattr(request.receive, "__self__", None)
    body: bytes | bytearray = getattr(cycle, "body", b"")
    if body:
        cycle.body = bytearray()  # type: ignore[union-attr]  # it has a body
    return bytes(body)
