"""The mean of all ballots."""

from collections.abc import Sequence
from fractions import Fraction

from shared.text import Text

NAME = "mean"
VERSION = 1
LABEL = Text("ค่าเฉลี่ยของทุกใบให้คะแนน", "mean of all ballots")


def score(ballots: Sequence[Fraction]) -> Fraction:
    """Return the sum of the scores over their number."""
    return sum(ballots, Fraction(0)) / len(ballots)
