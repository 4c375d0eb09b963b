"""Draw the rooms of the project and which way imports point, from the import contracts: `python -m tests.architecture.picture`.

The picture is an SVG of boxes: doors and workers at the top, then the layers of `shared` as the contract lists them, each importing only
from those below it.
"""

import tomllib
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs/pictures/architecture.svg"
WIDTH, ROW, GAP, LEFT = 960, 34, 8, 150


def layers() -> list[list[str]]:
    """Return the layers of `shared` from the top down, each with its rooms."""
    document: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = document["tool"]["importlinter"]["contracts"]
    listed: list[str] = next(
        contract["layers"] for contract in contracts if contract["type"] == "layers" and "shared" in contract["containers"]
    )
    return [[room.strip() for room in layer.replace(":", "|").split("|")] for layer in listed]


def folders(parent: str) -> list[str]:
    """Return the packages of a folder, by name."""
    return sorted(path.parent.name for path in (ROOT / parent).glob("*/__init__.py"))


def draw() -> str:
    """Return the picture as SVG."""
    rows = [("services", folders("services")), ("workers", folders("workers"))]
    rows += [("shared" if number == 0 else "", rooms) for number, rooms in enumerate(layers())]
    height = (ROW + GAP) * len(rows) + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="14">',
        "<title>The rooms of Omsap</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="20" y="{height - 16}" fill="#555555">Imports point downwards only: a room may use those below it.</text>',
    ]
    for number, (name, rooms) in enumerate(rows):
        top = 16 + number * (ROW + GAP)
        if name:
            parts.append(f'<text x="20" y="{top + 22}" font-weight="bold">{escape(name)}</text>')
        width = (WIDTH - LEFT - 20 - GAP * (len(rooms) - 1)) / len(rooms)
        fill = {"services": "#d7e8fa", "workers": "#fde9cf"}.get(name, "#eef3ea")
        for place, room in enumerate(rooms):
            x = LEFT + place * (width + GAP)
            parts.append(f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{ROW}" rx="6" fill="{fill}" stroke="#8a9a8a"/>')
            parts.append(f'<text x="{x + width / 2:.1f}" y="{top + 22}" text-anchor="middle">{escape(room)}</text>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
