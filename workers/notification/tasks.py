"""Tasks of the queue `notification`: make the PDF of receipts, plan who gets a message, and send messages one by one."""

import hashlib
from dataclasses import replace
from uuid import uuid4

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.messages import composing
from shared.messages.message import Site, StoredFile
from shared.notifications import letters, operations
from shared.notifications.channels.refusals import AddressRefused
from shared.notifications.models import Notification, NotificationStatus
from shared.notifications.rendering import Attachment
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.settings import secret_key, settings
from shared.storage import store
from shared.submissions.models import Receipt
from shared.submissions.receipts import issuing, letter
from workers.base import Record, task

ATTEMPTS_BEFORE_SENDING_WITHOUT_PDF = 3
"""From this attempt to make the PDF on, the group gets its message without it; the job goes on."""


@task(kinds.MAKE_RECEIPT)
def make_receipt(work: Work) -> Record:
    """Make the PDF of a receipt, then have its group told.

    Without the PDF the group is told before an attempt, not after a failure: a worker that is killed in every attempt does not stop it.
    """
    with transaction() as session:
        receipt = session.get_one(Receipt, work.subject_id)
        if work.attempts >= ATTEMPTS_BEFORE_SENDING_WITHOUT_PDF:
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
    return lambda session: composing.plan(session, event_id=work.subject_id, message=work.data["message"], site=_site(), now=clock.now())


@task(kinds.SEND_NOTIFICATION)
def send(work: Work) -> Record | None:
    """Send one message; an address that is refused is noted, a channel that is down is tried again."""
    with transaction() as session:
        notification = session.get_one(Notification, work.subject_id)
        if notification.status != NotificationStatus.PENDING:
            return None
        message, files = composing.compose(session, notification, site=_site())
    try:
        operations.send(notification, replace(message, attachments=tuple(map(_fetched, files))))
    except AddressRefused as refusal:
        why = refusal.detail("en")
        return lambda session: operations.note_failed(session, notification, error=why)
    return lambda session: operations.note_sent(session, notification, now=clock.now())


def _site() -> Site:
    return Site(settings().base_url, secret_key())


def _fetched(file: StoredFile) -> Attachment:
    return Attachment(file.filename, file.media_type, b"".join(store().read(file.object_key)))
