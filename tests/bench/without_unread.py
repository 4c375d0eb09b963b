"""All services as they would be without `services.intake.tus.unread`, for `resume.py`: `uvicorn bench.without_unread:app`."""

from starlette.requests import Request

from services.allinone import app
from services.intake.tus import streaming

__all__ = ["app"]


def nothing(_: Request) -> bytes:
    """Leave what uvicorn has read and not handed out, which is lost with the connection."""
    return b""


vars(streaming)["take_unread"] = nothing
