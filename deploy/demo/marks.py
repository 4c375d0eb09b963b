"""The marks the members of the play give: in a strict order of the groups, but for two who are equal. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from math import gcd
from typing import Any

OPINIONS = (-1, 0, 1, 0, 0)
"""How many steps a member is off from the others; it moves from group to group, so that nobody is strict with all."""
STRIDES = (7, 5, 11, 13, 1)


def places(count: int, equal_at: int | None) -> list[int]:
    """Return how well each of so many groups does, 0 the best; the two on both sides of the cut after `equal_at` places do equally."""
    stride = next(stride for stride in STRIDES if gcd(stride, count) == 1)
    found = [number * stride % count for number in range(count)]
    return [place - 1 if equal_at is not None and place == equal_at else place for place in found]


def give(criteria: Sequence[dict[str, Any]], *, place: int, count: int, member: int) -> dict[str, str]:
    """Return a member's marks for the group of a place among `count`, by criterion as the review service describes them.

    Marks are counted in steps of their criteria; a better place has more steps, and no criterion loses one, whatever its weight.
    """
    steps = [int((Decimal(known["max"]) - Decimal(known["min"])) / Decimal(known["step"])) for known in criteria]
    between = max(1, (sum(steps) - 2) // count)
    total = max(1, sum(steps) - 1 - place * between + OPINIONS[(member + place) % len(OPINIONS)])
    return {
        known["key"]: str(Decimal(known["min"]) + share * Decimal(known["step"]))
        for known, share in zip(criteria, _share(total, steps), strict=True)
    }


def _share(total: int, steps: Sequence[int]) -> list[int]:
    """Share a total among criteria, one step each in turn, until each has all of its own."""
    shares = [0] * len(steps)
    while total > 0 and shares != list(steps):
        for position, most in enumerate(steps):
            if total > 0 and shares[position] < most:
                shares[position] += 1
                total -= 1
    return shares
