"""What each place gets."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from factories import definition, stages

from shared.awards.levels import KEPT, amount, cuts, outcomes
from shared.programmes.stages import Judge

SCREENING, SELECTION = definition().judges


def scores(count: int) -> list[Fraction]:
    """So many different scores, the best first."""
    return [Fraction(100 - place) for place in range(count)]


def judge(**parts: Any) -> Judge:
    return Judge.model_validate(stages.judge("round", **parts))


def test_screening_keeps_the_first_so_many() -> None:
    found = outcomes(SCREENING, scores(6))
    assert found == [KEPT] * 4 + [None] * 2
    assert cuts(found) == [4]


def test_selection_fills_its_levels_in_order() -> None:
    found = outcomes(SELECTION, scores(5))
    assert found == ["outstanding", "outstanding", "good", "good", None]
    assert cuts(found) == [2, 4]


def test_fewer_submissions_than_places_fill_from_the_top() -> None:
    assert outcomes(SELECTION, scores(3)) == ["outstanding", "outstanding", "good"]
    assert outcomes(SCREENING, []) == []


def test_threshold_lets_all_go_on_that_reach_it() -> None:
    assert outcomes(judge(pass_score=98), scores(5)) == [KEPT, KEPT, KEPT, None, None]


def test_threshold_and_number_both_have_to_be_met() -> None:
    assert outcomes(judge(pass_score=98, keep=2), scores(5)) == [KEPT, KEPT, None, None, None]


def test_who_does_not_reach_a_level_may_reach_the_next() -> None:
    rules = judge(levels=[stages.level("gold", 3, min_score=99), stages.level("silver", 2)])
    assert outcomes(rules, scores(5)) == ["gold", "gold", "silver", "silver", None]


@pytest.mark.parametrize(("part", "wanted"), [("short", [KEPT, None, None]), ("long", [KEPT, KEPT, None]), ("other", [None, None, None])])
def test_each_part_has_its_own_number(part: str, wanted: list[str | None]) -> None:
    assert outcomes(judge(keep={"short": 1, "long": 2}), scores(3), part=part) == wanted


def test_amount_is_the_levels_own() -> None:
    assert [amount(SELECTION, outcome) for outcome in ("outstanding", "good", None)] == [90000, 50000, 0]


@pytest.mark.parametrize(("requested", "wanted"), [("12345.50", "12345.50"), ("99999", "50000"), (None, "0")])
def test_amount_may_be_what_was_requested_up_to_a_limit(requested: str | None, wanted: str) -> None:
    rules = judge(levels=[stages.level("funded", 5)], grant={"answer": "plan.sum", "at_most": 50000})
    assert amount(rules, "funded", requested=None if requested is None else Decimal(requested)) == Decimal(wanted)
