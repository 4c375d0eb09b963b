"""Alive and ready: `/healthz` says that the process answers, `/readyz` that the parts it needs do."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from fastapi import APIRouter
from redis import Redis
from sqlalchemy import text
from starlette.responses import JSONResponse, PlainTextResponse, Response

from services.web import metrics
from shared import clock
from shared.database import engine, transaction
from shared.queue import client, queries
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


def _sandbox() -> dict[str, Any]:
    """Look at what workers say of their own sandboxes: they may run on other machines than this process."""
    with transaction() as session:
        weak = [beat.name for beat in queries.with_weak_sandbox(session, now=clock.now())]
    if not weak:
        return {}
    return {"warning": "these workers open people's files without the whole sandbox; see omsap doctor on their machines", "workers": weak}


@router.get("/healthz")
async def healthz() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")


CHECKS: dict[str, Callable[[], dict[str, Any] | None]] = {
    "database": _database,
    "broker": _broker,
    "store": _store,
    "sandbox": _sandbox,
}
"""What each part needs to be ready for; it may return more to say of it."""


@router.get("/readyz")
def readyz() -> Response:
    """Try each part; 503 names the ones that do not answer. A weak sandbox is a warning: what it guards still works."""
    parts: dict[str, Any] = {}
    for name, check in CHECKS.items():
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
