"""Who has to judge what, pure.

The order in which entries are given out is the queue's index: the least filled first, then the oldest (`operations.claim`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Ballots = int | Literal["all"]


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry as far as it matters for completeness."""

    reference: str
    committee: str
    conflicted: frozenset[UUID]
    """Accounts that declared a conflict of interest."""
    balloted: frozenset[UUID]
    """Accounts whose ballot is submitted."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An entry that lacks ballots: how many it needs and has, and who could still give one."""

    reference: str
    needed: int
    submitted: int
    members: tuple[UUID, ...]


def most_at_once(ballots: Ballots) -> int | None:
    """Return how many claims and ballots an entry takes at most; None: one of every member."""
    return None if ballots == "all" else ballots


def needed(ballots: Ballots, *, balloted: int, waiting: int) -> int:
    """Return how many ballots an entry needs that has `balloted`, with `waiting` more who could give one.

    At least one: a submission that nobody judged cannot be ranked. Never more than there are people.
    """
    most = balloted + waiting
    return max(1, most if ballots == "all" else min(ballots, most))


def missing(entries: Iterable[Judged], *, ballots: Ballots, members: Mapping[str, Collection[UUID]]) -> list[Missing]:
    """Return the entries that lack ballots, by reference. `members` are those of each committee today."""
    found = []
    for entry in sorted(entries, key=lambda entry: entry.reference):
        waiting = tuple(
            member for member in members.get(entry.committee, ()) if member not in entry.conflicted and member not in entry.balloted
        )
        have = len(entry.balloted)
        need = needed(ballots, balloted=have, waiting=len(waiting))
        if have < need:
            found.append(Missing(entry.reference, need, have, waiting))
    return found
