"""A stage that is asked several times, written out. Pure."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

from shared.programmes.stages import Collect, Every, Judge, Support, Term, When
from shared.text import Text

D = TypeVar("D", bound=date)
MONTHS = 12
LONGEST_MONTH = 31
DAYS_OF_A_MONTH = 30
"""Of a term, which is a number of days."""


def expanded(stage: Collect | Judge | Support) -> Iterator[Collect | Judge | Support]:
    """Yield the stage, or each of its repetitions with its number in key and label and its dates moved on."""
    if not isinstance(stage, Collect) or stage.repeat is None:
        yield stage
        return
    for number in range(stage.repeat.times):
        yield stage.model_copy(
            update={
                "key": f"{stage.key}_{number + 1}",
                "label": Text(f"{stage.label.th} {number + 1}", f"{stage.label.en} {number + 1}"),
                "opens": None if stage.opens is None else _moved(stage.opens, stage.repeat.every, number),
                "by": _moved(stage.by, stage.repeat.every, number),
                "repeat": None,
            }
        )


def later(day: D, days: int, months: int, times: int) -> D:
    """Return a day moved on so many times. Raises ValueError or OverflowError beyond the year 9999."""
    return _months_later(day, times * months) + timedelta(days=times * days)


def later_term(term: int, days: int, months: int, times: int) -> int:
    """Return a term in days moved on so many times."""
    return term + times * (days + DAYS_OF_A_MONTH * months)


def _moved(when: When, every: Every, times: int) -> When:
    if isinstance(when, Term):
        return Term(days=later_term(when.days, every.days, every.months, times))
    return later(when, every.days, every.months, times)


def _months_later(day: D, months: int) -> D:
    """Return the same day so many months later, or the last day of that month; a month's last day stays the last."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1] and day.day < LONGEST_MONTH
    return day.replace(year=year, month=month + 1, day=last if was_last else min(day.day, last))
