"""The verbs of notifications: plan one row a person, message and channel; note what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.database import new_id
from shared.notifications.models import Notification, NotificationStatus
from shared.queue import kinds, ledger

EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a message; `address` is None for somebody who cannot be reached."""

    name: str
    address: str | None


def plan(
    session: Session,
    *,
    event_id: UUID,
    message: str,
    recipients: list[Recipient],
    context: dict[str, Any],
    submission_id: UUID | None,
    now: datetime,
) -> None:
    """Make the rows of a message and the jobs that send them; the same message of the same event again changes nothing.

    Somebody without an address gets a row all the same, failed from the start, so that people see who was not told.
    """
    for recipient in recipients:
        reachable = recipient.address is not None
        notification_id = session.scalar(
            insert(Notification)
            .values(
                id=new_id(),
                event_id=event_id,
                message=message,
                channel=EMAIL,
                recipient=recipient.address or "",
                recipient_name=recipient.name,
                submission_id=submission_id,
                context=context,
                status=NotificationStatus.PENDING if reachable else NotificationStatus.FAILED,
                error=None if reachable else "no address",
            )
            .on_conflict_do_nothing()
            .returning(Notification.id)
        )
        if notification_id is not None and reachable:
            ledger.add(session, kinds.SEND_NOTIFICATION, subject_id=notification_id, key="1", now=now, submission_id=submission_id)


def note_sent(session: Session, notification: Notification, *, now: datetime) -> None:
    """Note that the channel took it."""
    _note(session, notification, status=NotificationStatus.SENT, sent_at=now, error=None)


def note_failed(session: Session, notification: Notification, *, error: str) -> None:
    """Note that it will never be taken, and why."""
    _note(session, notification, status=NotificationStatus.FAILED, error=error)


def _note(session: Session, notification: Notification, **values: Any) -> None:
    session.execute(update(Notification).where(Notification.id == notification.id).values(**values))
