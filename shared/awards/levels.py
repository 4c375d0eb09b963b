"""What each place of a ranking gets, pure: a screening keeps submissions, a selection fills its levels in order."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from shared.programmes.stages import Judge, Quota

KEPT = "kept"
"""The outcome of a submission that passes a screening."""


def outcomes(rules: Judge, scores: Sequence[Fraction], *, part: str | None = None) -> list[str | None]:
    """Return what each place gets, the best first: KEPT, the key of a level, or None. `part` names the part that is ranked apart.

    A level takes places in order while it has room and they reach its least score; who does not reach it may reach the next level.
    """
    if not rules.levels:
        room = _room(rules.keep, part)
        return [
            KEPT if (room is None or place < room) and _reaches(score, rules.pass_score) else None for place, score in enumerate(scores)
        ]
    found: list[str | None] = []
    left = [(level, _room(level.quota, part) or 0) for level in rules.levels]
    for score in scores:
        while left and (left[0][1] == 0 or not _reaches(score, left[0][0].min_score)):
            left = left[1:]
        if not left:
            found.append(None)
            continue
        level, room = left[0]
        found.append(level.key)
        left[0] = (level, room - 1)
    return found


def cuts(found: Sequence[str | None]) -> list[int]:
    """Return after which places something changes: 18 and 36 of two levels of 18 with more places than that."""
    return [place for place in range(1, len(found)) if found[place - 1] != found[place]]


def amount(rules: Judge, outcome: str | None, *, requested: Decimal | None = None) -> Decimal:
    """Return the money of an outcome: of its level, or as the stage's grant says; `requested` is the answer that it names."""
    if outcome is None:
        return Decimal(0)
    if rules.grant is None:
        level = rules.level(outcome)
        return level.amount if level else Decimal(0)
    if rules.grant.amount is not None:
        return rules.grant.amount
    asked = requested or Decimal(0)
    return asked if rules.grant.at_most is None else min(asked, rules.grant.at_most)


def _room(quota: Quota | None, part: str | None) -> int | None:
    if quota is None or isinstance(quota, int):
        return quota
    return quota.get(part or "", 0)


def _reaches(score: Fraction, least: Decimal | None) -> bool:
    return least is None or score >= Fraction(least)
