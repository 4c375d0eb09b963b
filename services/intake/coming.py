"""The stages at which a submission may still have something to file, by what is decided and published so far. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from shared.awards.lifecycle import OutcomeKind
from shared.programmes.definition import Definition
from shared.programmes.stages import Collect, Judge, Support
from shared.submissions.lifecycle import FilingStatus

WORDS: dict[OutcomeKind, str] = {
    OutcomeKind.SHORTLISTED: "shortlisted",
    OutcomeKind.NOT_SHORTLISTED: "rejected",
    OutcomeKind.AWARDED: "awarded",
    OutcomeKind.NOT_AWARDED: "rejected",
}
"""What conditions call an outcome."""
OPEN = frozenset({FilingStatus.OPEN, FilingStatus.SUBMITTED, FilingStatus.RETURNED, FilingStatus.WAIVED})
"""Of filings that can still come to any state."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a submission: its place and category, its filings by stage, and what was decided by round."""

    province: str
    district: str
    category: str | None
    filings: Mapping[str, FilingStatus]
    outcomes: Mapping[str, Collection[str]]
    """By round, the words that conditions have for what was decided: the kind and the level."""


def coming(definition: Definition, facts: Facts) -> list[Collect]:
    """Return the collect stages that are not asked yet and may still be, in their order."""
    return [stage for stage in definition.collects if stage.key not in facts.filings and _may_come(definition, stage, facts)]


def words_of(kind: OutcomeKind, level: str | None) -> Sequence[str]:
    """Return what conditions call what was decided."""
    return [WORDS[kind], *([level] if level else [])]


def _may_come(definition: Definition, stage: Collect | Judge | Support, facts: Facts) -> bool:
    """Say whether all that a stage's condition names holds or may come to hold. Conditions never go in circles."""
    return all(_may_hold(definition, key, words, facts) for key, words in stage.for_.items())


def _may_hold(definition: Definition, key: str, words: Collection[str], facts: Facts) -> bool:
    match key:
        case "category":
            return facts.category is None or facts.category in words
        case "province":
            return facts.province in words
        case "district":
            return facts.district in words
    if key in facts.outcomes:
        return not set(words).isdisjoint(facts.outcomes[key])
    status = facts.filings.get(key)
    if status is not None:
        return status in OPEN or status.value in words
    other = definition.stage(key)
    return other is not None and _may_come(definition, other, facts)
