"""What a tool on an untrusted file is allowed: a bubblewrap jail where the kernel allows one, else resource limits alone.

In the jail a tool has no network, no environment, no capability and no other process; it sees the system's programs and libraries, an
empty /tmp in memory, and the one file at `INSIDE`, all read-only; a tool that makes something may write to an empty folder at `OUT`. It
dies with the worker. Assume that a hostile video takes the decoder over: the jail is the control, the options of ffmpeg are the second
line.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog

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


@dataclass(frozen=True, slots=True)
class Walls:
    """How strong the walls are: `confined` says whether there is a jail at all; `why` says why not."""

    confined: bool
    why: str = ""


@cache
def status() -> Walls:
    """Return what this machine allows, tried once a process; without a jail it says so loudly in the log."""
    jail = _try()
    if not jail.confined:
        log.warning("sandbox_is_weak", why=jail.why, mend="install bubblewrap and allow user namespaces; now only resource limits hold")
    return jail


def prefix(file: Path, *, folders: tuple[Path, ...] = (), out: Path | None = None) -> list[str]:
    """Return the arguments that put a command behind the walls, with `file` and some `folders` to read, and `out` to write to."""
    argv = ["bwrap", "--unshare-all", "--unshare-user", "--uid", NOBODY, "--gid", NOBODY, "--cap-drop", "ALL"]
    argv += ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "jail", "--dev", "/dev", "--proc", "/proc"]
    for name, value in ENVIRONMENT.items():
        argv += ["--setenv", name, value]
    for name in _SYSTEM:
        argv += ["--ro-bind-try", name, name]
    for name in _LINKS:
        link = Path("/") / name
        argv += ["--symlink", f"usr/{name}", str(link)] if link.is_symlink() else ["--ro-bind-try", str(link), str(link)]
    argv += ["--size", str(_TMP_BYTES), "--tmpfs", "/tmp"]  # noqa: S108  # before the folders: an installation may lie below it
    for folder in folders:
        argv += ["--ro-bind", str(folder), str(folder)]
    if out is not None:
        argv += ["--bind", str(out), OUT]
    return [*argv, "--ro-bind", str(file), INSIDE, "--chdir", "/tmp", "--remount-ro", "/", "--"]  # noqa: S108


def _try() -> Walls:
    if shutil.which("bwrap") is None:
        return Walls(False, "bubblewrap (bwrap) is not installed")
    argv = [*prefix(Path(sys.executable)), "true"]
    try:
        done = subprocess.run(argv, capture_output=True, check=False, timeout=_PROBE_SECONDS, env=ENVIRONMENT)  # noqa: S603  # our own words
    except (OSError, subprocess.TimeoutExpired) as error:
        return Walls(False, str(error))
    return Walls(done.returncode == 0, done.stderr.decode(errors="replace").strip()[:200])
