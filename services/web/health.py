"""Alive and ready: `/healthz` says that the process answers, `/readyz` that the parts it needs do."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from fastapi import APIRouter, Request
from redis import Redis
from sqlalchemy import text
from starlette.responses import JSONResponse, PlainTextResponse, Response

from services.web import metrics
from shared.database import engine
from shared.queue import client
from shared.settings import settings
from shared.storage import store

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)


def _database() -> None:
    with engine().connect() as connection:
        connection.execute(text("SELECT 1"))


def _broker() -> None:
    url = settings().broker_url.get_secret_value()
    if url.startswith("redis"):
        with Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as redis:
            redis.ping()
        return
    with client.application().connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, timeout=3)


def _store() -> None:
    store().ready()


@router.get("/healthz")
async def healthz() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")


Check = Callable[[], dict[str, Any] | None]
"""Raises when a part is not ready; may return more to report of it."""
CHECKS: dict[str, Check] = {"database": _database, "broker": _broker, "store": _store}
"""What every service needs to be ready; a service adds its own."""


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """Try each part; 503 names the ones that do not answer."""
    parts: dict[str, Any] = {}
    for name, check in {**CHECKS, **request.app.state.checks}.items():
        began = perf_counter()
        try:
            parts[name] = {"ok": True, **(check() or {})}
        except Exception as error:  # whatever a driver raises means: not ready
            log.warning("not_ready", part=name, error=str(error))
            parts[name] = {"ok": False, "error": type(error).__name__}
        parts[name]["milliseconds"] = round((perf_counter() - began) * 1000, 1)
    return JSONResponse(parts, 200 if all(part["ok"] for part in parts.values()) else 503)


@router.get("/metrics")
def scrape() -> Response:
    """The metrics of this process."""
    return metrics.answer()
