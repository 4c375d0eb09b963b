"""Start one tool on one file behind the walls, and take from it no more than was agreed."""

import os
import re
import selectors
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import IO

import structlog

from shared.errors import Invalid, Unavailable
from shared.sandbox import capabilities
from shared.settings import MIB, settings

log = structlog.get_logger(__name__)

SAID_LENGTH = 4000
"""Bytes kept of what a tool said on stderr."""
_CHUNK = 256 * 1024
_OPEN_FILES = 64
_LOOK_SECONDS = 0.5
"""How often it is looked how much a tool has written."""
_MOST_WRITTEN = 10_000
"""Files a tool may leave."""
_KILLED_BY = 128
"""bubblewrap ends with 128 + n when the tool was ended by signal n."""
ENDED_BY: dict[int, str] = {signal.SIGXCPU: "cpu", signal.SIGKILL: "cpu", signal.SIGXFSZ: "output"}
_GRACE_SECONDS = 1
"""Of processor time, to end on SIGXCPU before SIGKILL comes."""
_NAMED = re.compile(r"\{(?:file|out)\}")
NOT_STARTED = re.compile(r"^(bwrap|nice|prlimit): |error while loading shared libraries")
"""How complaints read of what starts a tool."""


class ToolMissing(Unavailable):
    """The machine lacks a program."""

    th = "ระบบตรวจไฟล์ยังไม่พร้อม (ไม่มีโปรแกรม {tool}) โปรดแจ้งผู้ดูแลระบบ"
    en = "The program {tool} is not installed on this machine. Please tell the operator."


class ToolTimedOut(Unavailable):
    """The tool did not end in time, and had not used half of its processor time: the machine was busy, trying again is right."""

    th = "โปรแกรม {tool} ใช้เวลานานเกินไป ระบบจะลองใหม่"
    en = "{tool} did not end in time; it will be tried again."


class ToolKilled(Unavailable):
    """Something killed the tool long before it had used up its processor time: this machine was short of memory, or was shut down."""

    th = "โปรแกรม {tool} ถูกระบบปฏิบัติการหยุดกลางทาง ระบบจะลองใหม่"
    en = "{tool} was killed by the machine; it will be tried again."


class ToolNotStarted(Unavailable):
    """The tool did not come to look at the file at all: the fault is this machine's, never the file's."""

    th = "ระบบตรวจไฟล์ขัดข้อง (เริ่มโปรแกรม {tool} ไม่ได้: {said}) ระบบจะลองใหม่ โปรดแจ้งผู้ดูแลระบบ"
    en = "{tool} could not be started: {said}. It will be tried again; please tell the operator."


class ToolFailed(Invalid):
    """The tool could not make anything of the file."""

    th = "โปรแกรม {tool} อ่านไฟล์นี้ไม่ได้"
    en = "{tool} could not read this file."


class ToolExhausted(ToolFailed):
    """The file made the tool crash, or use up the processor time, memory or output it may have."""

    th = "ไฟล์นี้ทำให้โปรแกรม {tool} ใช้ทรัพยากรเกินกำหนด ({limit})"
    en = "This file made {tool} use more than it may ({limit})."


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolLimits:
    """What one run may use."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    """Of address space."""
    output_bytes: int
    """Of stdout; a tool that says more is ended."""
    file_bytes: int = 0
    """Of what it writes, where it may write: each file, and by a look twice a second all together."""
    processes: int = 1
    """One may start no other. More, with their threads, hold the other limits each, and no number binds a worker that runs as root."""
    open_files: int = _OPEN_FILES
    niceness: int = 0
    """How far it stands back for what else the machine does, 0 to 19."""

    @classmethod
    def of_installation(cls, *, output_bytes: int = 256 * MIB) -> "ToolLimits":
        """Return the limits from this installation's settings, for a tool that looks at a file and writes none."""
        known = settings()
        return cls(
            wall_seconds=known.sandbox_wall_seconds,
            cpu_seconds=known.sandbox_cpu_seconds,
            memory_bytes=known.sandbox_memory_bytes,
            output_bytes=output_bytes,
        )


def python_paths(scripts: Path) -> tuple[Path, ...]:
    """Return the folders that a Python script in the folder `scripts` needs to start in the jail, with the interpreter and its packages."""
    needed = {Path(sys.base_prefix), Path(sys.prefix), scripts}
    return tuple(sorted(folder for folder in needed if not folder.is_relative_to("/usr")))


