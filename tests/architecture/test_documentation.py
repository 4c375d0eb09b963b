"""The documentation shows what is there."""

import re

from architecture.picture import PICTURE, draw
from factories.recipes import ROOT

PAGES = [*(ROOT / "docs").rglob("*.md"), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md"))]


def test_picture_of_the_architecture_is_drawn_from_the_contracts() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw(), "run python -m tests.architecture.picture"


def test_links_of_pages_lead_to_files() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs/decisions/index.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted((ROOT / "docs/decisions").glob("0*.md")) if path.name not in listed] == []


def test_every_room_is_explained() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / "shared").glob("*/__init__.py")}
    rooms = packages | {path.stem for path in (ROOT / "shared").glob("*.py")} - {"__init__", "tables"}
    assert {room for room in rooms if f"`{room}`" not in text} == set()
