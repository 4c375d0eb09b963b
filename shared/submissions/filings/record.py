"""Events about filings, with what every one of them says."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shared import events
from shared.events import Actor, EventKind
from shared.submissions.filings.context import FilingContext


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
    facts = {"stage": of.stage.key, "stage_th": of.stage.label.th, "stage_en": of.stage.label.en, "filing": str(of.filing.id)}
    events.append(
        session,
        kind,
        subject_id=of.filing.id,
        submission_id=of.submission.id,
        programme_id=of.programme.id,
        by=by,
        now=now,
        reason=reason,
        data=facts | (data or {}),
    )
