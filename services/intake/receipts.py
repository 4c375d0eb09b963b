"""A receipt as its group, and as anybody who has its code, may see it."""

from datetime import datetime
from typing import Literal
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.intake.schemas import ReceiptSummary
from services.web.answers import Answer
from shared.programmes.stages import Office
from shared.settings import settings
from shared.submissions.models import Filing, FilingVersion, Receipt
from shared.submissions.receipts import texts
from shared.submissions.receipts.finding import Found, NothingHandedIn
from shared.text import Text

LINE_SHARE = "https://line.me/R/share?text="
"""Opens LINE, or its page, with a message to choose friends for."""
LINE_MESSAGE = Text(
    "{group} ส่งผลงานแล้ว เลขที่ {reference} ใบรับ {code} ตรวจสอบได้ที่ {address}",
    "{group} has submitted, reference {reference}, receipt {code}. Check it at {address}",
)


class ReceiptFile(Answer):
    """A file of a receipt, as its group sees it."""

    label: Text
    filename: str
    facts: list[Text]
    sha256: str


class ReceiptLine(Answer):
    """An answer of the applicant."""

    label: Text
    text: Text


class ReceiptView(Answer):
    """All a receipt says, for those who may see the submission."""

    summary: ReceiptSummary
    reference: str
    programme: Text
    organisation: Text
    group: str
    place: Text
    """– where the programme asks for no place."""
    applicant: list[ReceiptLine]
    """What it says of the applicant besides its name."""
    submitted_at: datetime
    by: Text
    helped_by: list[str]
    late: Text | None
    """What is said when it was submitted after the deadline, within the grace period."""
    closes_at: datetime
    files: list[ReceiptFile]


class CheckedFile(Answer):
    """A file of a receipt, without its name."""

    item: Text
    size_bytes: int
    sha256: str


class ReceiptCheck(Answer):
    """What anybody may know of a genuine receipt: no name of a group, a person or a file."""

    genuine: Literal[True]
    code: str
    reference: str
    programme: Text
    organisation: Text
    handed_in_at: datetime
    replaced_at: datetime | None
    """When a later receipt took its place."""
    files: list[CheckedFile]


def of_submission(session: Session, submission_id: UUID, *, code: str, internal: bool) -> Receipt:
    """Return the receipt of a code, or the newest, of those that the reader may see: offices' own only where `internal` is seen.

    Raises NothingHandedIn.
    """
    query = select(Receipt).where(Receipt.submission_id == submission_id).order_by(Receipt.id.desc()).limit(1)
    if code:
        query = query.where(Receipt.code == code)
    if not internal:
        offices = select(FilingVersion.id).join(Filing, Filing.id == FilingVersion.filing_id).where(Filing.filed_by != Office.APPLICANT)
        query = query.where(
            or_(Receipt.version_id.is_(None), Receipt.version_id.not_in(offices.where(Filing.submission_id == submission_id)))
        )
    receipt = session.scalar(query)
    if receipt is None:
        raise NothingHandedIn
    return receipt


def summary(receipt: Receipt) -> ReceiptSummary:
    """Return the code and where the receipt is."""
    page, one = f"/s/submissions/{receipt.submission_id}/receipt", f"?code={receipt.code}"
    return ReceiptSummary(
        code=receipt.code,
        issued_at=receipt.issued_at,
        url=page + one,
        pdf_url=f"{page}.pdf{one}" if receipt.pdf_key else None,
        check_url=texts.check_url(settings().base_url, receipt.code),
    )


def detail(receipt: Receipt) -> ReceiptView:
    """Return all a receipt says."""
    document, late = receipt.document, texts.is_late(receipt.document)
    return ReceiptView(
        summary=summary(receipt),
        reference=document["reference"],
        programme=Text(**document["programme"]),
        organisation=Text(**document["organisation"]),
        group=document["group"]["name"],
        place=texts.place(document["group"]),
        applicant=[ReceiptLine(label=label, text=text) for label, text in texts.applicant(document["group"])],
        submitted_at=datetime.fromisoformat(document["handed_in_at"]),
        by=texts.sender(document["by"]),
        helped_by=document["helped_by"],
        late=texts.LATE if late else None,
        closes_at=datetime.fromisoformat(document["closes_at"]),
        files=[
            ReceiptFile(
                label=Text(**file["label"]),
                filename=file["filename"],
                facts=texts.file_facts(file, begun=late),
                sha256=file["sha256"],
            )
            for file in document["files"]
        ],
    )


def checked(found: Found) -> ReceiptCheck:
    """Return what anybody may know of a genuine receipt: no name of a group, a person or a file."""
    document = found.receipt.document
    return ReceiptCheck(
        genuine=True,
        code=found.receipt.code,
        reference=document["reference"],
        programme=Text(**document["programme"]),
        organisation=Text(**document["organisation"]),
        handed_in_at=datetime.fromisoformat(document["handed_in_at"]),
        replaced_at=found.replaced_at,
        files=[CheckedFile(item=Text(**file["label"]), size_bytes=file["size_bytes"], sha256=file["sha256"]) for file in document["files"]],
    )


def line_url(receipt: Receipt, language: str) -> str:
    """Return the address that offers the receipt to friends on LINE: the group, the reference and where to check, nothing else."""
    document = receipt.document
    message = LINE_MESSAGE.fill(
        group=document["group"]["name"],
        reference=document["reference"],
        code=receipt.code,
        address=texts.check_url(settings().base_url, receipt.code),
    )
    return LINE_SHARE + quote(message.read(language))
