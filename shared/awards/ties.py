"""Equal scores on both sides of a cut, pure: they are shown, and decided by people, never by the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from uuid import UUID

from shared.awards.ranking import Ranked
from shared.errors import Invalid


class TieNotAsked(Invalid):
    """An order was given for submissions that are not tied across a cut, or not for all of them."""

    th = "ลำดับที่ให้มาไม่ตรงกับใบสมัครที่คะแนนเท่ากันคร่อมเส้นตัด ต้องจัดลำดับครบทุกใบในชุดนั้นพอดี"
    en = "The order given does not match submissions tied across a cut: it must order all submissions of exactly one such set."


class TieReasonMissing(Invalid):
    """How a tie was decided is part of what is signed."""

    th = "โปรดระบุเหตุผลในการจัดลำดับใบสมัครที่คะแนนเท่ากัน"
    en = "Please give the reason for the order of the tied submissions."


@dataclass(frozen=True, slots=True)
class Tie:
    """Submissions of one score that lie on both sides of one or more cuts."""

    submissions: tuple[UUID, ...]
    score: Fraction
    first: int
    """The place of its first, from 1."""
    cuts: tuple[int, ...]
    """The places after which its members would get something else."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """How people decided one tie: its submissions in order, and why."""

    submissions: tuple[UUID, ...]
    reason: str


def across(ranked: Sequence[Ranked], cuts: Sequence[int]) -> list[Tie]:
    """Return the ties that lie across a cut, the best first. Equal scores that get the same are no tie."""
    found = []
    for _, members in groupby(enumerate(ranked, start=1), key=lambda pair: pair[1].rank):
        placed = list(members)
        first, last = placed[0][0], placed[-1][0]
        crossed = tuple(cut for cut in cuts if first <= cut < last)
        if crossed:
            found.append(Tie(tuple(one.submission for _, one in placed), placed[0][1].score, first, crossed))
    return found


def apply_resolutions(ranked: Sequence[Ranked], cuts: Sequence[int], resolutions: Sequence[Resolution]) -> tuple[list[Ranked], list[Tie]]:
    """Return the ranking with decided ties in their given order, and the ties still to decide.

    Ranks stay shared: the order within a tie is people's, not the scores'. Raises TieNotAsked, TieReasonMissing.
    """
    ties = {frozenset(tie.submissions): tie for tie in across(ranked, cuts)}
    order = {one.submission: position for position, one in enumerate(ranked)}
    decided: set[frozenset[UUID]] = set()
    for resolution in resolutions:
        members = frozenset(resolution.submissions)
        tie = ties.get(members)
        if tie is None or members in decided or len(members) != len(resolution.submissions):
            raise TieNotAsked
        if not resolution.reason.strip():
            raise TieReasonMissing
        decided.add(members)
        order |= {submission: tie.first - 1 + position for position, submission in enumerate(resolution.submissions)}
    ordered = sorted(ranked, key=lambda one: order[one.submission])
    return ordered, [tie for members, tie in ties.items() if members not in decided]
