"""Tasks of the queue `notification`: find out who is to be told, and tell them one by one."""

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.events import Event
from shared.notifications import operations
from shared.notifications.channels import CHANNELS
from shared.notifications.channels.refusals import AddressRefused
from shared.notifications.messages import MESSAGES
from shared.notifications.models import Notification, NotificationStatus
from shared.queue import kinds
from shared.queue.ledger import Work
from workers.base import Record, task
from workers.notification.recipients import code_for, link_for, planned


@task(kinds.NOTIFY)
def notify(work: Work) -> Record:
    """Make one row a person and channel for a message about an event, each with the job that sends it."""

    def plan(session: Session) -> None:
        event = session.get_one(Event, work.subject_id)
        message = work.data["message"]
        recipients, context = planned(session, event, message)
        operations.plan(
            session,
            event_id=event.id,
            message=message,
            recipients=recipients,
            context=context,
            submission_id=event.submission_id,
            now=clock.now(),
        )

    return plan


@task(kinds.SEND_NOTIFICATION)
def send(work: Work) -> Record | None:
    """Send one message; an address that is refused is noted, a channel that is down is tried again."""
    with transaction() as session:
        notification = session.get_one(Notification, work.subject_id)
        message = MESSAGES[notification.message]
        link = link_for(session, submission_id=notification.submission_id, audience=message.to, context=notification.context)
        code = code_for(session, notification.context)
    if notification.status != NotificationStatus.PENDING:
        return None
    rendered = message.render({**notification.context, **code, "name": notification.recipient_name}, link=link)
    try:
        CHANNELS[notification.channel].send(
            address=notification.recipient, name=notification.recipient_name, message=rendered, id_=notification.id
        )
    except AddressRefused as refusal:
        why = refusal.detail("en")
        return lambda session: operations.note_failed(session, notification, error=why)
    return lambda session: operations.note_sent(session, notification, now=clock.now())
