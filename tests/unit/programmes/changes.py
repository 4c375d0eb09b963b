"""The examples that are shipped, with some of their text written otherwise."""

from pathlib import Path

import pytest

from shared.programmes.reading import ProgrammeInvalid, read, read_with_warnings

DEMO = Path(__file__).parents[3] / "deploy/demo"
FIRST, FILM, RESEARCH = (DEMO / f"{name}.yaml" for name in ("programme-2563", "film", "research"))

Change = tuple[str, str]


def changed(file: Path, *changes: Change) -> str:
    """Return the text of an example with some of it written otherwise, each once."""
    text = file.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def errors(content: str) -> list[tuple[str, str]]:
    """Return path and English words of every error of a file that is refused."""
    with pytest.raises(ProgrammeInvalid) as caught:
        read(content)
    return [(error["path"], error["en"]) for error in caught.value.facts["errors"]]


def warnings(content: str) -> list[tuple[str, str]]:
    """Return path and English words of every warning of a file that is taken."""
    return [(one.path, one.text.en) for one in read_with_warnings(content)[1]]
