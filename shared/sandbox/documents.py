"""What a document reader says of a plan; the reader itself, `document_reader.py`, runs in the jail."""

import json
import sys
from pathlib import Path
from typing import Any

from shared.sandbox.jail import Limits, ToolExhausted, ToolFailed, ToolNotStarted, python_paths, run

READER = Path(__file__).with_name("document_reader.py")


def read(file: Path, type_: str, *, limits: Limits | None = None) -> dict[str, Any]:
    """Return `{"pages": n or null, "problem": null, "encrypted" or "damaged"}` of a PDF, DOCX, ODT, JPEG or PNG.

    Raises ToolExhausted, ToolTimedOut, ToolMissing, ToolNotStarted.
    """
    argv = [sys.executable, "-I", str(READER), type_, "{file}"]
    try:
        said: dict[str, Any] = json.loads(run(argv, file=file, limits=limits, readable=python_paths()))
    except ToolExhausted:
        raise
    except ToolFailed as error:
        # The reader answers for whatever it meets in a file, so if it fails it is the reader that is broken.
        raise ToolNotStarted(tool=READER.name, said=error.facts["said"]) from error
    return said
