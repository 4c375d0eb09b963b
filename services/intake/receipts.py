"""A receipt as its group, and as anybody who holds its code, may see it."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from shared.settings import settings
from shared.submissions.models import Receipt
from shared.submissions.receipts import texts
from shared.submissions.receipts.finding import Found

LINE_SHARE = "https://line.me/R/share?text="
"""Opens LINE, or its page, with a message to choose friends for."""


def summary(receipt: Receipt) -> dict[str, Any]:
    """Return the code and where the receipt is; `pdf_url` is None until its PDF is made."""
    page = f"/s/submissions/{receipt.submission_id}/receipt"
    return {
        "code": receipt.code,
        "issued_at": receipt.issued_at,
        "url": page,
        "pdf_url": f"{page}.pdf" if receipt.pdf_key else None,
        "check_url": texts.check_url(settings().base_url, receipt.code),
    }


def whole(receipt: Receipt, language: str) -> dict[str, Any]:
    """Return all a receipt says, for those who may see the submission."""
    document, late = receipt.document, texts.is_late(receipt.document)
    return {
        **summary(receipt),
        **{name: document[name] for name in ("reference", "programme", "organisation", "handed_in_at", "helped_by")},
        "group": document["group"]["name"],
        "place": texts.place(document["group"]).read(language),
        "by": texts.sender(document["by"]).read(language),
        "late": texts.LATE if late else None,
        "closes_at": document["closes_at"],
        "files": [file | {"seen": [fact.read(language) for fact in texts.file_facts(file, begun=late)]} for file in document["files"]],
    }


def checked(found: Found) -> dict[str, Any]:
    """Return what anybody may know of a genuine receipt: no name of a group, a person or a file."""
    document = found.receipt.document
    return {
        "genuine": True,
        "code": found.receipt.code,
        "reference": document["reference"],
        "programme": document["programme"],
        "organisation": document["organisation"],
        "handed_in_at": datetime.fromisoformat(document["handed_in_at"]),
        "replaced_at": found.replaced_at,
        "files": [{"item": file["label"], "size_bytes": file["size_bytes"], "sha256": file["sha256"]} for file in document["files"]],
    }


def line_url(receipt: Receipt) -> str:
    """Return the address that offers the receipt to friends on LINE: the group, the reference and where to check, nothing else."""
    document, address = receipt.document, texts.check_url(settings().base_url, receipt.code)
    said = f"{document['group']['name']} ส่งผลงานแล้ว เลขที่ {document['reference']} ใบรับ {receipt.code} ตรวจสอบได้ที่ {address}"
    return LINE_SHARE + quote(said)
