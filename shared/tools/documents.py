"""What document readers say of a document; they themselves, `document_reader.py` and `pdf_tool.py`, run in the jail."""

import json
import sys
from pathlib import Path
from typing import Any

from shared.sandbox.jail import ToolExhausted, ToolFailed, ToolLimits, ToolNotStarted, python_paths, run

HERE = Path(__file__).parent
READER, PDF_TOOL = HERE / "document_reader.py", HERE / "pdf_tool.py"


def type_of(archive: Path, *, limits: ToolLimits | None = None) -> str | None:
    """Return what a zip file is: `docx`, `xlsx`, `pptx`, `odt`, `ods`, or `zip` when it is none; None when it is damaged.

    Raises as `read`.
    """
    found: str | None = _asked(READER, ["type"], archive, limits)["type"]
    return found


def read(file: Path, type_: str, *, limits: ToolLimits | None = None) -> dict[str, Any]:
    """Return `{"pages": n or null, "problem": null, "encrypted", "damaged" or "limits", "active": kinds, "text": …}` of a document or scan.

    `text`, `active`, and of a zip `strange` and `broken`, are as in `validation.facts`, and left out where there is nothing to say. Raises
    ToolExhausted, ToolTimedOut, ToolMissing, ToolNotStarted.
    """
    reader, words = (PDF_TOOL, ["read"]) if type_ == "pdf" else (READER, [type_])
    return _asked(reader, words, file, limits)


def _asked(reader: Path, words: list[str], file: Path, limits: ToolLimits | None) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(
            run([sys.executable, "-I", str(reader), *words, "{file}"], file=file, limits=limits, readable=python_paths(HERE))
        )
    except ToolExhausted:
        raise
    except ToolFailed as error:
        # The reader answers for whatever it meets in a file, so if it fails it is the reader that is broken.
        raise ToolNotStarted(tool=reader.name, said=error.facts["said"]) from error
    return said
