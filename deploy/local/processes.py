"""Child processes: programs, and Python parts that are forked from one process which has imported the product already.

Importing the product takes seconds of CPU. Python parts that are forked from one import start in the time of one, also when one has
crashed, and share its memory.
"""

import asyncio
import ctypes
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any, Protocol

from deploy.local.part import Part

LONGEST_LINE = 1 << 20
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15

_libc = ctypes.CDLL(None, use_errno=True)


class Running(Protocol):
    """A child process, however it came to be."""

    @property
    def pid(self) -> int:
        """Its id."""

    @property
    def returncode(self) -> int | None:
        """How it ended, minus the signal if one ended it; None while it runs."""

    @property
    def stdout(self) -> asyncio.StreamReader | None:
        """What it writes, errors too."""

    def send_signal(self, signal: int, /) -> None:
        """Send it a signal."""

    def kill(self) -> None:
        """End it at once."""

    async def wait(self) -> int:
        """Wait until it has ended; return how."""


class Forked:
    """A forked part."""

    def __init__(self, process: ForkServerProcess, stdout: asyncio.StreamReader) -> None:
        self._process = process
        self._ended = asyncio.Event()
        self.stdout = stdout
        assert process.pid is not None  # noqa: S101  # it was started
        self.pid = process.pid
        loop = asyncio.get_running_loop()

        def note_end() -> None:
            loop.remove_reader(process.sentinel)
            process.join()
            self._ended.set()

        loop.add_reader(process.sentinel, note_end)

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.exitcode if self._ended.is_set() else None

    def send_signal(self, number: int, /) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    async def wait(self) -> int:
        """Wait until it has ended; return how."""
        await self._ended.wait()
        assert self._process.exitcode is not None  # noqa: S101  # it has ended
        return self._process.exitcode


class Nursery:
    """The process that has imported `module`, and from which parts are forked; it has the environment of its making."""

    def __init__(self, module: str) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([module])
        forkserver.ensure_running()

    async def fork(self, part: Part) -> Running:
        """Start a Python part."""
        reading, writing = self._context.Pipe(duplex=False)
        arguments = part.name, part.argv, part.env, int(part.stop_signal), part.niceness, writing
        process = self._context.Process(target=_be, args=arguments, name=part.name)
        await asyncio.to_thread(process.start)
        writing.close()
        stdout = asyncio.StreamReader(limit=LONGEST_LINE)
        pipe = os.fdopen(os.dup(reading.fileno()), "rb", 0)
        reading.close()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdout), pipe)
        return Forked(process, stdout)


async def execute(part: Part) -> Running:
    """Start a program; a Python part is run as its module."""
    argv = [sys.executable, "-m", *part.argv] if part.python else part.argv
    identity: dict[str, Any] = {"user": part.user, "group": part.user, "extra_groups": []} if part.user and os.geteuid() == 0 else {}
    return await asyncio.create_subprocess_exec(
        *argv,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **part.env},
        cwd=part.cwd,
        preexec_fn=lambda: belong(part.stop_signal, part.niceness),  # no other thread of this process holds a lock meanwhile
        limit=LONGEST_LINE,
        **identity,
    )


def belong(stop_signal: int, niceness: int = 0) -> None:
    """Have the kernel stop this process when its parent dies, whatever kills that; leave the terminal's Ctrl-C to the parent."""
    os.setpgrp()
    os.nice(niceness)
    _libc.prctl(PR_SET_PDEATHSIG, stop_signal)


def _be(name: str, argv: Sequence[str], environment: Mapping[str, str], stop_signal: int, niceness: int, output: Connection) -> None:
    """Be the part, in the forked process."""
    belong(stop_signal, niceness)
    _libc.prctl(PR_SET_NAME, name.encode())  # what ps and top show of it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for descriptor in (1, 2):
        os.dup2(output.fileno(), descriptor)
    output.close()
    os.environ.update(environment)
    sys.argv = list(argv)
    runpy.run_module(argv[0], run_name="__main__", alter_sys=True)
