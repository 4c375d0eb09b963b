"""The mean without the highest and the lowest ballot."""

from fractions import Fraction

from shared.awards.rules import trimmed_mean


def test_one_highest_and_one_lowest_do_not_count() -> None:
    assert trimmed_mean.score([Fraction(100), Fraction(50), Fraction(61), Fraction(0)]) == Fraction(111, 2)


def test_of_equal_ballots_only_one_is_left_out_at_each_end() -> None:
    assert trimmed_mean.score([Fraction(90), Fraction(90), Fraction(0), Fraction(0)]) == 45


def test_with_fewer_than_three_ballots_all_count() -> None:
    assert trimmed_mean.score([Fraction(90), Fraction(10)]) == 50
    assert trimmed_mean.score([Fraction(90)]) == 90
