"""What people read instead of a document, made in the jail: a PDF without anything that acts by itself, and pictures of its pages."""

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.sandbox.jail import ToolFailed, ToolLimits, ToolMissing, python_paths, run
from shared.settings import MIB, settings
from shared.tools.office_tool import FILTERS

HERE = Path(__file__).parent
PDF_TOOL, PICTURE_TOOL, OFFICE_TOOL = HERE / "pdf_tool.py", HERE / "picture_tool.py", HERE / "office_tool.py"
PICTURES = frozenset({"jpg", "png", "zip"})
FIRST_PAGES = 12
"""Of so many pages pictures are made."""
PAGE_WIDTH = 320
"""Pixels of such a picture."""
FILE_BYTES = 256 * MIB
"""Of each file that a tool writes."""
SAID_BYTES = MIB
REGISTRY = "share/registry/{}.xcd"
"""What an installed part of the suite has in the suite's folder."""
OFFICE_PROCESSES = 64
"""The suite's starter, itself, and its threads, which count as well."""


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A PDF on local disk, how many pages it has, and JPEGs of its first ones, in order."""

    document: Path
    pages: int
    pictures: tuple[Path, ...] = ()


def make(file: Path, type_: str, *, out: Path, fonts: Path) -> ReadingCopy:
    """Make it of any document in `out`, an empty folder of ours; `fonts` is a folder of fonts to set office documents in.

    `type_` is as `validation.sniffing` names types. Raises ToolFailed, ToolTimedOut, ToolNotStarted; ToolMissing where an office document
    comes and there is no office suite, or not the part of it that prints such.
    """
    made = out / "made"
    made.mkdir()
    if type_ in FILTERS:
        file = _printed(file, type_, out=out, fonts=fonts)
    elif type_ in PICTURES:
        file = _paged(file, type_, out=out)
    said = _tool(["strip", "{file}", "{out}", str(FIRST_PAGES), str(PAGE_WIDTH)], file=file, out=made)
    pictures = (made / f"{number + 1}.jpg" for number in range(min(said["pages"], FIRST_PAGES)))
    return ReadingCopy(made / "document.pdf", said["pages"], tuple(pictures))


def prints(program: str) -> bool:
    """Say whether this machine has an office suite, and the part of it that prints documents of this program, as `FILTERS` names it."""
    suite = shutil.which("soffice")
    return suite is not None and (Path(suite).resolve().parents[1] / REGISTRY.format(program)).exists()


def bind(folder: Path, *, out: Path) -> ReadingCopy:
    """Make one PDF, in `out`, of those in a folder, by their names. Raises ToolFailed, ToolTimedOut, ToolMissing, ToolNotStarted."""
    said = _tool(["bind", "{file}", "{out}"], file=folder, out=out)
    return ReadingCopy(out / "document.pdf", said["pages"])


def _tool(words: Sequence[str], *, file: Path, out: Path) -> dict[str, Any]:
    argv = [sys.executable, "-I", str(PDF_TOOL), *words]
    said: dict[str, Any] = json.loads(run(argv, file=file, limits=_limits(), readable=python_paths(HERE), out=out))
    return said


def _paged(file: Path, type_: str, *, out: Path) -> Path:
    """Print each picture on a page, and bind the pages if there are several."""
    pages, bound = out / "pages", out / "bound"
    pages.mkdir()
    bound.mkdir()
    argv = [sys.executable, "-I", str(PICTURE_TOOL), type_, "{file}", "{out}"]
    run(argv, file=file, limits=_generous(), readable=python_paths(HERE), out=pages)
    first = pages / "0001.pdf"
    if not first.exists():
        raise ToolFailed(tool=PICTURE_TOOL.name, said="no picture")
    return first if len(list(pages.iterdir())) == 1 else bind(pages, out=bound).document


def _printed(file: Path, type_: str, *, out: Path, fonts: Path) -> Path:
    _, program = FILTERS[type_]
    if not prints(program):
        raise ToolMissing(tool=f"LibreOffice {program.title()}")
    printed = out / "printed"
    printed.mkdir()
    argv = [sys.executable, "-I", str(OFFICE_TOOL), type_, "{file}", "{out}", str(fonts)]
    limits = _generous(processes=OFFICE_PROCESSES)
    said = run(argv, file=file, limits=limits, readable=(*python_paths(HERE), fonts), out=printed)
    # LibreOffice ends well also when it could not open the file, and names what it made after the file.
    found = next(printed.glob("*.pdf"), None)
    if found is None:
        raise ToolFailed(tool="LibreOffice", said=said.decode(errors="replace")[:500])
    return found


def _generous(**more: int) -> ToolLimits:
    """Return the limits of what takes longer than to look at a file."""
    known = settings()
    return ToolLimits(
        wall_seconds=known.office_wall_seconds,
        cpu_seconds=known.office_cpu_seconds,
        memory_bytes=known.office_memory_bytes,
        output_bytes=SAID_BYTES,
        file_bytes=FILE_BYTES,
        **more,
    )


def _limits() -> ToolLimits:
    known = settings()
    return ToolLimits(
        wall_seconds=known.sandbox_wall_seconds,
        cpu_seconds=known.sandbox_cpu_seconds,
        memory_bytes=known.sandbox_memory_bytes,
        output_bytes=SAID_BYTES,
        file_bytes=FILE_BYTES,
    )
