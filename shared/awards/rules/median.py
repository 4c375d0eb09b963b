"""The median: half of the ballots are not above it, half not below."""

from collections.abc import Sequence
from fractions import Fraction

from shared.text import Text

NAME = "median"
VERSION = 1
LABEL = Text("มัธยฐานของใบให้คะแนน", "median of the ballots")


def score(ballots: Sequence[Fraction]) -> Fraction:
    """Return the middle score; of an even number of ballots the mean of the two in the middle."""
    ordered, half = sorted(ballots), len(ballots) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
