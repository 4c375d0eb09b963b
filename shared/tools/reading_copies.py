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

HERE = Path(__file__).parent
PDF_TOOL, PICTURE_TOOL, OFFICE_TOOL = HERE / "pdf_tool.py", HERE / "picture_tool.py", HERE / "office_tool.py"
OFFICE = frozenset({"docx", "odt"})
PICTURES = frozenset({"jpg", "png"})
FIRST_PAGES = 12
"""Of so many pages pictures are made."""
PAGE_WIDTH = 320
"""Pixels of such a picture."""
FILE_BYTES = 256 * MIB
"""Of each file that a tool writes."""
SAID_BYTES = MIB
OFFICE_PROCESSES = 64
"""The suite's starter, itself, and its threads, which count as well."""


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A PDF on local disk, how many pages it has, and JPEGs of its first ones, in order."""

    document: Path
    pages: int
    pictures: tuple[Path, ...] = ()


def make(file: Path, type_: str, *, out: Path, fonts: Path) -> ReadingCopy:
    """Make it of a PDF, DOCX, ODT, JPEG or PNG in `out`, an empty folder of ours; `fonts` is a folder of fonts to set office documents in.

    Raises ToolFailed, ToolTimedOut, ToolNotStarted; ToolMissing where an office document comes and there is no office suite.
    """
    made = out / "made"
    made.mkdir()
    if type_ in OFFICE:
        file = _printed(file, type_, out=out, fonts=fonts)
    elif type_ in PICTURES:
        argv = [sys.executable, "-I", str(PICTURE_TOOL), "{file}", "{out}"]
        run(argv, file=file, limits=_limits(), readable=python_paths(HERE), out=out)
        file = out / "printed.pdf"
    said = _tool(["strip", "{file}", "{out}", str(FIRST_PAGES), str(PAGE_WIDTH)], file=file, out=made)
    pictures = (made / f"{number + 1}.jpg" for number in range(min(said["pages"], FIRST_PAGES)))
    return ReadingCopy(made / "document.pdf", said["pages"], tuple(pictures))


def bind(folder: Path, *, out: Path) -> ReadingCopy:
    """Make one PDF, in `out`, of those in a folder, by their names. Raises ToolFailed, ToolTimedOut, ToolMissing, ToolNotStarted."""
    said = _tool(["bind", "{file}", "{out}"], file=folder, out=out)
    return ReadingCopy(out / "document.pdf", said["pages"])


def _tool(words: Sequence[str], *, file: Path, out: Path) -> dict[str, Any]:
    argv = [sys.executable, "-I", str(PDF_TOOL), *words]
    said: dict[str, Any] = json.loads(run(argv, file=file, limits=_limits(), readable=python_paths(HERE), out=out))
    return said


def _printed(file: Path, type_: str, *, out: Path, fonts: Path) -> Path:
    if shutil.which("soffice") is None:
        raise ToolMissing(tool="LibreOffice")
    known, printed = settings(), out / "printed"
    printed.mkdir()
    limits = ToolLimits(
        wall_seconds=known.office_wall_seconds,
        cpu_seconds=known.office_cpu_seconds,
        memory_bytes=known.office_memory_bytes,
        output_bytes=SAID_BYTES,
        file_bytes=FILE_BYTES,
        processes=OFFICE_PROCESSES,
    )
    argv = [sys.executable, "-I", str(OFFICE_TOOL), type_, "{file}", "{out}", str(fonts)]
    said = run(argv, file=file, limits=limits, readable=(*python_paths(HERE), fonts), out=printed)
    # LibreOffice ends well also when it could not open the file, and names what it made after the file.
    found = next(printed.glob("*.pdf"), None)
    if found is None:
        raise ToolFailed(tool="LibreOffice", said=said.decode(errors="replace")[:500])
    return found


def _limits() -> ToolLimits:
    known = settings()
    return ToolLimits(
        wall_seconds=known.sandbox_wall_seconds,
        cpu_seconds=known.sandbox_cpu_seconds,
        memory_bytes=known.sandbox_memory_bytes,
        output_bytes=SAID_BYTES,
        file_bytes=FILE_BYTES,
    )
