"""What does not agree inside of a document, and where; and how places in data are written."""

from dataclasses import dataclass

from shared.text import Text

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a document and where."""

    path: Path
    text: Text


def written(path: Path) -> str:
    """Write a path as people do: purchases[1].amount."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
