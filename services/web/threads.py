"""Threads for blocking calls of async handlers: a limited number, so that many connections cannot starve the process."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from shared.database import single_statements, transaction

T = TypeVar("T")
P = ParamSpec("P")


class Threads:
    """Runs blocking calls of async code, at most `limit` at once; the others wait for their turn."""

    def __init__(self, limit: int) -> None:
        self._limiter = CapacityLimiter(limit)

    async def run(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `call` returns. A call that has begun runs to its end, also when the caller is cancelled."""
        return await to_thread.run_sync(lambda: call(*args, **kwargs), limiter=self._limiter)


_database = Threads(16)


async def in_thread(call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a blocking call, such as one that waits for the database, in one of the threads that all handlers share."""
    return await _database.run(call, *args, **kwargs)


async def in_transaction(call: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `call(session, …)` in a thread, in one transaction that is committed before this returns."""

    def run() -> T:
        with transaction() as session:
            return call(session, *args, **kwargs)

    return await in_thread(run)


async def in_autocommit(call: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `call(connection, …)` in a thread, on a connection where every statement is a transaction of its own."""

    def run() -> T:
        with single_statements() as connection:
            return call(connection, *args, **kwargs)

    return await in_thread(run)
