"""Until when a group may still do what; pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from shared.programmes.definition import Definition


def closes_at(definition: Definition, *, submitted_at: datetime | None, returned_at: datetime | None) -> datetime:
    """Return the instant until which a submission may begin uploads and be handed in.

    That is the programme's deadline; or, for work that was handed in on time and returned, the end of its mending term if later.
    """
    if submitted_at is None or returned_at is None or submitted_at > definition.grace_until:
        return definition.deadline_at
    return max(definition.deadline_at, returned_at + timedelta(hours=definition.mend_hours))


def finishes_at(definition: Definition, closes: datetime) -> datetime:
    """Return the instant until which what was begun before `closes` may finish and be handed in: the programme's grace."""
    return closes + timedelta(minutes=definition.grace_minutes)


def hands_in_until(definition: Definition, closes: datetime, *, begun: Collection[datetime]) -> datetime:
    """Return the instant until which files begun at these instants may be handed in: within the grace if all were begun before `closes`."""
    return finishes_at(definition, closes) if begun and max(begun) <= closes else closes
