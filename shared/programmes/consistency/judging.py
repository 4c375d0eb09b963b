"""How many a judge stage takes, of what, and by which marks. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from shared.forms.nearest import unknown
from shared.forms.problem import Path, Problem
from shared.programmes.consistency import areas, plain
from shared.programmes.consistency.outline import Outline
from shared.text import Text

KEEPS_OR_FILLS = Text(
    "แต่ละรอบต้องกำหนดจำนวนที่ผ่าน (keep) คะแนนผ่าน (pass_score) หรือระดับรางวัล (levels) อย่างใดอย่างหนึ่ง",
    "a round either keeps submissions (keep, pass_score) or fills levels (levels)",
)
RANGE_EMPTY = Text("คะแนนสูงสุดต้องมากกว่าคะแนนต่ำสุด", "max must be greater than min")
NOTHING_TO_READ = Text("รอบนี้ไม่มีอะไรให้พิจารณา ต้องมีขั้นตอน collect", "this round has nothing to judge; it needs a collect stage to read")
BY_NAME_NEEDS_PARTS = Text(
    "กำหนดจำนวนแยกตามชื่อได้เมื่อรอบนี้จัดอันดับแยกส่วน (within)", "numbers by name need the parts in which the round ranks (within)"
)
UNKNOWN_PART = Text("ไม่มี{part}ชื่อ {name}", "there is no {part} {name}")
PART_MISSING = Text("ไม่ได้กำหนดจำนวนของ {name}", "says no number for {name}")
ALL_ZERO = Text("ทุกส่วนมีจำนวน 0 จึงไม่มีใครผ่าน", "every number is 0, so nobody can pass")
NO_CATEGORIES = Text("โครงการไม่มีประเภท (categories)", "the programme has no categories")
LARGER_THAN_BEFORE = Text("รอบนี้รับ {quota} แต่รอบ {stage} ให้ผ่านเพียง {before}", "takes {quota}, but round {stage} keeps only {before}")
NOBODY_IN_PART = Text("จำนวนของ {name} เป็น 0 จึงไม่มีใครใน {name} ได้", "the number for {name} is 0: nobody of {name} can have it")
PARTS = {
    "category": Text("ประเภท", "category"),
    "province": Text("จังหวัด", "province"),
    "committee": Text("คณะกรรมการ", "committee"),
}


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield rounds that neither keep nor fill, empty ranges of marks, and numbers of parts that are not there."""
    for path, stage in outline.written:
        if stage.get("kind") != "judge":
            continue
        screens = stage.get("keep") is not None or stage.get("pass_score") is not None
        if screens == bool(stage.get("levels")):
            yield Problem(path, KEEPS_OR_FILLS)
        if not _has_something_to_read(outline, path, stage):
            yield Problem((*path, "reads") if "reads" in stage else path, NOTHING_TO_READ)
        yield from _ranges(stage, path)
        if stage.get("within") == "category" and not outline.categories:
            yield Problem((*path, "within"), NO_CATEGORIES)
        for place, quota in _quotas(stage, path):
            if isinstance(quota, Mapping):
                yield from _parts(outline, stage.get("within"), place, quota)


def warnings(outline: Outline) -> Iterator[Problem]:
    """Yield rounds that want more than the round before lets through, and numbers that are 0."""
    for stage in outline.of_kind("judge"):
        total = _total(stage.data)
        for name in stage.condition:
            before = outline.stages.get(name)
            kept = _total(before.data) if before is not None and before.kind == "judge" and not before.levels else None
            if total is not None and kept is not None and total > kept:
                yield Problem(stage.path, LARGER_THAN_BEFORE.fill(quota=total, stage=name, before=kept))
        for place, quota in _quotas(stage.data, stage.path):
            if isinstance(quota, Mapping):
                for name, value in quota.items():
                    if plain.number(value) == 0:
                        yield Problem((*place, name), NOBODY_IN_PART.fill(name=name))


def _has_something_to_read(outline: Outline, path: Path, judge: Mapping[str, Any]) -> bool:
    if judge.get("reads") is not None:
        return bool(judge["reads"])
    return any(stage.get("kind") == "collect" for before, stage in outline.written if before < path)


def _ranges(stage: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    for number, criterion in plain.parts(stage, "criteria"):
        low, high = plain.number(criterion.get("min", 0)), plain.number(criterion.get("max", 10))
        if low is not None and high is not None and high <= low:
            yield Problem((*path, "criteria", number, "max"), RANGE_EMPTY)


def _quotas(stage: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, object]]:
    if stage.get("keep") is not None:
        yield (*path, "keep"), stage["keep"]
    for number, level in plain.parts(stage, "levels"):
        yield (*path, "levels", number, "quota"), level.get("quota")


def _parts(outline: Outline, within: object, path: Path, quota: Mapping[Any, Any]) -> Iterator[Problem]:
    if not isinstance(within, str) or within not in PARTS:
        yield Problem(path, BY_NAME_NEEDS_PARTS)
        return
    if quota and all(plain.number(value) == 0 for value in quota.values()):
        yield Problem(path, ALL_ZERO)
    text = UNKNOWN_PART.fill(part=PARTS[within], name="{name}")
    if within == "province":
        for name in quota:
            if isinstance(name, str) and (wrong := areas.wrong_province(name)) is not None:
                yield Problem((*path, name), wrong)
        return
    known = outline.categories if within == "category" else outline.committees
    for name in quota:
        if name not in known:
            yield Problem((*path, str(name)), unknown(text, name, known))
    for name in known:
        if name not in quota:
            yield Problem(path, PART_MISSING.fill(name=name))


def _total(stage: Mapping[str, Any]) -> Decimal | None:
    """Return how many a round takes in all, None where that hangs on the number of its parts or on a score."""
    total = Decimal(0)
    for _, quota in _quotas(stage, ()):
        values = list(quota.values()) if isinstance(quota, Mapping) else [quota] if stage.get("within") is None else [None]
        numbers = [plain.number(value) for value in values]
        if any(number is None for number in numbers):
            return None
        total += sum((number for number in numbers if number is not None), Decimal(0))
    return total or None
