"""A stage that nobody can reach: what it needs of other stages cannot all be so of one submission. Pure.

Of each stage follows what must be so of everybody who belongs to it: a category, a province, an outcome of a round. Whoever belongs to a
stage also belongs to those that it names, so these facts add up along the conditions. States of filings and payments change in the play
and rule nothing out.
"""

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

from shared.forms.problem import Path, Problem
from shared.programmes.consistency import plain
from shared.programmes.consistency.outline import AWARDED, REJECTED, SHORTLISTED, Outline, Stage
from shared.text import Text

NOBODY = Text(
    "ไม่มีผลงานใดเข้าขั้นตอนนี้ได้ เพราะเงื่อนไขเรื่อง {matter} ขัดกัน", "nobody can reach this stage: its conditions on {matter} rule one another out"
)
GRANT_WITHOUT_AWARD = Text(
    "ตาราง {table} จำกัดด้วยเงินที่ได้รับ (at_most: grant) แต่ขั้นตอนนี้ไม่ได้จำกัดเฉพาะผู้ได้รับเงิน (for)",
    "table {table} is limited by the grant, but this stage is not only for those who were awarded one (`for`)",
)
AREAS = {
    "category": Text("ประเภท", "the category"),
    "province": Text("จังหวัด", "the province"),
    "district": Text("อำเภอ", "the district"),
}
OUTCOME = Text("ผลของรอบ {round}", "the outcome of {round}")

Facts = dict[str, frozenset[str]]
"""What must be so: by matter (`category`, `province`, or the key of a judge stage) the values there may be."""


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield stages that nobody can reach, and tables limited by a grant that nobody has yet."""
    if outline.cycles:
        return
    known = facts(outline)
    told = _doubtful(outline)
    for stage in outline.stages.values():
        if stage.path in told:
            continue
        empty = _empty(known[stage.key])
        # A stage that hangs on one that nobody reaches is not told of again.
        if empty and not any(_empty(known[other]) for other in outline.needs[stage.key]):
            told.add(stage.path)
            text = AREAS.get(empty[0], OUTCOME.fill(round=empty[0]))
            yield Problem((*stage.path, "for") if stage.condition else stage.path, NOBODY.fill(matter=text))
        if stage.kind == "collect":
            yield from _limited_by_grant(outline, stage, known[stage.key])


def _doubtful(outline: Outline) -> set[Path]:
    """Return where the stages stand that hang on a name or state that is not there: what is wrong with them is told already."""
    found: set[str] = set()
    for key in TopologicalSorter(outline.needs).static_order():
        stage = outline.stages[key]
        if found & outline.needs[key] or not all(_is_known(outline, name, value) for name, value in stage.condition.items()):
            found.add(key)
    return {outline.stages[key].path for key in found}


def _is_known(outline: Outline, name: object, value: object) -> bool:
    known = outline.stages[name].states if isinstance(name, str) and name in outline.stages else outline.categories
    return name in ("province", "district") or all(word in known for _, word in plain.words(value))


def _empty(known: Facts) -> list[str]:
    return [matter for matter, values in known.items() if not values]


def facts(outline: Outline) -> dict[str, Facts]:
    """Return of each stage what must be so of everybody who belongs to it. The stages do not wait for one another."""
    known: dict[str, Facts] = {}

    def of(stage: Stage) -> Facts:
        if stage.key in known:
            return known[stage.key]
        found: Facts = {}
        for name, value in stage.condition.items():
            words = [word for _, word in plain.words(value)]
            if name in AREAS:
                _narrow(found, name, frozenset(words))
            elif name in outline.stages:
                other = outline.stages[name]
                for matter, values in of(other).items():
                    _narrow(found, matter, values)
                if other.kind == "judge":
                    _narrow(found, name, outcomes(other, words))
        award = outline.award_of(stage) if stage.kind == "support" else None
        if award is not None and award.awards:
            _narrow(found, award.key, outcomes(award, [AWARDED]))
        known[stage.key] = found
        return found

    for stage in outline.stages.values():
        of(stage)
    return known


def outcomes(judge: Stage, states: list[str]) -> frozenset[str]:
    """Return the outcomes of a judge stage that some of its states stand for."""
    kept = frozenset(judge.levels) or frozenset({SHORTLISTED})
    return frozenset(one for state in states for one in (kept if state == AWARDED else {state}) if one in kept or one == REJECTED)


def _narrow(found: Facts, matter: str, values: frozenset[str]) -> None:
    found[matter] = found[matter] & values if matter in found else values


def _limited_by_grant(outline: Outline, stage: Stage, known: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    is_awarded = any(
        outline.stages[matter].awards and REJECTED not in values for matter, values in known.items() if matter in outline.stages
    )
    if is_awarded:
        return
    tables: list[tuple[str, Mapping[str, Any]]] = list(outline.questions(stage).items())
    for key, question in tables:
        if question.get("at_most") == "grant":
            yield Problem((*stage.path, "form"), GRANT_WITHOUT_AWARD.fill(table=key))
