"""Reminding those who have not submitted what is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from shared.events import SYSTEM, Event, EventKind
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.record import record_event
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import FILING_SHEET

WAITING = tuple(status for status, row in FILING_SHEET.items() if row.may_submit)
LONGEST = timedelta(days=366)
"""No reminder is sent longer before a deadline."""


def due(session: Session, *, now: datetime) -> Sequence[FilingContext]:
    """Return the filings that wait to be submitted and whose stage reminds at the number of days that are left."""
    ids = session.scalars(
        select(Filing.submission_id)
        .join(Submission, Submission.id == Filing.submission_id)
        .where(
            Filing.status.in_(WAITING),
            Filing.due_at > now,
            Filing.due_at <= now + LONGEST,
            Submission.withdrawn_at.is_(None),
            Submission.disqualified_at.is_(None),
        )
        .distinct()
    ).all()
    found = [one for contexts in context.of_submissions(session, ids).values() for one in contexts]
    return [one for one in found if one.filing.status in WAITING and (one.filing.due_at - now).days in one.stage.reminder_days]


def remind(session: Session, of: FilingContext, *, now: datetime) -> None:
    """Remind whoever files that so many days are left; once for each number of days.

    Events of until 2026-11-25 are about the submission, which had one filing then: those after the filing was made are of it.
    """
    days = (of.filing.due_at - now).days
    about = or_(Event.subject_id == of.filing.id, and_(Event.subject_id == of.submission.id, Event.at >= of.filing.made_at))
    said = session.scalars(select(Event).where(about, Event.kind == EventKind.SUBMISSION_REMINDED))
    if days not in [event.data["days"] for event in said]:
        record_event(session, EventKind.SUBMISSION_REMINDED, of, by=SYSTEM, now=now, data={"days": days})
