"""Events about filings: what every one of them says, and which filing it is of."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import events
from shared.events import Actor, Event, EventKind, Occurrence
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingContext
from shared.submissions.models import Filing


def record_event(
    session: Session,
    kind: EventKind,
    of: FilingContext,
    *,
    by: Actor,
    now: datetime,
    reason: str | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Append an event about a filing to its submission's history; its data name the stage, and the stage as people read it."""
    events.append_all(session, [occurrence(kind, of, reason=reason, data=data)], by=by, now=now)


def occurrence(kind: EventKind, of: FilingContext, *, reason: str | None = None, data: dict[str, Any] | None = None) -> Occurrence:
    """Return what `record_event` appends, for those that append many at once."""
    facts = {"stage": of.stage.key, "stage_th": of.stage.label.th, "stage_en": of.stage.label.en, "filing": str(of.filing.id)}
    return Occurrence(kind, of.filing.id, of.submission.id, of.programme.id, reason, facts | (data or {}))


def filing_of(session: Session, event: Event) -> FilingContext:
    """Return the filing that an event is about. Raises FilingUnknown.

    An event of until 2026-11-25 is about the submission, which had one filing then: its first.
    """
    first = select(Filing.id).where(Filing.submission_id == event.subject_id).order_by(Filing.made_at, Filing.id).limit(1)
    return context.of_filing(session, session.scalar(first) or event.subject_id)
