"""What a tool on an untrusted file is allowed: a bubblewrap jail where the kernel allows one, else resource limits alone.

In the jail a tool has no network, no environment, no capability and no other process; it sees the system's programs and libraries and
the one file at `INSIDE`, all read-only. A tool that makes something may write to an empty folder at `OUT`, and to a /tmp in memory of
`_TMP_BYTES`; any other can write nowhere. System calls that no tool needs are refused (`syscalls`). It dies with the worker. Assume that
a hostile video takes the decoder over: the jail is the control, the options of ffmpeg are the second line.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog

from shared.sandbox import syscalls

log = structlog.get_logger(__name__)

INSIDE = "/in/file"
"""Where a tool in the jail finds the file."""
OUT = "/out"
"""Where it may write, if anywhere."""
NOBODY = "65534"
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp"}  # noqa: S108  # the jail's own, in memory
_SYSTEM = ("/usr", "/etc/alternatives", "/etc/ld.so.cache", "/etc/fonts", "/etc/libreoffice")
_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_PROBE_SECONDS = 10
_TMP_BYTES = 256 * 1024 * 1024
"""Of the jail's /tmp, which is memory."""
MEND = "install bubblewrap 0.7 or newer, and allow user namespaces; without a jail only limits of resources hold"
"""What an operator can do."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """How strong the walls are: whether there is a jail at all, whether it also refuses system calls, and what is missing, if anything."""

    confined: bool
    filtered: bool = False
    why: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.confined and self.filtered


def examine() -> Capabilities:
    """Try what this machine allows."""
    if shutil.which("bwrap") is None:
        return Capabilities(False, why="bubblewrap (bwrap) is not installed")
    if not (refused := _tried(filtered=True)):
        return Capabilities(True, filtered=True)
    if not (refused_too := _tried(filtered=False)):
        return Capabilities(True, why=f"no filter of system calls: {refused}")
    return Capabilities(False, why=refused_too)


@cache
def status() -> Capabilities:
    """Return what this machine allows, tried once a process; without a whole jail it says so loudly in the log."""
    found = examine()
    if not found.whole:
        log.warning("sandbox_is_weak", confined=found.confined, filtered=found.filtered, why=found.why, mend=MEND)
    return found


def prefix(file: Path, *, folders: tuple[Path, ...] = (), out: Path | None = None, filter_: int | None = None) -> list[str]:
    """Return the arguments that put a command behind the walls, with `file` and some `folders` to read, and `out` to write to.

    `filter_` is a file descriptor from which bubblewrap reads the filter of system calls.
    """
    argv = ["bwrap", "--unshare-all", "--unshare-user", "--uid", NOBODY, "--gid", NOBODY, "--cap-drop", "ALL"]
    argv += ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "jail", "--proc", "/proc"]
    # The kernel lets the real root write to /proc/sys without any capability, so /proc is closed as well, for workers that run as root.
    argv += ["--dev", "/dev", "--remount-ro", "/dev", "--remount-ro", "/proc"]
    for name, value in ENVIRONMENT.items():
        argv += ["--setenv", name, value]
    for name in _SYSTEM:
        argv += ["--ro-bind-try", name, name]
    for name in _LINKS:
        link = Path("/") / name
        argv += ["--symlink", f"usr/{name}", str(link)] if link.is_symlink() else ["--ro-bind-try", str(link), str(link)]
    # Before the folders: an installation may lie below it.
    argv += ["--size", str(_TMP_BYTES), "--tmpfs", "/tmp"] if out else ["--dir", "/tmp"]  # noqa: S108  # the jail's own
    for folder in folders:
        argv += ["--ro-bind", str(folder), str(folder)]
    if out is not None:
        argv += ["--bind", str(out), OUT]
    if filter_ is not None:
        argv += ["--seccomp", str(filter_)]
    return [*argv, "--ro-bind", str(file), INSIDE, "--chdir", "/tmp", "--remount-ro", "/", "--"]  # noqa: S108


@contextmanager
def filter_of_calls(*, alone: bool) -> Iterator[int | None]:
    """Give the file descriptor to read the filter of system calls from, None where this machine has none; `alone` as in `syscalls`."""
    program = syscalls.program(alone=alone)
    if program is None:
        yield None
        return
    reading, writing = os.pipe()
    try:
        os.write(writing, program)  # smaller by far than what a pipe holds
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


def _tried(*, filtered: bool) -> str:
    """Try the jail, return what was wrong with it."""
    with filter_of_calls(alone=True) as given:
        if filtered and given is None:
            return f"none is known for {platform.machine()}"
        argv = [*prefix(Path(sys.executable), filter_=given if filtered else None), "true"]
        handed_on = (given,) if given is not None else ()
        try:
            done = subprocess.run(  # noqa: S603  # our own words
                argv, capture_output=True, check=False, timeout=_PROBE_SECONDS, env=ENVIRONMENT, pass_fds=handed_on
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    return "" if done.returncode == 0 else done.stderr.decode(errors="replace").strip()[:200] or f"status {done.returncode}"
