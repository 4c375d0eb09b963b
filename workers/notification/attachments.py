"""The files that go with a message, as they are when it is sent."""

from typing import Any
from uuid import UUID

from shared.database import transaction
from shared.notifications.messages import Attachment
from shared.storage import store
from shared.submissions.models import Receipt
from shared.submissions.receipts import letter


def attachments_of(context: dict[str, Any]) -> tuple[Attachment, ...]:
    """Return the PDF of the receipt a message is about, if it is made by now. Raises ObjectMissing, StoreUnavailable."""
    if "receipt" not in context:
        return ()
    with transaction() as session:
        receipt = session.get_one(Receipt, UUID(context["receipt"]))
    if receipt.pdf_key is None:
        return ()
    return (Attachment(f"{letter.title(receipt)}.pdf", "application/pdf", b"".join(store().read(receipt.pdf_key))),)
