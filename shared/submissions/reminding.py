"""Reminding those who have not submitted what is due."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shared import events
from shared.events import SYSTEM, Event, EventKind
from shared.programmes import queries as programmes
from shared.programmes.models import Programme
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.record import occurrence
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import FILING_SHEET

WAITING = tuple(status for status, row in FILING_SHEET.items() if row.may_submit)
LONGEST = timedelta(days=366)
"""No reminder is sent longer before a deadline."""
DAY = timedelta(days=1)
BATCH = 500
"""Filings that are held in memory at once."""


def due(session: Session, *, now: datetime) -> Iterator[Sequence[FilingContext]]:
    """Yield, in batches, the filings that wait to be submitted and whose stage reminds at the number of days that are left.

    Only those are loaded: a query asks which stages anybody waits at, and one for each of these that reminds at all.
    """
    waits = (
        Filing.status.in_(WAITING),
        Filing.due_at > now,
        Filing.due_at <= now + LONGEST,
        Submission.withdrawn_at.is_(None),
        Submission.disqualified_at.is_(None),
    )
    of_stage = (Submission.programme_id, Filing.document_version, Filing.stage)
    waited_at = session.execute(select(*of_stage).join(Submission, Submission.id == Filing.submission_id).where(*waits).distinct()).all()
    for programme_id, version, key in waited_at:
        stage = programmes.definition_of(session, session.get_one(Programme, programme_id), version).collect(key)
        days = stage.reminder_days if stage else ()
        today = [(Filing.due_at >= now + left * DAY) & (Filing.due_at < now + (left + 1) * DAY) for left in days]
        if not today:
            continue
        ids = session.scalars(
            select(Filing.submission_id)
            .join(Submission, Submission.id == Filing.submission_id)
            .where(*waits, *(column == is_ for column, is_ in zip(of_stage, (programme_id, version, key), strict=True)), or_(*today))
            .order_by(Filing.submission_id)
        ).all()
        for first in range(0, len(ids), BATCH):
            found = context.of_submissions(session, ids[first : first + BATCH])
            yield [one for contexts in found.values() for one in contexts if one.stage.key == key]


def remind(session: Session, filings: Sequence[FilingContext], *, now: datetime) -> None:
    """Remind whoever files them that so many days are left; once for each number of days.

    Events of until 2026-11-25 are about the submission, which had one filing then: those after the filing was made are of it.
    """
    subjects = [id_ for of in filings for id_ in (of.filing.id, of.submission.id)]
    earlier: dict[UUID, list[Event]] = defaultdict(list)
    for event in session.scalars(select(Event).where(Event.subject_id.in_(subjects), Event.kind == EventKind.SUBMISSION_REMINDED)):
        earlier[event.subject_id].append(event)
    occurred = []
    for of in filings:
        days = (of.filing.due_at - now).days
        of_it = earlier[of.filing.id] + [event for event in earlier[of.submission.id] if event.at >= of.filing.made_at]
        if days not in [event.data["days"] for event in of_it]:
            occurred.append(occurrence(EventKind.SUBMISSION_REMINDED, of, data={"days": days}))
    events.append_all(session, occurred, by=SYSTEM, now=now)
