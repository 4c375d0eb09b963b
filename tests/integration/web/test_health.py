"""Alive, ready, and what a scraper is told."""

import socket
from collections.abc import Iterator

import pytest
from factories.browser import Browser
from pydantic import SecretStr
from sqlalchemy import Engine

from shared.settings import settings
from shared.storage import store

PARTS = ("database", "broker", "store")


@pytest.fixture
def nowhere() -> Iterator[int]:
    """A port where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.parametrize("service", ["intake", "review", "office", "operations"])
def test_every_service_is_alive_ready_and_tells_metrics(engine: Engine, service: str) -> None:
    client = Browser(service).client
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok")
    ready = client.get("/readyz")
    assert (ready.status_code, {name: part["ok"] for name, part in ready.json().items()}) == (200, dict.fromkeys(PARTS, True))
    metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert 'omsap_http_requests_total{method="GET",route="/readyz",status="200"}' in metrics.text


def test_operations_tells_of_the_ledger(engine: Engine) -> None:
    metrics = Browser("operations").client.get("/metrics").text
    assert 'omsap_jobs{queue="validation",state="pending"} 0.0' in metrics
    assert "omsap_uploads_not_completed 0.0" in metrics


@pytest.mark.parametrize("away", ["broker", "store"])
def test_part_that_is_away_is_named_and_alive_is_alive(engine: Engine, nowhere: int, away: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if away == "broker":
        monkeypatch.setattr(settings(), "broker_url", SecretStr(f"redis://:secret@127.0.0.1:{nowhere}/0"))
    else:
        monkeypatch.setattr(settings(), "s3_endpoint", f"http://127.0.0.1:{nowhere}")
    store.cache_clear()
    client = Browser("intake").client
    ready = client.get("/readyz")
    store.cache_clear()
    assert (ready.status_code, {name: part["ok"] for name, part in ready.json().items()}) == (503, {name: name != away for name in PARTS})
    assert ready.json()[away]["error"]
    assert "secret" not in ready.text
    assert client.get("/healthz").status_code == 200
