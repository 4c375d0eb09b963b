"""Work that a process repeats while somebody needs it, in one task whatever the number of those who do."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from services.web import shutdown

log = structlog.get_logger(__name__)


class PeriodicWatcher:
    """Calls `tick` at once and then every `seconds`, from `start` until `stop`.

    A tick that fails because of the database is logged, and the next one comes as usual. `at_shutdown` is called when the process is asked
    to end, if the watcher was ever started.
    """

    def __init__(
        self, name: str, tick: Callable[[], Awaitable[None]], *, seconds: float, at_shutdown: Callable[[], None] | None = None
    ) -> None:
        self._name, self._tick, self._seconds, self._at_shutdown = name, tick, seconds, at_shutdown
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = False

    def start(self) -> None:
        """Begin to call `tick`, if that is not being done already. Call it in the event loop."""
        self._is_wanted = True
        if self._task is None and self._at_shutdown is not None:
            shutdown.hear(self._at_shutdown)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name=self._name)

    def stop(self) -> None:
        """Call `tick` no more; one that is running is not interrupted."""
        self._is_wanted = False

    async def _run(self) -> None:
        while self._is_wanted:
            try:
                await self._tick()
            except SQLAlchemyError as error:
                log.warning("tick_failed", watcher=self._name, error=str(error))
            await asyncio.sleep(self._seconds)
