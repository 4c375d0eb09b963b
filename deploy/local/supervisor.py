"""A small supervisor: starts parts in order, waits until each is ready, restarts what crashes, stops all in reverse order."""

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

from deploy.local.part import Part
from deploy.local.processes import Nursery, Running, execute
from deploy.local.state import CannotStart

READY_SECONDS = 120.0
PROBE_SECONDS = 0.05
BACKOFF_SECONDS = (0.2, 1.0, 3.0, 10.0)
STEADY_SECONDS = 60.0
"""A part that ran so long starts its back-off anew."""
KEPT_LINES = 40
COLOURS = ("36", "33", "32", "35", "34", "96", "93", "92", "95", "94")


class PartFailed(CannotStart):
    """A part ended or was not ready in time; carries the last lines it wrote."""

    def __init__(self, part: Part, why: str, lines: list[str]) -> None:
        super().__init__(f"{part.name} {why}" + "".join(f"\n  | {line}" for line in lines))


class Child:
    """A part with its process: keeps it running until asked to stop."""

    def __init__(
        self, part: Part, *, spawn: Callable[[Part], Awaitable[Running]], write: Callable[[str, str], None], changed: Callable[[], None]
    ) -> None:
        self.part = part
        self.process: Running | None = None
        self.restarts = 0
        self._make = spawn
        self._write = write
        self._changed = changed
        self._lines: deque[str] = deque(maxlen=KEPT_LINES)
        self._said_ready = asyncio.Event()
        self._stopping = False
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The id of the running process."""
        return self.process.pid if self.process is not None and self.process.returncode is None else None

    async def start(self) -> None:
        """Start the process and wait until it is ready (or, for a part that runs once, has ended well). Raises PartFailed."""
        reader = await self._spawn()
        await self._wait_ready(reader)
        if not self.part.once:
            self._keeper = asyncio.create_task(self._keep(reader))

    def leave(self) -> None:
        """Do not start the process again when it ends."""
        self._stopping = True

    async def stop(self) -> None:
        """Ask the process to stop, and kill it after the part's time."""
        self.leave()
        if self.process is None or self.process.returncode is not None:
            return
        self.process.send_signal(self.part.stop_signal)
        try:
            await asyncio.wait_for(self.process.wait(), self.part.stop_seconds)
        except TimeoutError:
            self._write(self.part.name, f"did not stop within {self.part.stop_seconds:g} s; killed")
            self.process.kill()
            await self.process.wait()
        if self._keeper is not None:
            await self._keeper

    async def _spawn(self) -> asyncio.Task[None]:
        self._said_ready.clear()
        self.process = await self._make(self.part)
        self._changed()
        return asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process is not None  # noqa: S101  # only called by _spawn
        stream = self.process.stdout
        assert stream is not None  # noqa: S101  # it was asked for
        while line := await stream.readline():
            text = line.decode(errors="replace").rstrip()
            self._lines.append(text)
            self._write(self.part.name, text)
            if self.part.ready_line and self.part.ready_line in text:
                self._said_ready.set()
        await self.process.wait()

    async def _wait_ready(self, reader: asyncio.Task[None]) -> None:
        assert self.process is not None  # noqa: S101  # only called after _spawn
        began = monotonic()
        while not await self._is_ready():
            if self.process.returncode is not None:
                await reader
                if self.part.once and self.process.returncode == 0:
                    return
                raise PartFailed(self.part, f"ended with status {self.process.returncode}", list(self._lines))
            if monotonic() - began > READY_SECONDS:
                raise PartFailed(self.part, f"was not ready within {READY_SECONDS:g} s", list(self._lines))
            await asyncio.sleep(PROBE_SECONDS)

    async def _is_ready(self) -> bool:
        if self.part.once:
            return False
        if self.part.ready is None:
            return self._said_ready.is_set()
        return await self.part.ready()

    async def _keep(self, reader: asyncio.Task[None]) -> None:
        """Start the process again whenever it ends, waiting longer each time it ends soon."""
        soon = 0
        while True:
            began = monotonic()
            await reader
            if self._stopping:
                return
            soon = 0 if monotonic() - began > STEADY_SECONDS else soon
            wait = BACKOFF_SECONDS[min(soon, len(BACKOFF_SECONDS) - 1)]
            soon += 1
            self._changed()
            status = self.process.returncode if self.process else None
            self._write(self.part.name, f"ended with status {status}; starting again in {wait:g} s")
            await asyncio.sleep(wait)
            if self._stopping:
                return
            self.restarts += 1
            reader = await self._spawn()


class Supervisor:
    """The running stack: children in the order of their start; Python parts come from the `nursery` where there is one."""

    def __init__(self, *, changed: Callable[[], None]) -> None:
        self.steps: list[list[Child]] = []
        self.nursery: Nursery | None = None
        self._changed = changed
        self._colours: dict[str, str] = {}

    async def start(self, *parts: Part) -> None:
        """Start parts side by side and wait until all are ready. Raises PartFailed of the first that failed."""
        started = [Child(part, spawn=self._spawn, write=self._write, changed=self._changed) for part in parts]
        self.steps.append([child for child in started if not child.part.once])
        await asyncio.gather(*(child.start() for child in started))

    async def stop(self) -> None:
        """Stop all children: what started side by side stops side by side, the last started first."""
        for child in self._children():
            child.leave()
        for step in reversed(self.steps):
            await asyncio.gather(*(child.stop() for child in step))

    def pids(self) -> dict[str, int]:
        """Return the running processes by the name of their part."""
        return {child.part.name: child.pid for child in self._children() if child.pid is not None}

    async def _spawn(self, part: Part) -> Running:
        return await self.nursery.fork(part) if part.python and self.nursery else await execute(part)

    def _children(self) -> list[Child]:
        return [child for step in self.steps for child in step]

    def _write(self, name: str, line: str) -> None:
        prefix = f"{name:>19} | "
        if sys.stderr.isatty():
            colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
            prefix = f"\x1b[{colour}m{prefix}\x1b[0m"
        print(prefix + line, file=sys.stderr, flush=True)
