"""The real parts for tests: an embedded stack with PostgreSQL, Redis, S3 and mail for each process of tests, its database migrated.

Tests run on several processes (`pytest -n 2 --dist loadgroup`), each with a stack of its own, so that none sees another's database, bucket
or broker. The tests of a file stay together, because they share what is slow to start; so do those that use `live`, of which there is one.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories.query_count import QueryCount
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from deploy.local.background import BackgroundStack
from shared import flow
from shared.database import session as database
from shared.queue import client
from shared.queue.sweep import SWEEP_LOCK
from shared.settings import settings

flow.install()  # events that tests and their factories append have their consequences

TESTS = Path(__file__).parent
KINDS = ("browser", "faults", "fuzz")
"""Folders whose tests have the folder's name as a mark, to be chosen by."""


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their folder, and say which have to run one after another in one process."""
    for item in items:
        where = item.path.relative_to(TESTS)
        if where.parts[0] in KINDS:
            item.add_marker(where.parts[0])
        if where.parts[0] == "browser" and item.get_closest_marker("story") is None:
            item.add_marker("thorough")
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group("live" if "live" in getattr(item, "fixturenames", ()) else str(where)))
    items.sort(key=_long_ones_first)


def _long_ones_first(item: pytest.Item) -> int:
    """Order what takes minutes before what takes none, so that no process of tests is left with the longest at the end."""
    if {"live", "running"} & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("attacks"):
        return 0
    return 2 if item.path.is_relative_to(TESTS / "unit") else 1


def forget_settings() -> None:
    """Have this process read its settings, and what is made of them, anew."""
    if database.engine.cache_info().currsize:
        database.engine().dispose()
    settings.cache_clear()
    database.engine.cache_clear()
    client.application.cache_clear()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Servers without web and workers, the database migrated, and the settings of this process pointing at them."""
    running = BackgroundStack(tmp_path_factory.mktemp("stack"), servers=True)
    before = {name: value for name, value in os.environ.items() if name.startswith("OMSAP_")}
    environment = running.description["environment"] | {"OMSAP_LIMIT_CODES_PER_ADDRESS": "1000/second"}  # all tests have one address
    os.environ.update(environment)
    forget_settings()
    yield running.description
    for name in environment:
        os.environ.pop(name, None)
    os.environ.update(before)
    forget_settings()
    running.discard()


@pytest.fixture
def engine(stack: dict[str, Any]) -> Engine:
    """The engine on the migrated database. What a test commits through it stays: use `clean` beside it."""
    return database.engine()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is rolled back after the test; commits inside are savepoints."""
    with engine.connect() as connection, connection.begin() as outer:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@pytest.fixture
def clean(engine: Engine) -> Iterator[None]:
    """Empty every table after a test that commits (through `shared.database.transaction` or an API)."""
    yield
    with engine.begin() as connection:
        # A running process sweeps the same tables in an order of its own: without its lock the two can deadlock.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SWEEP_LOCK})
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"))
        connection.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE"))


@pytest.fixture
def query_count(engine: Engine) -> Iterator[QueryCount]:
    """Count queries: `assert query_count(lambda: browser.get(path)) == 9`, for one row and for three."""
    counting = QueryCount()
    event.listen(engine, "before_cursor_execute", counting.note)
    yield counting
    event.remove(engine, "before_cursor_execute", counting.note)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackgroundStack]:
    """The whole stack with web and workers, on its own folder and ports."""
    running = BackgroundStack(tmp_path_factory.mktemp("live"))
    yield running
    running.discard()


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings that are complete, also where no stack runs: only their limits are used."""
    needed = {"OMSAP_SECRET_KEY": "x" * 32, "OMSAP_DATABASE_URL": "postgresql://unused", "OMSAP_BROKER_URL": "redis://unused"}
    for name, value in needed.items():
        if name not in os.environ:
            monkeypatch.setenv(name, value)
            settings.cache_clear()
    yield
    settings.cache_clear()
