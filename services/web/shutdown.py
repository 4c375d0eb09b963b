"""The end of a process, for answers that would otherwise go on for minutes."""

import asyncio
import signal
import threading
from collections.abc import Callable
from types import FrameType


def hear(call: Callable[[], None]) -> None:
    """Have `call` run in this event loop when the process is asked to end.

    The server waits for open answers before it tells the application anything, so its own handler of the signal is asked first. Where the
    loop is not the main thread's, signals are somebody else's.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if callable(before):
            signal.signal(number, _chained(loop, call, before))


def _chained(
    loop: asyncio.AbstractEventLoop, call: Callable[[], None], before: Callable[[int, FrameType | None], object]
) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(call)
        before(number, frame)

    return handle
