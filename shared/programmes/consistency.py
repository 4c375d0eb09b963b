"""What must agree between the parts of a definition: pure rules over its plain data, also where other parts are still wrong.

Every rule is tolerant: what is missing or of the wrong type is another rule's (pydantic's) to report, so that a bad file gets all its
problems at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from shared.text import Text

Path = tuple[str | int, ...]

USED_TWICE = Text("ใช้ชื่อ {name} ซ้ำ", "{name} is used twice")
KEEPS_OR_FILLS = Text(
    "แต่ละรอบต้องกำหนดจำนวนที่ผ่าน (keep) คะแนนผ่าน (pass_score) หรือระดับรางวัล (levels) อย่างใดอย่างหนึ่ง",
    "a round either keeps submissions (keep, pass_score) or fills levels (levels)",
)
RANGE_EMPTY = Text("คะแนนสูงสุดต้องมากกว่าคะแนนต่ำสุด", "max must be greater than min")
UNKNOWN_COMMITTEE = Text("ไม่มีคณะกรรมการชื่อ {name}", "routing names no committee: {name}")
REST_UNROUTED = Text("ต้องมีเส้นทางหนึ่งที่ไม่ระบุจังหวัด เพื่อรับจังหวัดที่เหลือทั้งหมด", "routing needs one route without provinces, for all the rest")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the definition and where."""

    path: Path
    text: Text


def problems(document: Mapping[str, Any]) -> list[Problem]:
    """Return everything in a definition's plain data that does not agree with itself."""
    return [
        *_twice(document, "milestones", "key"),
        *_twice(document, "committees", "key"),
        *_twice(document, "categories", "key"),
        *_twice(document, "stages", "key"),
        *_forms(document),
        *_judges(document),
        *_routing(document, ()),
    ]


def _parts(parent: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = parent.get(name)
    if isinstance(listed, list | tuple):
        for number, part in enumerate(listed):
            if isinstance(part, Mapping):
                yield number, part


def _keys(parent: Mapping[str, Any], name: str) -> set[Any]:
    return {part["key"] for _, part in _parts(parent, name) if isinstance(part.get("key"), str)}


def _twice(parent: Mapping[str, Any], name: str, key: str, path: Path = ()) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, part in _parts(parent, name):
        value = part.get(key)
        if not isinstance(value, str):
            continue
        if value in seen:
            yield Problem((*path, name, number, key), USED_TWICE.fill(name=value))
        seen.add(value)


def _forms(document: Mapping[str, Any]) -> Iterator[Problem]:
    forms = document.get("forms")
    if isinstance(forms, Mapping):
        for name, form in forms.items():
            if isinstance(form, Mapping):
                yield from _twice(form, "items", "key", ("forms", name))


def _judges(document: Mapping[str, Any]) -> Iterator[Problem]:
    for number, stage in _parts(document, "stages"):
        if stage.get("kind") != "judge":
            continue
        path: Path = ("stages", number)
        screens = stage.get("keep") is not None or stage.get("pass_score") is not None
        if screens == bool(stage.get("levels")):
            yield Problem(path, KEEPS_OR_FILLS)
        yield from _twice(stage, "criteria", "key", path)
        yield from _twice(stage, "levels", "key", path)
        yield from _ranges(stage, path)
        yield from _routing(stage, path, document)


def _ranges(stage: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    for number, criterion in _parts(stage, "criteria"):
        try:
            low, high = Decimal(str(criterion.get("min", 0))), Decimal(str(criterion.get("max", 10)))
        except InvalidOperation:
            continue
        if high <= low:
            yield Problem((*path, "criteria", number, "max"), RANGE_EMPTY)


def _routing(parent: Mapping[str, Any], path: Path, document: Mapping[str, Any] | None = None) -> Iterator[Problem]:
    routes, committees = list(_parts(parent, "routing")), _keys(parent if document is None else document, "committees")
    for number, route in routes:
        committee = route.get("committee")
        if isinstance(committee, str) and committee not in committees:
            yield Problem((*path, "routing", number, "committee"), UNKNOWN_COMMITTEE.fill(name=committee))
    if routes and all(route.get("provinces") or route.get("categories") or route.get("answers") for _, route in routes):
        yield Problem((*path, "routing"), REST_UNROUTED)
