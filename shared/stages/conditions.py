"""Whether a submission belongs to a stage, and to which committee: pure rules over what is known of the submission."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.forms.visibility import words as words_of
from shared.programmes.definition import Definition
from shared.programmes.stages import Collect, Judge, Route, Support

DONE = frozenset({"accepted", "waived"})
"""States of a filing in which those who read it may."""

Stage = Collect | Judge | Support


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one submission."""

    province: str
    district: str
    category: str | None
    made_at: datetime
    states: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By stage, the words that its row answers to: `accepted`; `awarded` and the level's key; `paid`. None for a stage without a row."""
    since: Mapping[str, datetime] = field(default_factory=dict)
    """By stage, when its row came to be so."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Accepted answers, by `stage.question`, and the applicant's, by `applicant.question`."""
    is_out: bool = False
    """It was withdrawn or disqualified."""


def belongs(definition: Definition, stage: Stage, known: Known) -> bool:
    """Return whether a submission belongs to a stage: its condition holds, and all that a judge stage reads of it is accepted or waived."""
    if known.is_out or not all(_holds(key, words, known) for key, words in stage.for_.items()):
        return False
    if not isinstance(stage, Judge):
        return True
    needed = [one for key in definition.reads_of(stage) if (one := definition.collect(key)) is not None]
    return all(not DONE.isdisjoint(known.states.get(one.key, ())) for one in needed if _is_asked(definition, one, known))


def holds(stage: Stage, key: str, known: Known) -> bool:
    """Return whether a stage's condition on one row holds; where it has none, it does."""
    return key not in stage.for_ or _holds(key, stage.for_[key], known)


def since(stage: Stage, known: Known) -> datetime:
    """Return when a submission came to belong to a stage: when the last row that its condition names came to be so."""
    return max([known.made_at, *(known.since[key] for key in stage.for_ if key in known.since)])


def committee(routes: Collection[Route], known: Known) -> str | None:
    """Return the committee of a submission: of the first route that fits, else of the one that takes the rest."""
    fitting = next((route for route in routes if not route.takes_the_rest and _fits(route, known)), None)
    rest = next((route for route in routes if route.takes_the_rest), None)
    route = fitting or rest
    return route.committee if route else None


def _is_asked(definition: Definition, stage: Collect, known: Known) -> bool:
    """Return whether a submission has or will have something to file at a stage."""
    return stage.key in known.states or belongs(definition, stage, known)


def _holds(key: str, words: Collection[str], known: Known) -> bool:
    match key:
        case "category":
            return known.category in words
        case "province":
            return known.province in words
        case "district":
            return known.district in words
    return not set(words).isdisjoint(known.states.get(key, ()))


def _fits(route: Route, known: Known) -> bool:
    if route.provinces and known.province not in route.provinces:
        return False
    if route.categories and known.category not in route.categories:
        return False
    return all(not set(words).isdisjoint(words_of(known.answers.get(question))) for question, words in (route.answers or {}).items())
