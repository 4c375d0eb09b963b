"""Documents of older formats as plain data, written anew in the present one. Pure.

Format 1 (until 2026-11-25) had one collection with one deadline, then rounds that judge. It becomes a collect stage with the deadline's
milestone as its key, a judge stage a round that is for those whom the one before shortlisted, and one payment of the whole award.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.forms.nearest import unknown
from shared.forms.problem import Path, Problem
from shared.text import Text

FORM = "submission"
DOCUMENTS = frozenset({"plan", "report"})
"""Kinds of format 1 whose files are pages of one document."""
AWARDED = "support"
LABEL_OF_SUPPORT = Text("สนับสนุนงบประมาณ", "Budget")


@dataclass(slots=True)
class Upgraded:
    """A document in the present format; `moved` tells where a part of it stood before, by its path now."""

    document: dict[str, Any]
    moved: dict[Path, Path] = field(default_factory=dict)
    implied: set[Path] = field(default_factory=set)
    """What the upgrade wrote by itself: nothing of it can be wrong in the file."""
    problems: list[Problem] = field(default_factory=list)
    """What the older format asks for and the file does not have, by its path there."""
    old_names: frozenset[str] = frozenset()
    """Fields that the older format has and the present one has not."""

    def is_implied(self, path: Path) -> bool:
        """Say whether the upgrade wrote what stands at a path."""
        return any(path[:length] in self.implied for length in range(1, len(path) + 1))

    def original(self, path: Path) -> Path:
        """Return where the value at a path stands in the document as it was written."""
        for length in range(len(path), 0, -1):
            before = self.moved.get(path[:length])
            if before is not None:
                return (*before, *path[length:])
        return path


def upgrade(document: Mapping[str, Any]) -> Upgraded:
    """Return a document in the present format. What is missing or of the wrong type stays so, for the reader to complain of."""
    if not is_old(document):
        return Upgraded(dict(document))
    made = Upgraded({key: value for key, value in document.items() if key not in FORMAT_1}, old_names=FORMAT_1)
    made.document |= {"format": 2, "stages": []}
    made.implied.add(("format",))
    made.problems += _missing(document)
    rounds = document.get("rounds")
    listed = [one.get("key") for one in rounds if isinstance(one, Mapping)] if isinstance(rounds, list | tuple) else []
    taken = {key for key in listed if isinstance(key, str)}
    _collect(document, made, taken)
    _judges(document, made)
    _support(document, made, taken)
    made.document["milestones"] = _other_milestones(document, made)
    return made


def is_old(document: Mapping[str, Any]) -> bool:
    """Say whether a document is of format 1: it has rounds where there are stages now."""
    return "stages" not in document and (document.get("format") == 1 or any(name in document for name in ("rounds", "items", "deadline")))


FORMAT_1 = frozenset(
    {"items", "milestones", "deadline", "grace_minutes", "mend_hours", "unfinished_bytes", "reminder_days", "rounds", "format"}
)
_ROUND = ("label", "criteria", "ballots", "lease_minutes", "award_rule", "keep", "levels", "key")
MISSING = Text("ยังไม่ได้ระบุ", "is missing")
UNKNOWN_DEADLINE = Text("ไม่มีกำหนดการ (milestones) ชื่อ {name}", "deadline names no milestone: {name}")
NO_LIST = Text("ต้องเป็นรายการอย่างน้อยหนึ่งข้อ", "must be a list with at least one entry")


def _missing(document: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("items", "milestones", "rounds"):
        if name not in document:
            yield Problem((name,), MISSING)
        elif not isinstance(document[name], list | tuple) or not document[name]:
            yield Problem((name,), NO_LIST)
    deadline, milestones = document.get("deadline"), document.get("milestones")
    if deadline is None:
        yield Problem(("deadline",), MISSING)
    elif isinstance(milestones, list | tuple) and milestones and _milestone(document, deadline)[1] is None:
        keys = [str(one["key"]) for one in milestones if isinstance(one, Mapping) and "key" in one]
        yield Problem(("deadline",), unknown(UNKNOWN_DEADLINE, deadline, keys))


def _collect(document: Mapping[str, Any], made: Upgraded, taken: set[str]) -> None:
    position, milestone = _milestone(document, document.get("deadline"))
    path: Path = ("stages", 0)
    stage: dict[str, Any] = {"kind": "collect", "form": FORM}
    for name in ("grace_minutes", "mend_hours", "unfinished_bytes", "reminder_days"):
        if name in document:
            stage[name] = document[name]
        made.moved[(*path, name)] = (name,)
    made.moved[path] = ("deadline",) if milestone is None else ("milestones", position)
    if milestone is not None:
        stage |= {name: milestone[name] for name in ("key", "label", "by") if name in milestone}
        if isinstance(stage.get("key"), str):
            stage["key"] = _free(stage["key"], taken)
            taken.add(stage["key"])
    else:
        made.implied.add(path)
    made.document["stages"].append(stage)
    items = document.get("items")
    listed = list(items) if isinstance(items, list | tuple) else []
    made.document["forms"] = {FORM: {"items": [_item(item) for item in listed]}}
    made.moved[("forms", FORM, "items")] = ("items",)
    made.moved[("forms", FORM)] = ("items",)
    for number in range(len(listed)):
        made.moved[("forms", FORM, "items", number, "key")] = ("items", number, "kind")


def _free(key: str, taken: set[str]) -> str:
    """Return a key that no stage has: what was a milestone and a round of one name are two stages now."""
    while key in taken:
        key = f"{key[:36]}_step"
    return key


def _item(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    written = {("key" if name == "kind" else name): value for name, value in item.items()}
    if isinstance(item.get("kind"), str) and item["kind"] in DOCUMENTS:
        written["one_document"] = True
    return written


def _judges(document: Mapping[str, Any], made: Upgraded) -> None:
    rounds = document.get("rounds")
    if not isinstance(rounds, list | tuple):
        return
    before: Any = None
    for number, round_ in enumerate(rounds):
        made.moved["stages", number + 1] = ("rounds", number)
        if not isinstance(round_, Mapping):
            made.document["stages"].append(round_)
            continue
        unknown = {name: value for name, value in round_.items() if name not in _ROUND}
        stage: dict[str, Any] = {"kind": "judge"} | {name: round_[name] for name in _ROUND if name in round_} | unknown
        made.implied.add(("stages", number + 1, "for"))
        if before is not None:
            stage["for"] = {before: ["shortlisted"]}
        position, milestone = _milestone(document, round_.get("key"))
        if milestone is not None and "by" in milestone:
            stage["by"] = milestone["by"]
            made.moved["stages", number + 1, "by"] = ("milestones", position, "by")
        made.document["stages"].append(stage)
        before = round_.get("key") if isinstance(round_.get("key"), str) else None


def _support(document: Mapping[str, Any], made: Upgraded, taken: set[str]) -> None:
    """Add the payment of what the last round awards, where it awards anything."""
    rounds = document.get("rounds")
    last = rounds[-1] if isinstance(rounds, list | tuple) and rounds else None
    levels = last.get("levels") if isinstance(last, Mapping) else None
    if not isinstance(last, Mapping) or not isinstance(levels, list | tuple) or not levels:
        return
    keys = [level.get("key") for level in levels if isinstance(level, Mapping)]
    if not isinstance(last.get("key"), str) or not all(isinstance(key, str) for key in keys):
        return
    stage: dict[str, Any] = {"kind": "support", "key": _free(AWARDED, taken), "label": LABEL_OF_SUPPORT.to_json()}
    stage |= {"for": {last["key"]: keys}, "of": last["key"]}
    made.implied |= {("stages", len(made.document["stages"]), name) for name in ("key", "for", "of")}
    position, milestone = _milestone(document, AWARDED)
    if milestone is not None:
        stage |= {name: milestone[name] for name in ("label", "by") if name in milestone}
        made.moved["stages", len(made.document["stages"])] = ("milestones", position)
    made.document["stages"].append(stage)


def _other_milestones(document: Mapping[str, Any], made: Upgraded) -> Any:
    """Return the milestones that became no stage's date."""
    milestones = document.get("milestones")
    if not isinstance(milestones, list | tuple):
        return []
    stages = [stage.get("key") for stage in made.document["stages"] if isinstance(stage, Mapping)]
    others: list[Any] = []
    for number, milestone in enumerate(milestones):
        if isinstance(milestone, Mapping) and milestone.get("key") in stages and "by" in milestone:
            continue
        made.moved["milestones", len(others)] = ("milestones", number)
        others.append(milestone)
    return others


def _milestone(document: Mapping[str, Any], key: Any) -> tuple[int, Mapping[str, Any] | None]:
    milestones = document.get("milestones")
    if isinstance(milestones, list | tuple) and isinstance(key, str):
        for number, milestone in enumerate(milestones):
            if isinstance(milestone, Mapping) and milestone.get("key") == key:
                return number, milestone
    return 0, None
