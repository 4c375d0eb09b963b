"""Set a letter as PDF, by typst. What people wrote goes in as JSON, never as mark-up, so that it can be nothing but text."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


def set_letter(name: str, facts: dict[str, Any], *, at: datetime) -> bytes:
    """Return the letter `name` with these facts (JSON) as PDF, the same bytes for the same facts and instant.

    Raises typst.TypstError when the template does not go with the facts.
    """
    # Typst has 85 MB: only a process that sets letters loads it.
    import typst

    made = typst.compile(
        str(HERE / f"{name}.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        timestamp=at.replace(microsecond=0),
    )
    assert isinstance(made, bytes)  # noqa: S101  # one input without an output file gives one document
    return made
