"""The mean of all ballots."""

from fractions import Fraction

from shared.awards.rules import mean


def test_every_ballot_counts_and_nothing_is_rounded() -> None:
    assert mean.score([Fraction(100), Fraction(0), Fraction(0)]) == Fraction(100, 3)


def test_one_ballot_is_the_score() -> None:
    assert mean.score([Fraction(70)]) == 70
