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
UNKNOWN_DEADLINE = Text("ไม่มีกำหนดการชื่อ {name}", "deadline names no milestone: {name}")
KEEPS_OR_FILLS = Text(
    "แต่ละรอบต้องกำหนดจำนวนที่ผ่าน (keep) หรือระดับรางวัล (levels) อย่างใดอย่างหนึ่ง",
    "a round either keeps a number of submissions (keep) or fills levels (levels)",
)
LAST_FILLS = Text("รอบสุดท้ายรอบเดียวเท่านั้นที่กำหนดระดับรางวัล (levels)", "the last round fills levels, and only the last")
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
        *_twice(document, "items", "kind"),
        *_twice(document, "milestones", "key"),
        *_twice(document, "committees", "key"),
        *_twice(document, "rounds", "key"),
        *_deadline(document),
        *_rounds(document),
        *_routing(document),
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


def _deadline(document: Mapping[str, Any]) -> Iterator[Problem]:
    deadline = document.get("deadline")
    if isinstance(deadline, str) and deadline not in _keys(document, "milestones"):
        yield Problem(("deadline",), UNKNOWN_DEADLINE.fill(name=deadline))


def _rounds(document: Mapping[str, Any]) -> Iterator[Problem]:
    rounds = list(_parts(document, "rounds"))
    for number, round_ in rounds:
        path: Path = ("rounds", number)
        keeps, selects = round_.get("keep") is not None, bool(round_.get("levels"))
        last = number == rounds[-1][0]
        if keeps == selects:
            yield Problem(path, KEEPS_OR_FILLS)
        elif selects != last:
            yield Problem(path, LAST_FILLS)
        yield from _twice(round_, "criteria", "key", path)
        yield from _twice(round_, "levels", "key", path)
        yield from _ranges(round_, path)


def _ranges(round_: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    for number, criterion in _parts(round_, "criteria"):
        try:
            low, high = Decimal(str(criterion.get("min", 0))), Decimal(str(criterion.get("max", 10)))
        except InvalidOperation:
            continue
        if high <= low:
            yield Problem((*path, "criteria", number, "max"), RANGE_EMPTY)


def _routing(document: Mapping[str, Any]) -> Iterator[Problem]:
    routes, committees = list(_parts(document, "routing")), _keys(document, "committees")
    for number, route in routes:
        committee = route.get("committee")
        if isinstance(committee, str) and committee not in committees:
            yield Problem(("routing", number, "committee"), UNKNOWN_COMMITTEE.fill(name=committee))
    if routes and all(route.get("provinces") for _, route in routes):
        yield Problem(("routing",), REST_UNROUTED)
