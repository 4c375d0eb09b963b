"""A stack that runs beside other work of this process, in a thread of its own."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from deploy.local.stack import Stack

T = TypeVar("T")
PATIENCE = 180.0


class BackgroundStack:
    """Started by making it; raises AlreadyRunning or PartFailed."""

    def __init__(self, folder: Path, *, port: int | None = 0, apps: bool = True, quiet: bool = True) -> None:
        self._stack = Stack(folder, port=port, quiet=quiet)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="stack", daemon=True)
        self._thread.start()
        self.description: dict[str, Any] = self._run(self._stack.start(apps=apps))

    def describe(self) -> dict[str, Any]:
        """Return how to reach the stack now: process ids change when something was restarted."""
        return self._stack.describe()

    def stop(self) -> None:
        """Stop the stack and its thread."""
        self._run(self._stack.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(timeout=PATIENCE)
