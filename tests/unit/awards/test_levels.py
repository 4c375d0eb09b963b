"""What each place gets."""

from factories import definition

from shared.awards.levels import KEPT, amount, cuts, outcomes

SCREENING, SELECTION = definition().rounds


def test_screening_keeps_the_first_so_many() -> None:
    assert cuts(SCREENING) == [4]
    assert outcomes(SCREENING, 6) == [KEPT] * 4 + [None] * 2


def test_selection_fills_its_levels_in_order() -> None:
    assert cuts(SELECTION) == [2, 4]
    assert outcomes(SELECTION, 5) == ["outstanding", "outstanding", "good", "good", None]


def test_fewer_submissions_than_places_fill_from_the_top() -> None:
    assert outcomes(SELECTION, 3) == ["outstanding", "outstanding", "good"]
    assert outcomes(SCREENING, 0) == []


def test_amount_is_the_levels_own() -> None:
    assert [amount(SELECTION.levels, outcome) for outcome in ("outstanding", "good", None)] == [90000, 50000, 0]
