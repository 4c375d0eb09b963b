"""A tie across a cut is shown and decided by people."""

from fractions import Fraction
from uuid import UUID

import pytest

from shared.awards.ranking import Ranked, rank
from shared.awards.ties import Resolution, TieNotAsked, TieReasonMissing, across, apply_resolutions

IDS = [UUID(int=number) for number in range(1, 9)]


def ranked(*scores: int) -> list[Ranked]:
    return rank(zip(IDS, map(Fraction, scores), strict=False))


def test_tie_across_a_cut_is_found_whole() -> None:
    (tie,) = across(ranked(90, 80, 80, 80, 10), [3])
    assert (tie.submissions, tie.first, tie.cuts) == (tuple(IDS[1:4]), 2, (3,))


def test_tie_that_changes_nothing_is_none() -> None:
    assert across(ranked(90, 80, 80, 10), [3]) == []
    assert across(ranked(90, 80, 80, 10), [1, 3]) == []
    assert across(ranked(80, 80, 80), [3]) == []
    assert across(ranked(80, 80), [36]) == []


def test_one_tie_may_lie_across_several_cuts() -> None:
    (tie,) = across(ranked(80, 80, 80, 80, 80), [1, 3])
    assert tie.cuts == (1, 3)


def test_every_tie_across_a_cut_is_found() -> None:
    assert [tie.cuts for tie in across(ranked(90, 90, 50, 50), [1, 3])] == [(1,), (3,)]


def test_undecided_tie_is_returned_and_its_order_left() -> None:
    settled, undecided = apply_resolutions(ranked(90, 80, 80), [2], [])
    assert ([one.submission for one in settled], len(undecided)) == (IDS[:3], 1)


def test_decided_tie_takes_the_order_given_and_keeps_its_shared_rank() -> None:
    settled, undecided = apply_resolutions(ranked(90, 80, 80, 80, 10), [3], [Resolution((IDS[3], IDS[1], IDS[2]), "เหตุผล")])
    assert [one.submission for one in settled] == [IDS[0], IDS[3], IDS[1], IDS[2], IDS[4]]
    assert [one.rank for one in settled] == [1, 2, 2, 2, 5]
    assert undecided == []


@pytest.mark.parametrize(
    "order",
    [
        (IDS[1],),
        (IDS[1], IDS[2]),
        (IDS[0], IDS[1], IDS[2], IDS[3]),
        (IDS[1], IDS[2], IDS[2], IDS[3]),
        (IDS[1], IDS[2], IDS[7]),
    ],
)
def test_order_that_is_not_exactly_the_tied_set_is_refused(order: tuple[UUID, ...]) -> None:
    with pytest.raises(TieNotAsked):
        apply_resolutions(ranked(90, 80, 80, 80, 10), [3], [Resolution(order, "เหตุผล")])


def test_same_tie_is_not_decided_twice() -> None:
    order = Resolution((IDS[1], IDS[0]), "เหตุผล")
    with pytest.raises(TieNotAsked):
        apply_resolutions(ranked(80, 80), [1], [order, order])


def test_reason_is_needed() -> None:
    with pytest.raises(TieReasonMissing):
        apply_resolutions(ranked(80, 80), [1], [Resolution((IDS[1], IDS[0]), "  ")])
