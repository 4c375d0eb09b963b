"""The mean without one highest and one lowest ballot."""

from collections.abc import Sequence
from fractions import Fraction

from shared.text import Text

NAME = "trimmed_mean"
VERSION = 1
LABEL = Text("ค่าเฉลี่ยโดยตัดคะแนนสูงสุดและต่ำสุดอย่างละหนึ่งใบ", "mean without the highest and the lowest ballot")
LEAST = 3
"""With fewer ballots none is left out: of two, nothing would remain."""


def score(ballots: Sequence[Fraction]) -> Fraction:
    """Return the mean of the scores without one highest and one lowest; of fewer than three ballots the mean of all."""
    counted = sorted(ballots)[1:-1] if len(ballots) >= LEAST else ballots
    return sum(counted, Fraction(0)) / len(counted)
