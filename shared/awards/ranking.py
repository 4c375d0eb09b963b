"""Scores and ranks, exact and pure: no rounding ever decides an order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from shared.programmes.stages import Criterion


@dataclass(frozen=True, slots=True)
class Ranked:
    """A submission with its rank: one more than there are better ones, so equal scores share a rank."""

    submission: UUID
    score: Fraction
    """0 to 100."""
    rank: int


def score(marks: Mapping[str, str], criteria: Sequence[Criterion]) -> Fraction:
    """Return the score of one ballot, 0 to 100: Σ weight × (mark − min) / (max − min), over Σ weight.

    Every criterion has a mark. Raises KeyError otherwise.
    """
    reached = total = Fraction(0)
    for criterion in criteria:
        weight, low, high = Fraction(criterion.weight), Fraction(criterion.min), Fraction(criterion.max)
        reached += weight * (Fraction(marks[criterion.key]) - low) / (high - low)
        total += weight
    return 100 * reached / total


def rank(scores: Iterable[tuple[UUID, Fraction]]) -> list[Ranked]:
    """Return submissions from the best score down; equal scores stay in the order given, which means nothing."""
    ordered = sorted(scores, key=lambda pair: -pair[1])
    ranked: list[Ranked] = []
    for position, (submission, reached) in enumerate(ordered, start=1):
        same = ranked and ranked[-1].score == reached
        ranked.append(Ranked(submission, reached, ranked[-1].rank if same else position))
    return ranked
