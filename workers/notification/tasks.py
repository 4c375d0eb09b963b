"""Tasks of the queue `notification`: make what people are sent, find out who is to be told, and tell them one by one."""

import hashlib
from dataclasses import replace
from uuid import uuid4

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.events import Event
from shared.notifications import letters, operations
from shared.notifications.channels import CHANNELS
from shared.notifications.channels.refusals import AddressRefused
from shared.notifications.messages import MESSAGES
from shared.notifications.models import Notification, NotificationStatus
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.settings import settings
from shared.storage import store
from shared.submissions.models import Receipt
from shared.submissions.receipts import issuing, letter
from workers.base import Record, task
from workers.notification.attachments import attachments_of
from workers.notification.recipients import code_for, link_for, planned

NO_LONGER_WAITING = 3
"""From this attempt on, a group is not kept waiting for its message because of the PDF: it gets it without, and the job goes on."""


@task(kinds.MAKE_RECEIPT)
def make_receipt(work: Work) -> Record:
    """Make the PDF of a receipt, then have the group told.

    The message goes before an attempt rather than after a failure, so that not even a worker that is killed each time keeps it back.
    """
    with transaction() as session:
        receipt = session.get_one(Receipt, work.subject_id)
        if work.attempts >= NO_LONGER_WAITING:
            issuing.record_receipt_made(session, receipt, now=clock.now())
    key = f"receipts/{receipt.submission_id}/{uuid4()}.pdf"
    made = letters.set_letter("receipt", letter.facts(receipt, base_url=settings().base_url), at=receipt.issued_at)
    store().put(key, made)

    def record(session: Session) -> None:
        issuing.note_pdf(session, receipt, key=key, sha256=hashlib.sha256(made).hexdigest())
        issuing.record_receipt_made(session, receipt, now=clock.now())

    return record


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
    files = attachments_of(notification.context)
    context = {**notification.context, **code, "name": notification.recipient_name, "attached": bool(files)}
    rendered = replace(message.render(context, link=link), attachments=files)
    try:
        CHANNELS[notification.channel].send(
            address=notification.recipient, name=notification.recipient_name, message=rendered, id_=notification.id
        )
    except AddressRefused as refusal:
        why = refusal.detail("en")
        return lambda session: operations.note_failed(session, notification, error=why)
    return lambda session: operations.note_sent(session, notification, now=clock.now())
