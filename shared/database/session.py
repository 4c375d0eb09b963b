"""Transactions: one step is one transaction, committed before anyone is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.orm import Session

from shared.settings import settings

_AFTER_COMMIT = "after_commit"


@cache
def engine() -> Engine:
    """Return this process's engine: a pool of `database_pool` connections, with time limits on statements, locks and idle transactions."""
    return create_engine(
        settings().database_url.get_secret_value(),
        pool_size=settings().database_pool,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 5,
            "options": "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s -c timezone=UTC",
        },
    )


def after_commit(session: Session, call: Callable[[], None]) -> None:
    """Have `call` run once `session`'s transaction has committed; it is forgotten when the transaction rolls back."""
    session.info.setdefault(_AFTER_COMMIT, []).append(call)


@contextmanager
def transaction() -> Iterator[Session]:
    """Open a session in one transaction; commit at the end, roll back on any error, then run what waits for the commit."""
    with Session(engine(), expire_on_commit=False) as session:
        with session.begin():
            yield session
        for call in session.info.pop(_AFTER_COMMIT, []):
            call()


@contextmanager
def single_statements() -> Iterator[Connection]:
    """Open a connection on which each statement is a transaction of its own, without the round trips of BEGIN and COMMIT."""
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
