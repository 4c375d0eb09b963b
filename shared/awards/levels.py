"""What each place of a ranking gets, pure: a screening keeps a number of submissions, a selection fills its levels in order."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from shared.programmes.definition import Level, Round

KEPT = "kept"
"""The outcome of a submission that passes a screening."""


def cuts(rules: Round) -> list[int]:
    """Return after which places something changes: 36 of a screening that keeps 36; 18 and 36 of two levels of 18."""
    if rules.keep is not None:
        return [rules.keep]
    return list(accumulate(level.quota for level in rules.levels))


def outcomes(rules: Round, places: int) -> list[str | None]:
    """Return what each of `places` places gets, in order: KEPT, the key of a level, or None."""
    if rules.keep is not None:
        awarded: list[str | None] = [KEPT] * rules.keep
    else:
        awarded = [level.key for level in rules.levels for _ in range(level.quota)]
    return (awarded + [None] * places)[:places]


def amount(levels: Sequence[Level], outcome: str | None) -> Decimal:
    """Return the money of an outcome, in baht."""
    return next((level.amount for level in levels if level.key == outcome), Decimal(0))
