"""Scores and ranks are exact."""

from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

from shared.awards.ranking import rank, score
from shared.awards.rules import mean
from shared.programmes.stages import Criterion
from shared.text import Text

LABEL = Text(th="เกณฑ์", en="Criterion")


def criterion(key: str, weight: str, low: str = "0", high: str = "10") -> Criterion:
    return Criterion(key=key, label=LABEL, min=Decimal(low), max=Decimal(high), weight=Decimal(weight))


def test_score_weighs_marks_within_their_range() -> None:
    criteria = (criterion("a", "60"), criterion("b", "40", "1", "5"))
    assert score({"a": "5", "b": "5"}, criteria) == 70
    assert score({"a": "0", "b": "1"}, criteria) == 0
    assert score({"a": "10", "b": "5"}, criteria) == 100


def test_weights_need_not_sum_to_a_hundred() -> None:
    assert score({"a": "10", "b": "0"}, (criterion("a", "1"), criterion("b", "2"))) == Fraction(100, 3)


def test_scores_equal_in_truth_are_equal_though_floats_differ() -> None:
    thirds = [criterion(key, "0.1", "0", "3") for key in "abc"]
    one = mean.score([score({"a": "1", "b": "1", "c": "1"}, thirds)] * 3)
    other = mean.score([score({"a": "3", "b": "0", "c": "0"}, thirds), score({"a": "0", "b": "2", "c": "1"}, thirds)])
    assert one == other == Fraction(100, 3)


def test_equal_scores_share_a_rank_and_the_next_is_counted_on() -> None:
    a, b, c, d = (uuid4() for _ in range(4))
    ranked = rank([(a, Fraction(50)), (b, Fraction(90)), (c, Fraction(50)), (d, Fraction(10))])
    assert [(one.submission, one.rank) for one in ranked] == [(b, 1), (a, 2), (c, 2), (d, 4)]
