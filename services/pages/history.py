"""What happened, as pages list it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from services.web.templates import PageModel
from shared.events import Event
from shared.text import Text


class HistoryLine(PageModel):
    """One thing that happened: what, who did it, when, and why."""

    text: Text
    by: Text
    at: datetime
    reason: str | None


def history_lines(events: Iterable[Event], text_of: Callable[[str, dict[str, Any]], Text | None]) -> list[HistoryLine]:
    """Return a line for each event that has a text, in the given order."""
    return [
        HistoryLine(text=text, by=Text(event.actor_name, event.actor_name), at=event.at, reason=event.reason)
        for event in events
        if (text := text_of(event.kind, event.data)) is not None
    ]
