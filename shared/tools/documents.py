"""What document readers say of a plan; they themselves, `document_reader.py` and `pdf_tool.py`, run in the jail."""

import json
import sys
from pathlib import Path
from typing import Any

from shared.sandbox.jail import ToolExhausted, ToolFailed, ToolLimits, ToolNotStarted, python_paths, run

HERE = Path(__file__).parent
READER, PDF_TOOL = HERE / "document_reader.py", HERE / "pdf_tool.py"


def read(file: Path, type_: str, *, limits: ToolLimits | None = None) -> dict[str, Any]:
    """Return `{"pages": n or null, "problem": null, "encrypted" or "damaged", "active": kinds, "text": …}` of a document or scan.

    `text` and `active` are as in `validation.facts`, and left out where there is nothing to say. Raises ToolExhausted, ToolTimedOut,
    ToolMissing, ToolNotStarted.
    """
    reader, words = (PDF_TOOL, ["read"]) if type_ == "pdf" else (READER, [type_])
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
