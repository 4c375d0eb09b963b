"""The median of the ballots."""

from fractions import Fraction

from shared.awards.rules import median


def test_the_ballot_in_the_middle_is_the_score() -> None:
    assert median.score([Fraction(90), Fraction(0), Fraction(80)]) == 80


def test_of_an_even_number_it_is_half_way_between_the_two_in_the_middle() -> None:
    assert median.score([Fraction(100), Fraction(71), Fraction(0), Fraction(60)]) == Fraction(131, 2)


def test_one_ballot_is_the_score() -> None:
    assert median.score([Fraction(70)]) == 70
