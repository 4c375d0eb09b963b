"""History as people and programs read it: one line for each event that is shown, built here for every page and answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from shared.events import Event
from shared.events.texts import actor_text
from shared.submissions import queries
from shared.submissions.texts import history_text
from shared.text import Text

TextOf = Callable[[str, dict[str, Any]], Text | None]
"""From an event's kind and data to its text; None for an event that is not shown."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What happened, when, by whom, and why where a reason was given; `passed` says how the check of a file ended."""

    at: datetime
    event: str
    by: Text
    text: Text
    reason: str | None
    passed: bool | None


def history_of(session: Session, submission_id: UUID) -> list[HistoryLine]:
    """Return the history of a submission, oldest first. One query."""
    return history_lines(queries.history(session, submission_id), history_text)


def history_lines(events: Iterable[Event], text_of: TextOf) -> list[HistoryLine]:
    """Return a line for each event that has a text, in the given order."""
    return [
        HistoryLine(
            at=event.at,
            event=event.kind,
            by=actor_text(event.actor_kind, event.actor_name),
            text=text,
            reason=event.reason,
            passed=event.data.get("passed"),
        )
        for event in events
        if (text := text_of(event.kind, event.data)) is not None
    ]
