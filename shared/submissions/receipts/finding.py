"""Reads of receipts: a submission's newest, and the genuine one of a code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.programmes.models import Programme
from shared.submissions.models import FilingVersion, Receipt
from shared.submissions.receipts import code


class NothingHandedIn(NotFound):
    """A receipt is given for what was submitted."""

    th = "ยังไม่มีใบรับ เพราะยังไม่ได้กดส่งผลงาน โปรดส่งผลงานก่อน"
    en = "There is no receipt yet, because nothing has been submitted."


class ReceiptNotGenuine(NotFound):
    """No receipt has this code, or its document was changed after it was issued."""

    th = "ไม่พบใบรับของรหัสนี้ รหัสที่ถูกต้องมีรูปแบบเช่น OM63-0001-7KQ4-M2XD โปรดตรวจตัวอักษรทีละตัวอีกครั้ง"
    en = "No genuine receipt has this code. A code looks like OM63-0001-7KQ4-M2XD; please check each letter again."


@dataclass(frozen=True, slots=True)
class Found:
    """A genuine receipt, and when a later one took its place."""

    receipt: Receipt
    replaced_at: datetime | None


def of_filing(session: Session, filing_id: UUID) -> Receipt | None:
    """Return the newest receipt of a filing, None when it was never submitted."""
    versions = select(FilingVersion.id).where(FilingVersion.filing_id == filing_id)
    return session.scalar(select(Receipt).where(Receipt.version_id.in_(versions)).order_by(Receipt.id.desc()).limit(1))


def newest(session: Session, submission_id: UUID) -> Receipt | None:
    """Return the newest receipt of a submission, None when it was never submitted."""
    return session.scalar(select(Receipt).where(Receipt.submission_id == submission_id).order_by(Receipt.id.desc()).limit(1))


def newest_of(session: Session, submission_id: UUID) -> Receipt:
    """Return the newest receipt of a submission. Raises NothingHandedIn."""
    receipt = newest(session, submission_id)
    if receipt is None:
        raise NothingHandedIn
    return receipt


def genuine(session: Session, typed: str, *, secret: str) -> Found:
    """Return the receipt whose code somebody typed or read aloud. Raises ReceiptNotGenuine."""
    prefixes = session.scalars(select(Programme.document["reference_prefix"].astext).distinct())
    for receipt in session.scalars(select(Receipt).where(Receipt.code.in_(code.meant(typed, prefixes)))):
        reference = receipt.document["reference"]
        if code.is_genuine(secret, receipt.code, reference=reference, id_=receipt.id, document=receipt.document):
            filing = select(FilingVersion.filing_id).where(FilingVersion.id == receipt.version_id).scalar_subquery()
            later = select(Receipt.issued_at).where(
                Receipt.id > receipt.id, Receipt.version_id.in_(select(FilingVersion.id).where(FilingVersion.filing_id == filing))
            )
            return Found(receipt, session.scalar(later.order_by(Receipt.id.desc()).limit(1)))
    raise ReceiptNotGenuine
