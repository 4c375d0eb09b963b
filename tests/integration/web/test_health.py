"""Alive, ready, and what a scraper is told."""

import socket
from collections.abc import Iterator

import pytest
from factories.browser import Browser
from pydantic import SecretStr
from sqlalchemy import Engine

from shared import clock
from shared.database import transaction
from shared.queue.sweep import Sweeper
from shared.settings import settings
from shared.storage import store

PARTS = ("database", "broker", "store", "sandbox")


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


def heard_of(role: str, *, sandbox_is_weak: bool) -> None:
    """Have a process be heard of, as its sweeper does."""
    with transaction() as session:
        Sweeper(role, sandbox_is_weak=sandbox_is_weak)._beat(session, now=clock.now(), swept=False)


def test_workers_without_a_whole_sandbox_are_named_loudly_but_do_not_close_the_doors(engine: Engine, clean: None) -> None:
    heard_of("media", sandbox_is_weak=False)
    heard_of("validation", sandbox_is_weak=True)
    ready = Browser("intake").client.get("/readyz")
    assert (ready.status_code, ready.json()["sandbox"]["ok"]) == (200, True)
    assert [name.partition("@")[0] for name in ready.json()["sandbox"]["workers"]] == ["validation"]
    assert "without the whole sandbox" in ready.json()["sandbox"]["warning"]
    assert "omsap_workers_with_weak_sandbox 1.0" in Browser("operations").client.get("/metrics").text
    # Mended and started again, under the same name.
    heard_of("validation", sandbox_is_weak=False)
    assert "workers" not in Browser("intake").client.get("/readyz").json()["sandbox"]


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
