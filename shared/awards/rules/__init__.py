"""How the scores of a submission's ballots become its score: one award rule a file, see README.md beside this.

A rule is pure and exact. Its name and version are part of what is signed, so a rule that decided something is never changed:
its `VERSION` is raised with every change of what it returns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module

from shared.text import Text

NAMES = (
    "mean",
    "median",
    "trimmed_mean",
)


@dataclass(frozen=True, slots=True)
class AwardRule:
    """One way to make one score of several."""

    name: str
    version: int
    label: Text
    score: Callable[[Sequence[Fraction]], Fraction]
    """The score of a submission from those of its ballots, of which there is at least one; all from 0 to 100."""


def _load(name: str) -> AwardRule:
    module = import_module(f"{__name__}.{name}")
    return AwardRule(module.NAME, module.VERSION, module.LABEL, module.score)


RULES: dict[str, AwardRule] = {name: _load(name) for name in NAMES}
