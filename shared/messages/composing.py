"""From an event to the rows of a message, and from such a row to what is sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import MESSAGES
from shared.messages.message import Site, StoredFile
from shared.notifications import operations
from shared.notifications.models import Notification
from shared.notifications.rendering import Rendered, render


def plan(session: Session, *, event_id: UUID, message: str, site: Site, now: datetime) -> None:
    """Make one row a person and channel for a message about an event, each with the job that sends it; again changes nothing."""
    event, kind = session.get_one(Event, event_id), MESSAGES[message]
    operations.plan(
        session,
        event_id=event.id,
        message=message,
        recipients=kind.recipients(session, event),
        context=kind.facts(session, event, site),
        submission_id=event.submission_id,
        now=now,
    )


def compose(session: Session, notification: Notification, *, site: Site) -> tuple[Rendered, tuple[StoredFile, ...]]:
    """Return the message of a row as it reads now, and the stored files to attach. Raises jinja2.UndefinedError for a missing fact."""
    kind = MESSAGES[notification.message]
    files = kind.files(session, notification)
    facts = {
        **notification.context,
        **kind.codes(session, notification, site),
        "name": notification.recipient_name,
        "link": kind.link(session, notification, site),
        "attached": bool(files),
    }
    return render(kind.subject, kind.body, facts), files
