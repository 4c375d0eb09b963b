"""Documents of older formats as plain data, written anew in the present one. Pure.

Format 1 (until 2026-11-25) had one collection with one deadline, then rounds that judge. It becomes a collect stage with the deadline's
milestone as its key, a judge stage a round that is for those whom the one before shortlisted, and one payment of the whole award.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
FORM = "submission"
DOCUMENTS = frozenset({"plan", "report"})
"""Kinds of format 1 whose files are pages of one document."""
AWARDED = "support"
LABEL_OF_SUPPORT = {"th": "สนับสนุนงบประมาณ", "en": "Budget"}


@dataclass(slots=True)
class Upgraded:
    """A document in the present format; `moved` tells where a part of it stood before, by its path now."""

    document: dict[str, Any]
    moved: dict[Path, Path] = field(default_factory=dict)

    def original(self, path: Path) -> Path:
        """Return where the value at a path stands in the document as it was written."""
        for length in range(len(path), 0, -1):
            before = self.moved.get(path[:length])
            if before is not None:
                return (*before, *path[length:])
        return path


def upgrade(document: Mapping[str, Any]) -> Upgraded:
    """Return a document in the present format. What is missing or of the wrong type stays so, for the reader to complain of."""
    if "stages" in document or "rounds" not in document:
        return Upgraded(dict(document))
    made = Upgraded({key: value for key, value in document.items() if key not in _FORMAT_1})
    made.document |= {"format": 2, "stages": []}
    rounds = document.get("rounds")
    taken = {one.get("key") for one in rounds if isinstance(one, Mapping)} if isinstance(rounds, list | tuple) else set()
    _collect(document, made)
    _judges(document, made)
    _support(document, made, taken)
    made.document["milestones"] = _other_milestones(document, made)
    return made


_FORMAT_1 = frozenset(
    {"items", "milestones", "deadline", "grace_minutes", "mend_hours", "unfinished_bytes", "reminder_days", "rounds", "format"}
)
_ROUND = ("label", "criteria", "ballots", "lease_minutes", "award_rule", "keep", "levels", "key")


def _collect(document: Mapping[str, Any], made: Upgraded) -> None:
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
    made.document["stages"].append(stage)
    items = document.get("items")
    made.document["forms"] = {FORM: {"items": [_item(item) for item in items] if isinstance(items, list | tuple) else items}}
    made.moved[("forms", FORM, "items")] = ("items",)
    made.moved[("forms", FORM)] = ("items",)
    if isinstance(items, list | tuple):
        for number in range(len(items)):
            made.moved[("forms", FORM, "items", number, "key")] = ("items", number, "kind")


def _item(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    written = {("key" if name == "kind" else name): value for name, value in item.items()}
    if item.get("kind") in DOCUMENTS:
        written["one_document"] = True
    return written


def _judges(document: Mapping[str, Any], made: Upgraded) -> None:
    rounds = document.get("rounds")
    if not isinstance(rounds, list | tuple):
        made.document["rounds"] = rounds  # of the wrong type: complained of as unknown, at its line
        return
    before: Any = None
    for number, round_ in enumerate(rounds):
        made.moved["stages", number + 1] = ("rounds", number)
        if not isinstance(round_, Mapping):
            made.document["stages"].append(round_)
            continue
        unknown = {name: value for name, value in round_.items() if name not in _ROUND}
        stage: dict[str, Any] = {"kind": "judge"} | {name: round_[name] for name in _ROUND if name in round_} | unknown
        if before is not None:
            stage["for"] = {before: ["shortlisted"]}
        position, milestone = _milestone(document, round_.get("key"))
        if milestone is not None and "by" in milestone:
            stage["by"] = milestone["by"]
            made.moved["stages", number + 1, "by"] = ("milestones", position, "by")
        made.document["stages"].append(stage)
        before = round_.get("key") if isinstance(round_.get("key"), str) else None


def _support(document: Mapping[str, Any], made: Upgraded, taken: set[Any]) -> None:
    """Add the payment of what the last round awards, where it awards anything."""
    rounds = document.get("rounds")
    last = rounds[-1] if isinstance(rounds, list | tuple) and rounds else None
    levels = last.get("levels") if isinstance(last, Mapping) else None
    if not isinstance(last, Mapping) or not isinstance(levels, list | tuple) or not levels or AWARDED in taken:
        return
    keys = [level.get("key") for level in levels if isinstance(level, Mapping)]
    if not isinstance(last.get("key"), str) or not all(isinstance(key, str) for key in keys):
        return
    stage: dict[str, Any] = {"kind": "support", "key": AWARDED, "label": LABEL_OF_SUPPORT, "for": {last["key"]: keys}}
    position, milestone = _milestone(document, AWARDED)
    if milestone is not None:
        stage |= {name: milestone[name] for name in ("label", "by") if name in milestone}
        made.moved["stages", len(made.document["stages"])] = ("milestones", position)
    made.document["stages"].append(stage)


def _other_milestones(document: Mapping[str, Any], made: Upgraded) -> Any:
    """Return the milestones that became no stage's date."""
    milestones = document.get("milestones")
    if not isinstance(milestones, list | tuple):
        return milestones if milestones is not None else []
    stages = {stage.get("key") for stage in made.document["stages"] if isinstance(stage, Mapping)}
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
