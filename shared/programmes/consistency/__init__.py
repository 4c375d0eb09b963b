"""What must agree between the parts of a programme's document: pure rules over its plain data, also where other parts are still wrong.

Every rule is tolerant: what is missing or of the wrong type is another rule's (pydantic's) to report, so that a bad file gets all its
problems at once. One file a matter, each with `problems` (what is refused) and some with `warnings` (what is probably not meant).
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from shared.forms.problem import Path, Problem
from shared.programmes.consistency import (
    applicant,
    conditions,
    dates,
    forms,
    judging,
    keys,
    languages,
    money,
    questions,
    reach,
    routes,
)
from shared.programmes.consistency.outline import Outline

MATTERS = (keys, languages, conditions, dates, forms, applicant, questions, judging, routes, money, reach)

MOST_PROBLEMS = 200
"""That are told of at once: a file made to have more costs no more."""

__all__ = ["Path", "Problem", "problems", "warnings"]


def problems(document: Mapping[str, Any]) -> list[Problem]:
    """Return everything in a document's plain data that does not agree with itself."""
    outline = Outline(document)
    if outline.is_excessive:
        return [Problem(("stages",), outline.EXCESS)]
    return list(islice((problem for matter in MATTERS for problem in matter.problems(outline)), MOST_PROBLEMS))


def warnings(document: Mapping[str, Any]) -> list[Problem]:
    """Return what a document without problems says that is probably not meant; it may be used all the same."""
    outline = Outline(document)
    return [warning for matter in (forms, applicant, judging, routes, money) for warning in matter.warnings(outline)]
