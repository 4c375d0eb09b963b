"""The verbs of notifications: plan one row a person, message and channel, send it, note what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.database import new_id
from shared.notifications.channels import CHANNELS
from shared.notifications.channels.envelope import Envelope
from shared.notifications.models import Notification, NotificationStatus
from shared.notifications.rendering import Rendered
from shared.people.contacts import EMAIL
from shared.people.models import ContactPoint
from shared.queue import kinds, ledger


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a message, and where they can be reached: on no channel, on one, or on several."""

    name: str
    contact_points: Sequence[ContactPoint]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One address a message goes to; `error` says why it cannot be sent there."""

    channel: str
    address: str
    error: str | None = None


def deliveries(recipient: Recipient) -> Iterator[Delivery]:
    """Yield one delivery for each contact point; for somebody without any, one that cannot be sent, so that people see who was not told."""
    if not recipient.contact_points:
        yield Delivery(EMAIL, "", "no address")
    for point in recipient.contact_points:
        channel = CHANNELS.get(point.channel)
        if channel is None:
            yield Delivery(point.channel, point.address, f"there is no channel {point.channel}")
        elif not channel.can_reach(point.address):
            yield Delivery(point.channel, point.address, f"cannot be reached: {point.address}")
        else:
            yield Delivery(point.channel, point.address)


def plan(
    session: Session,
    *,
    event_id: UUID,
    message: str,
    recipients: Sequence[Recipient],
    context: dict[str, Any],
    submission_id: UUID | None,
    now: datetime,
) -> None:
    """Make the rows of a message and the jobs that send them; the same message of the same event again changes nothing."""
    for recipient in recipients:
        for delivery in deliveries(recipient):
            notification_id = session.scalar(
                insert(Notification)
                .values(
                    id=new_id(),
                    event_id=event_id,
                    message=message,
                    channel=delivery.channel,
                    recipient=delivery.address,
                    recipient_name=recipient.name,
                    submission_id=submission_id,
                    context=context,
                    status=NotificationStatus.FAILED if delivery.error else NotificationStatus.PENDING,
                    error=delivery.error,
                )
                .on_conflict_do_nothing()
                .returning(Notification.id)
            )
            if notification_id is not None and delivery.error is None:
                ledger.add(session, kinds.SEND_NOTIFICATION, subject_id=notification_id, key="1", now=now, submission_id=submission_id)


def send(notification: Notification, message: Rendered) -> None:
    """Send a notification over its channel; outside any transaction. Raises AddressRefused, ChannelUnavailable."""
    envelope = Envelope(notification.id, notification.created_at, notification.recipient_name, notification.recipient)
    CHANNELS[notification.channel].send(envelope, message)


def note_sent(session: Session, notification: Notification, *, now: datetime) -> None:
    """Note that the channel took it."""
    _note(session, notification, status=NotificationStatus.SENT, sent_at=now, error=None)


def note_failed(session: Session, notification: Notification, *, error: str) -> None:
    """Note that it will never be taken, and why."""
    _note(session, notification, status=NotificationStatus.FAILED, error=error)


def _note(session: Session, notification: Notification, **values: Any) -> None:
    session.execute(update(Notification).where(Notification.id == notification.id).values(**values))
