"""One task that repeats its work while somebody needs it."""

import asyncio
import os
import signal

from sqlalchemy.exc import OperationalError

from services.web.periodic import PeriodicWatcher

TICK = 0.01
ENOUGH = 0.2


class Counted:
    """Work that counts how often it was done; the first `failing` times the database is away."""

    def __init__(self, failing: int = 0) -> None:
        self.times, self.failing = 0, failing
        self.at_once = self.most_at_once = 0

    async def __call__(self) -> None:
        self.times += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        if self.times <= self.failing:
            raise OperationalError("SELECT 1", None, ConnectionError("away"))


def test_it_ticks_from_start_until_stop_and_again_after_another_start() -> None:
    async def play() -> None:
        work = Counted()
        watcher = PeriodicWatcher("test", work, seconds=TICK)
        await asyncio.sleep(5 * TICK)
        assert work.times == 0
        for _ in range(2):
            before = work.times
            watcher.start()
            await asyncio.sleep(ENOUGH)
            assert work.times > before + 2
            watcher.stop()
            await asyncio.sleep(5 * TICK)
            stopped = work.times
            await asyncio.sleep(ENOUGH)
            assert work.times == stopped

    asyncio.run(play())


def test_many_starts_make_one_task() -> None:
    async def play() -> None:
        work = Counted()
        watcher = PeriodicWatcher("test", work, seconds=TICK)
        for _ in range(20):
            watcher.start()
            watcher.stop()
            watcher.start()
            await asyncio.sleep(TICK)
        assert work.most_at_once == 1
        assert len([task for task in asyncio.all_tasks() if task.get_name() == "test"]) == 1
        watcher.stop()

    asyncio.run(play())


def test_first_tick_comes_at_once() -> None:
    async def play() -> None:
        work = Counted()
        PeriodicWatcher("test", work, seconds=60).start()
        await asyncio.sleep(TICK)
        assert work.times == 1

    asyncio.run(play())


def test_it_goes_on_after_the_database_was_away() -> None:
    async def play() -> None:
        work = Counted(failing=2)
        watcher = PeriodicWatcher("test", work, seconds=TICK)
        watcher.start()
        await asyncio.sleep(ENOUGH)
        assert work.times > 3

    asyncio.run(play())


def test_it_starts_again_in_another_event_loop() -> None:
    work = Counted()
    watcher = PeriodicWatcher("test", work, seconds=60)

    async def play() -> None:
        watcher.start()
        await asyncio.sleep(TICK)

    asyncio.run(play())
    asyncio.run(play())
    assert work.times == 2


def test_it_hears_that_the_process_is_to_end() -> None:
    heard: list[str] = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("server"))

    async def play() -> None:
        watcher = PeriodicWatcher("test", Counted(), seconds=TICK, at_shutdown=lambda: heard.append("watcher"))
        watcher.start()
        watcher.start()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(ENOUGH)
        watcher.stop()

    interrupt = signal.getsignal(signal.SIGINT)
    try:
        asyncio.run(play())
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGINT, interrupt)
    assert sorted(heard) == ["server", "watcher"]
