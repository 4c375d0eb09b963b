"""Start one tool on one file behind the walls, and take from it no more than was agreed."""

import os
import selectors
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO

from shared.errors import Invalid, Unavailable
from shared.sandbox import jail
from shared.settings import MIB, settings

SAID_LENGTH = 4000
"""Bytes kept of what a tool said on stderr."""
_CHUNK = 256 * 1024
_OPEN_FILES = 64
_KILLED_BY = 128
"""bubblewrap ends with 128 + n when the tool was ended by signal n."""


class ToolMissing(Unavailable):
    """The machine lacks a program."""

    th = "ระบบตรวจไฟล์ยังไม่พร้อม (ไม่มีโปรแกรม {tool}) โปรดแจ้งผู้ดูแลระบบ"
    en = "The program {tool} is not installed on this machine. Please tell the operator."


class ToolTimedOut(Unavailable):
    """The tool did not end in time while it used little of the processor: the machine was busy, trying again is right."""

    th = "โปรแกรม {tool} ใช้เวลานานเกินไป ระบบจะลองใหม่"
    en = "{tool} did not end in time; it will be tried again."


class ToolExhausted(Invalid):
    """The file made the tool use up the processor time, memory or output it may have."""

    th = "ไฟล์นี้ทำให้โปรแกรม {tool} ใช้ทรัพยากรเกินกำหนด ({limit})"
    en = "This file made {tool} use more than it may ({limit})."


class ToolFailed(Invalid):
    """The tool could not make anything of the file."""

    th = "โปรแกรม {tool} อ่านไฟล์นี้ไม่ได้"
    en = "{tool} could not read this file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one run may use."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    """Of address space."""
    output_bytes: int
    """Of stdout; a tool that says more is ended."""

    @classmethod
    def of_installation(cls, *, output_bytes: int = 16 * MIB) -> "Limits":
        """Return the limits from this installation's settings."""
        known = settings()
        return cls(
            wall_seconds=known.sandbox_wall_seconds,
            cpu_seconds=known.sandbox_cpu_seconds,
            memory_bytes=known.sandbox_memory_bytes,
            output_bytes=output_bytes,
        )


@dataclass(frozen=True, slots=True)
class Output:
    """What a tool that ended well left: its stdout, and what it said on stderr."""

    stdout: bytes
    said: str


def run(argv: Sequence[str], *, file: Path, limits: Limits, folders: tuple[Path, ...] = ()) -> Output:
    """Run `argv` on `file`, named `INSIDE` in the arguments, and return what it wrote; `folders` are what else the tool must read.

    It may write no file at all. Raises ToolFailed with what it said, ToolExhausted, ToolTimedOut, ToolMissing.
    """
    tool = Path(argv[0]).name
    if shutil.which(argv[0]) is None:
        raise ToolMissing(tool=tool)
    held = _held(argv, file=file.resolve(), limits=limits, folders=folders)
    began = monotonic()
    # One process group, so that nothing the tool started outlives the run; nothing of our environment and no other file is handed on.
    with subprocess.Popen(  # noqa: S603  # our own words, and the file's path as one argument
        held,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=jail.ENVIRONMENT,
        cwd="/",
        close_fds=True,
        start_new_session=True,
    ) as process:
        try:
            stdout, said = _collect(process, tool=tool, limits=limits, until=began + limits.wall_seconds)
            process.wait(max(0.1, began + limits.wall_seconds - monotonic()))
        except subprocess.TimeoutExpired as error:
            raise ToolTimedOut(tool=tool) from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    text = said.decode(errors="replace").strip()
    code = process.returncode
    ended_by = -code if code < 0 else code - _KILLED_BY
    if ended_by in (signal.SIGXCPU, signal.SIGKILL):
        raise ToolExhausted(tool=tool, limit="cpu")
    if code != 0:
        if "Cannot allocate memory" in text or "MemoryError" in text:
            raise ToolExhausted(tool=tool, limit="memory")
        raise ToolFailed(tool=tool, said=text[:SAID_LENGTH])
    return Output(stdout, text)


def _held(argv: Sequence[str], *, file: Path, limits: Limits, folders: tuple[Path, ...]) -> list[str]:
    """Return the command with its limits and, where there is one, its jail."""
    bounds = ["prlimit", f"--as={limits.memory_bytes}", f"--cpu={limits.cpu_seconds}", f"--nofile={_OPEN_FILES}", "--fsize=0", "--core=0"]
    if jail.status().confined:
        return [*bounds, *jail.prefix(file, folders=folders), *argv]
    return [*bounds, *(word.replace(jail.INSIDE, str(file)) for word in argv)]


def _collect(process: "subprocess.Popen[bytes]", *, tool: str, limits: Limits, until: float) -> tuple[bytes, bytes]:
    """Read both pipes until the tool closes them. Raises ToolTimedOut, ToolExhausted."""
    assert process.stdout is not None and process.stderr is not None  # noqa: S101  # both were asked for
    stdout, said = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(process.stderr, selectors.EVENT_READ)
        while selector.get_map():
            left = until - monotonic()
            if left <= 0:
                raise ToolTimedOut(tool=tool)
            for key, _ in selector.select(left):
                pipe: IO[bytes] = key.fileobj  # type: ignore[assignment]  # we registered the two pipes
                content = os.read(pipe.fileno(), _CHUNK)
                if not content:
                    selector.unregister(pipe)
                elif pipe is process.stdout:
                    stdout += content
                    if len(stdout) > limits.output_bytes:
                        raise ToolExhausted(tool=tool, limit="output")
                elif len(said) < SAID_LENGTH:
                    said += content
    return bytes(stdout), bytes(said)
