"""What holds for every award rule."""

from fractions import Fraction
from typing import get_args

import pytest

from shared.awards.rules import NAMES, RULES
from shared.programmes import stages

SCORES = [Fraction(100, 3), Fraction(90), Fraction(0), Fraction(145, 2), Fraction(90)]


def test_programmes_may_write_exactly_the_rules_that_there_are() -> None:
    assert get_args(stages.AwardRule) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_rule_has_the_name_of_its_file_and_says_what_it_does(name: str) -> None:
    rule = RULES[name]
    assert rule.name == name
    assert rule.version >= 1
    assert rule.label.th
    assert rule.label.en


@pytest.mark.parametrize("name", NAMES)
def test_order_of_ballots_does_not_matter_and_scores_stay_exact_and_within_them(name: str) -> None:
    found = RULES[name].score(SCORES)
    assert isinstance(found, Fraction)
    assert min(SCORES) <= found <= max(SCORES)
    assert RULES[name].score(SCORES[::-1]) == RULES[name].score(sorted(SCORES)) == found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", range(1, 8))
def test_members_who_agree_decide_the_score_however_many_they_are(name: str, count: int) -> None:
    assert RULES[name].score([Fraction(200, 3)] * count) == Fraction(200, 3)