def run(
    argv: Sequence[str],
    *,
    file: Path,
    limits: ToolLimits | None = None,
    readable: tuple[Path, ...] = (),
    out: Path | None = None,
    told: Callable[[bytes], None] | None = None,
) -> bytes:
    """Run `argv`, in which `{file}` stands for the one file, or folder of files, and return what it wrote to stdout.

    `readable` are what else it must read; `out`, in `argv` `{out}`, is an empty folder of our own in which alone it may write files.
    `told` gets each piece of stdout as it comes, which is then not kept; what it raises ends the tool. Without `limits` those of the
    settings hold. Afterwards there are only folders and plain files in `out`. Raises ToolFailed with what it said, ToolExhausted (a
    ToolFailed), ToolTimedOut, ToolKilled, ToolMissing, ToolNotStarted.
    """
    tool = Path(argv[0]).name
    if shutil.which(argv[0]) is None:
        raise ToolMissing(tool=tool)
    limits = limits or ToolLimits.of_installation()
    out = out.resolve() if out else None
    began = monotonic()
    with capabilities.filter_of_calls(alone=limits.processes == 1) as given:
        filter_ = given if capabilities.status().filtered else None
        # One process group, so that nothing the tool started outlives the run; nothing of our environment and no other file is handed on.
        with subprocess.Popen(  # noqa: S603  # our own words, and the file's path as one argument
            _held(argv, file=file.resolve(), limits=limits, readable=readable, out=out, filter_=filter_),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=capabilities.ENVIRONMENT,
            cwd="/",
            pass_fds=() if filter_ is None else (filter_,),
            start_new_session=True,
        ) as process:
            try:
                stdout, said = _collect(process, tool=tool, limits=limits, until=began + limits.wall_seconds, out=out, told=told)
                process.wait(max(0.1, began + limits.wall_seconds - monotonic()))
            except (subprocess.TimeoutExpired, ToolTimedOut) as error:
                if _processor_seconds(process.pid) >= limits.cpu_seconds / 2:
                    raise ToolExhausted(tool=tool, limit="cpu") from error
                raise ToolTimedOut(tool=tool) from error
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    if out is not None:
        _leave_plain_files(out)
    text = said.decode(errors="replace").strip()
    code = process.returncode
    ended_by = -code if code < 0 else code - _KILLED_BY
    if ended_by == signal.SIGKILL and (monotonic() - began) * (os.cpu_count() or 1) < limits.cpu_seconds:
        raise ToolKilled(tool=tool)
    if ended_by > 0:
        raise ToolExhausted(tool=tool, limit=ENDED_BY.get(ended_by, "crash"))
    if code != 0:
        if NOT_STARTED.search(text):
            raise ToolNotStarted(tool=tool, said=text[:SAID_LENGTH])
        if "Cannot allocate memory" in text or "MemoryError" in text:
            raise ToolExhausted(tool=tool, limit="memory")
        raise ToolFailed(tool=tool, said=text[:SAID_LENGTH])
    return stdout


def _held(
    argv: Sequence[str], *, file: Path, limits: ToolLimits, readable: tuple[Path, ...], out: Path | None, filter_: int | None
) -> list[str]:
    """Return the command with its limits and, where there is one, its jail."""
    bounds = ["nice", f"-n{limits.niceness}", "prlimit", f"--as={limits.memory_bytes}", f"--nofile={limits.open_files}", "--core=0"]
    bounds += [f"--cpu={limits.cpu_seconds}:{limits.cpu_seconds + _GRACE_SECONDS}", f"--fsize={limits.file_bytes if out else 0}"]
    confined = capabilities.status().confined
    names = {"{file}": capabilities.INSIDE if confined else str(file), "{out}": capabilities.OUT if confined else str(out)}
    command = [_NAMED.sub(lambda found: names[found[0]], word) for word in argv]
    if not confined:
        return [*bounds, *command]
    # Inside, where the kernel counts the jail's own processes only; one that may not fork at all needs no count.
    number = ["prlimit", f"--nproc={limits.processes}"] if limits.processes > 1 else []
    return [*bounds, *capabilities.prefix(file, folders=readable, out=out, filter_=filter_), *number, *command]


def _collect(
    process: "subprocess.Popen[bytes]",
    *,
    tool: str,
    limits: ToolLimits,
    until: float,
    out: Path | None,
    told: Callable[[bytes], None] | None,
) -> tuple[bytes, bytes]:
    """Read both pipes until the tool closes them. Raises ToolTimedOut, ToolExhausted, what `told` raises."""
    assert process.stdout is not None  # noqa: S101  # both pipes were asked for
    assert process.stderr is not None  # noqa: S101
    stdout, said, look_at = bytearray(), bytearray(), monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(process.stderr, selectors.EVENT_READ)
        while selector.get_map():
            left = until - monotonic()
            if left <= 0:
                raise ToolTimedOut(tool=tool)
            if out is not None and monotonic() >= look_at:
                look_at = monotonic() + _LOOK_SECONDS
                if _written_bytes(out) > limits.file_bytes:
                    raise ToolExhausted(tool=tool, limit="output")
            for key, _ in selector.select(left if out is None else min(left, _LOOK_SECONDS)):
                pipe: IO[bytes] = key.fileobj  # type: ignore[assignment]  # we registered the two pipes
                content = os.read(pipe.fileno(), _CHUNK)
                if not content:
                    selector.unregister(pipe)
                elif pipe is process.stdout and told is not None:
                    told(content)
                elif pipe is process.stdout:
                    stdout += content
                    if len(stdout) > limits.output_bytes:
                        raise ToolExhausted(tool=tool, limit="output")
                elif len(said) < SAID_LENGTH:
                    said += content
    return bytes(stdout), bytes(said)


def _processor_seconds(pid: int | str) -> float:
    """Return what a process that still runs, and those it started, have used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has just ended
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(map(_processor_seconds, children))


def _written_bytes(out: Path) -> float:
    """Return how much of the disk a folder holds, infinity if it is of too many files."""
    sizes = [found.st_blocks * 512 for _, found in islice(_entries(out), _MOST_WRITTEN + 1)]
    return sum(sizes) if len(sizes) <= _MOST_WRITTEN else float("inf")


def _entries(out: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield what is in a folder, at any depth; what goes away meanwhile is passed over."""
    for folder, folders, files in os.walk(out):
        for name in (*folders, *files):
            with suppress(FileNotFoundError):
                yield (path := Path(folder, name)), path.lstat()


def _leave_plain_files(out: Path) -> None:
    """Remove what is neither file nor folder: a link that a hostile tool left would have us read, and keep, a file of our own."""
    for entry, found in list(_entries(out)):
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            log.warning("sandbox_removed", name=entry.name)
            entry.unlink(missing_ok=True)
