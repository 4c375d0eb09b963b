"""The real parts for tests: one embedded stack a session with PostgreSQL, Redis, S3 and mail, its database migrated."""

import asyncio
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

import shared.flow  # noqa: F401  # events need their consequences
from deploy.local.stack import Stack
from shared.database import session as database
from shared.queue import client
from shared.queue.sweep import SWEEP_LOCK
from shared.settings import settings


def forget_settings() -> None:
    """Have this process read its settings, and what is made of them, anew."""
    settings.cache_clear()
    database.engine.cache_clear()
    client.application.cache_clear()


class RunningStack:
    """A stack that runs in a thread of its own."""

    def __init__(self, folder: Path, *, apps: bool) -> None:
        self.stack = Stack(folder, port=0, quiet=True)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.description: dict[str, Any] = self._run(self.stack.start(apps=apps))

    def describe(self) -> dict[str, Any]:
        """Return how to reach the stack now: process ids change when something was restarted."""
        return self.stack.describe()

    def stop(self) -> None:
        """Stop the stack and its thread."""
        self._run(self.stack.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, work: Any) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(timeout=120)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Servers without web and workers, the database migrated, and the settings of this process pointing at them."""
    running = RunningStack(tmp_path_factory.mktemp("stack"), apps=False)
    before = {name: value for name, value in os.environ.items() if name.startswith("OMSAP_")}
    os.environ.update(running.description["environment"])
    forget_settings()
    yield running.description
    for name in running.description["environment"]:
        os.environ.pop(name, None)
    os.environ.update(before)
    forget_settings()
    running.stop()


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


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """The whole stack with web and workers, on its own folder and ports."""
    running = RunningStack(tmp_path_factory.mktemp("live"), apps=True)
    yield running
    running.stop()
