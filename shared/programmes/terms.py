"""When a stage begins and ends for one submission: instants, days, and terms of days. Pure.

Terms are counted as the Civil and Commercial Code of Thailand has it: the first day is not counted (section 193/3, second paragraph), and a
term whose last day is a holiday on which no work is done ends with the next working day (section 193/8).
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.programmes.stages import When

END_OF_DAY = time(23, 59, 59)
SATURDAY = 5
"""Of `date.weekday`; it and the day after are no working days."""


def ends(when: When, *, since: datetime, zone: ZoneInfo, holidays: Collection[date]) -> datetime:
    """Return the last instant: an instant as it is, a day's own end in the zone, a term's last day moved to a working day.

    `since` is when the submission came to belong to the stage: a term runs from the day after.
    """
    if isinstance(when, datetime):
        return when
    if isinstance(when, date):
        return datetime.combine(when, END_OF_DAY, tzinfo=zone)
    return datetime.combine(_working_day(_last_day(when.days, since, zone), holidays), END_OF_DAY, tzinfo=zone)


def begins(when: When, *, since: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant: an instant as it is, a day's own beginning in the zone; after a term, the beginning of its last day.

    A beginning is not moved to a working day: section 193/8 is of the end of a period.
    """
    if isinstance(when, datetime):
        return when
    day = when if isinstance(when, date) else _last_day(when.days, since, zone)
    return datetime.combine(day, time.min, tzinfo=zone)


def _last_day(days: int, since: datetime, zone: ZoneInfo) -> date:
    return since.astimezone(zone).date() + timedelta(days=days)


def _working_day(day: date, holidays: Collection[date]) -> date:
    while day.weekday() >= SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day
