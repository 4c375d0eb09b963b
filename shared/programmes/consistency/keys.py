"""Every key names one thing. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.forms.problem import Path, Problem
from shared.programmes.consistency import plain
from shared.programmes.consistency.outline import JUDGE_STATES, Outline
from shared.text import Text

USED_TWICE = Text("ใช้ชื่อ {name} ซ้ำ", "{name} is used twice")
REPEATED_TWICE = Text(
    "เมื่อทำซ้ำ ขั้นตอนนี้จะมีชื่อ {name} ซึ่งมีขั้นตอนอื่นใช้แล้ว", "repeated, this stage is called {name}, which another stage is called already"
)
RESERVED = Text("ใช้ชื่อ {name} ไม่ได้ เพราะเงื่อนไข (for) ใช้คำนี้เรียกอย่างอื่น", "may not be called {name}, which conditions use for something else")
AXES = ("category", "province", "district")
"""What a condition may name besides stages."""


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield keys that are used twice, and keys that conditions could not tell from other words."""
    document = outline.document
    for name in ("milestones", "committees", "categories"):
        yield from twice(document, name)
    yield from _stages(outline)
    for path, stage in outline.written:
        if stage.get("key") in AXES:
            yield Problem((*path, "key"), RESERVED.fill(name=stage["key"]))
        yield from twice(stage, "criteria", path)
        yield from twice(stage, "levels", path)
        for number, level in plain.parts(stage, "levels"):
            if level.get("key") in JUDGE_STATES:
                yield Problem((*path, "levels", number, "key"), RESERVED.fill(name=level["key"]))


def twice(parent: Mapping[str, Any], name: str, path: Path = ()) -> Iterator[Problem]:
    """Yield the keys in a list of a parent that an earlier part of it has."""
    seen: set[str] = set()
    for number, part in plain.parts(parent, name):
        key = part.get("key")
        if not isinstance(key, str):
            continue
        if key in seen:
            yield Problem((*path, name, number, "key"), USED_TWICE.fill(name=key))
        seen.add(key)


def _stages(outline: Outline) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    told: set[Path] = set()
    repeats = {path for path, stage in outline.written if plain.mapping(stage, "repeat")}
    for stage in outline.timeline:
        before = first.setdefault(stage.key, stage.path)
        if before != stage.path and stage.path not in told:
            told.add(stage.path)
            text = REPEATED_TWICE if {before, stage.path} & repeats else USED_TWICE
            yield Problem((*stage.path, "key"), text.fill(name=stage.key))
