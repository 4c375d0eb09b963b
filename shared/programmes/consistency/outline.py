"""The stages, forms, categories and committees of a document, as far as they can be read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any

from shared.forms.problem import Path
from shared.programmes import applicants
from shared.programmes.consistency import plain
from shared.text import Text

MOST_STAGES = 200
"""Stages of one programme, repeated ones written out."""
MOST_TIMES = 60
MOST_CYCLES = 20

COLLECT_STATES = ("open", "submitted", "returned", "accepted", "waived", "missed")
SUPPORT_STATES = ("due", "paid", "ended")
SHORTLISTED, AWARDED, REJECTED = "shortlisted", "awarded", "rejected"
JUDGE_STATES = (SHORTLISTED, AWARDED, REJECTED)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A stage, or one of its repetitions (`number` from 0), and where it is written."""

    key: str
    path: Path
    data: Mapping[str, Any]
    number: int = 0

    @property
    def kind(self) -> str | None:
        """What it does: `collect`, `judge` or `support`."""
        kind = self.data.get("kind")
        return kind if isinstance(kind, str) else None

    @property
    def condition(self) -> Mapping[str, Any]:
        """For whom it is."""
        return plain.mapping(self.data, "for")

    @property
    def levels(self) -> dict[str, Mapping[str, Any]]:
        """Its levels by key."""
        return plain.keys(self.data, "levels")

    @property
    def awards(self) -> bool:
        """Whether it awards money: it has levels."""
        return self.kind == "judge" and bool(self.levels)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that a submission's row at this stage may have."""
        if self.kind == "collect":
            return COLLECT_STATES
        if self.kind == "support":
            return SUPPORT_STATES
        if self.kind == "judge":
            return (*self.levels, AWARDED, REJECTED) if self.levels else (SHORTLISTED, REJECTED)
        return ()


class Outline:
    """What the rules ask of a document again and again."""

    EXCESS = Text("มีขั้นตอนมากกว่า {most} ขั้น", "there are more than {most} stages").fill(most=MOST_STAGES)

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._questions: dict[Path, dict[str, Mapping[str, Any]]] = {}

    @cached_property
    def is_excessive(self) -> bool:
        """Whether the document has more stages than a programme can need."""
        return sum(_times(stage) for _, stage in plain.parts(self.document, "stages")) > MOST_STAGES

    @cached_property
    def written(self) -> list[tuple[Path, Mapping[str, Any]]]:
        """The stages as they are written, repeated ones once, each with its path."""
        return [(("stages", number), stage) for number, stage in plain.parts(self.document, "stages")]

    @cached_property
    def timeline(self) -> list[Stage]:
        """The stages that have a key, repeated ones written out."""
        found = []
        for path, data in self.written:
            key = data.get("key")
            if not isinstance(key, str):
                continue
            if plain.mapping(data, "repeat") and data.get("kind") == "collect":
                found += [Stage(f"{key}_{number + 1}", path, data, number) for number in range(_times(data))]
            else:
                found.append(Stage(key, path, data))
        return found

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """The stages by key; of two with one key the first."""
        found: dict[str, Stage] = {}
        for stage in self.timeline:
            found.setdefault(stage.key, stage)
        return found

    @cached_property
    def order(self) -> dict[str, int]:
        """The position of each stage in the list."""
        return {key: number for number, key in enumerate(self.stages)}

    def of_kind(self, kind: str) -> list[Stage]:
        """Return the stages of a kind, in the order of the list."""
        return [stage for stage in self.stages.values() if stage.kind == kind]

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The keys of the categories."""
        return tuple(plain.keys(self.document, "categories"))

    @cached_property
    def committees(self) -> tuple[str, ...]:
        """The keys of the committees."""
        return tuple(plain.keys(self.document, "committees"))

    @cached_property
    def forms(self) -> Mapping[str, Any]:
        """The named forms."""
        return plain.mapping(self.document, "forms")

    @cached_property
    def applicant(self) -> Mapping[str, Any] | None:
        """What is asked of an applicant; None if there is no such form."""
        applicant = self.document.get("applicant", applicants.SHIPPED[0])
        if isinstance(applicant, str):
            found = self.forms.get(applicant)
            return applicants.written(applicant) if found is None and applicant in applicants.SHIPPED else self._mapping(found)
        return self._mapping(applicant)

    @staticmethod
    def _mapping(found: object) -> Mapping[str, Any] | None:
        return found if isinstance(found, Mapping) else None

    def form(self, stage: Stage) -> Mapping[str, Any] | None:
        """Return the form of a collect stage, None if it cannot be found."""
        form = stage.data.get("form")
        return self._mapping(self.forms.get(form) if isinstance(form, str) else form)

    def questions(self, stage: Stage) -> dict[str, Mapping[str, Any]]:
        """Return what a collect stage asks, by key."""
        if stage.path not in self._questions:
            self._questions[stage.path] = plain.keys(self.form(stage) or {}, "questions")
        return self._questions[stage.path]

    def reads(self, stage: Stage) -> list[str]:
        """Return the keys of the collect stages that a judge stage reads: those it names, else all before it in the list."""
        if stage.data.get("reads") is not None:
            return [key for _, key in plain.words(stage.data["reads"])]
        before = list(self.stages.values())[: self.order.get(stage.key, 0)]
        return [one.key for one in before if one.kind == "collect"]

    def award_of(self, stage: Stage) -> Stage | None:
        """Return the judge stage whose award a support stage pays: the one it names, else the last before it in the list."""
        of = stage.data.get("of")
        if of is not None:
            named = self.stages.get(of) if isinstance(of, str) else None
            return named if named is not None and named.kind == "judge" else None
        before = list(self.stages.values())[: self.order.get(stage.key, 0)]
        return next((one for one in reversed(before) if one.kind == "judge"), None)

    @cached_property
    def needs(self) -> dict[str, set[str]]:
        """Of each stage the stages without whose rows nobody can belong to it, or nothing of it can be read."""
        found = {}
        for key, stage in self.stages.items():
            needed = {name for name in stage.condition if name in self.stages}
            if stage.kind == "judge":
                needed |= {name for name in self.reads(stage) if name in self.stages}
            if stage.kind == "support" and (award := self.award_of(stage)) is not None:
                needed.add(award.key)
            found[key] = needed
        return found

    @cached_property
    def cycles(self) -> list[list[str]]:
        """Chains of stages that wait for one another, each from one stage round to the same."""
        graph = {key: set(needed) for key, needed in self.needs.items()}
        found: list[list[str]] = []
        while len(found) < MOST_CYCLES:
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as error:
                cycle: list[str] = error.args[1]
                first = cycle.index(min(cycle, key=self.order.__getitem__))
                ring = cycle[:-1]
                found.append([*ring[first:], *ring[:first], cycle[first]])
                graph[cycle[1]].discard(cycle[0])
            else:
                break
        return found


def _times(stage: Mapping[str, Any]) -> int:
    return max(plain.whole(plain.mapping(stage, "repeat").get("times", 1), most=MOST_TIMES) or 1, 1)
