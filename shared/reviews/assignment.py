"""Which ballots an entry needs, and which it lacks. Pure.

The order in which entries are given out is the queue's index: the least filled first, then the oldest (`operations.claim`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Ballots = int | Literal["all"]


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """An entry of a round, with who has given a ballot for it and who may not."""

    reference: str
    committee: str
    conflicted: frozenset[UUID]
    """Accounts that declared a conflict of interest."""
    balloted: frozenset[UUID]
    """Accounts whose ballot is submitted."""


@dataclass(frozen=True, slots=True)
class IncompleteEntry:
    """An entry that lacks ballots: how many it needs and has, and who could still give one."""

    reference: str
    needed: int
    submitted: int
    members: tuple[UUID, ...]


def most_at_once(ballots: Ballots) -> int | None:
    """Return the largest number of claims and ballots of one entry; None where every member gives one."""
    return None if ballots == "all" else ballots


def needed(ballots: Ballots, *, balloted: int, waiting: int) -> int:
    """Return how many ballots an entry needs: `balloted` members gave one, `waiting` more could.

    At least one, for a submission that nobody judged cannot be ranked; never more than there are members.
    """
    most = balloted + waiting
    return max(1, most if ballots == "all" else min(ballots, most))


def incomplete(entries: Iterable[JudgedEntry], *, ballots: Ballots, members: Mapping[str, Collection[UUID]]) -> list[IncompleteEntry]:
    """Return the entries that lack ballots, by reference. `members` are the accounts of each committee today."""
    found = []
    for entry in sorted(entries, key=lambda entry: entry.reference):
        waiting = tuple(
            member for member in members.get(entry.committee, ()) if member not in entry.conflicted and member not in entry.balloted
        )
        have = len(entry.balloted)
        need = needed(ballots, balloted=have, waiting=len(waiting))
        if have < need:
            found.append(IncompleteEntry(entry.reference, need, have, waiting))
    return found
