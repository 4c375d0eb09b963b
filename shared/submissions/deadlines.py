"""Until when a filing may still be worked on; pure, and the one answer that every door asks."""

from collections.abc import Collection
from datetime import datetime, timedelta

from shared.programmes.stages import Collect


def closes_at(due_at: datetime, mend_until: datetime | None) -> datetime:
    """Return the instant until which uploads may begin and the filing be submitted: its deadline, or its time to fix if later."""
    return due_at if mend_until is None else max(due_at, mend_until)


def mends_until(stage: Collect, *, due_at: datetime, submitted_at: datetime, returned_at: datetime) -> datetime | None:
    """Return until when work that is returned may be fixed; None for work that was submitted too late for that."""
    if submitted_at > finishes_at(stage, due_at):
        return None
    return returned_at + timedelta(hours=stage.mend_hours)


def finishes_at(stage: Collect, closes: datetime) -> datetime:
    """Return the instant until which what was begun before `closes` may finish and be submitted: the stage's grace."""
    return closes + timedelta(minutes=stage.grace_minutes)


def submits_until(stage: Collect, closes: datetime, *, begun: Collection[datetime]) -> datetime:
    """Return the instant until which files begun at these instants may be submitted: within the grace if all were begun before `closes`."""
    return finishes_at(stage, closes) if begun and max(begun) <= closes else closes
