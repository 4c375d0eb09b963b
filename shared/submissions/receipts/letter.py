"""A receipt as the letter `receipt` has it."""

from datetime import datetime
from io import BytesIO
from typing import Any

import segno

from shared.submissions.models import Receipt
from shared.submissions.receipts import texts
from shared.text import Text
from shared.thai import dates

TITLE = Text("ใบรับ {reference}", "Receipt {reference}")


def title(receipt: Receipt) -> str:
    """Return what the PDF is called: in Thai, as the letter is."""
    return TITLE.fill(reference=receipt.document["reference"]).th


def facts(receipt: Receipt, *, base_url: str) -> dict[str, Any]:
    """Return what the template fills in, as JSON; `base_url` is where the code can be checked."""
    document, address = receipt.document, texts.check_url(base_url, receipt.code)
    late = texts.is_late(document)
    return {
        "title": title(receipt),
        "organisation": document["organisation"],
        "programme": document["programme"],
        "code": receipt.code,
        "check_url": address,
        "qr": qr(address),
        "reference": document["reference"],
        "group": {
            "name": document["group"]["name"],
            "answers": [{"label": label.to_json(), "value": value.th} for label, value in texts.applicant(document["group"])],
        },
        "handed_in_at": _moments(document["handed_in_at"]),
        "closes_at": _moments(document["closes_at"]),
        "late": texts.LATE.th if late else None,
        "by": texts.sender(document["by"]).th,
        "helped_by": document["helped_by"],
        "files": [
            {
                "label": file["label"],
                "filename": file["filename"],
                "seen": [fact.th for fact in texts.file_facts(file, begun=late)],
                "sha256": file["sha256"],
            }
            for file in document["files"]
        ],
    }


def qr(address: str) -> str:
    """Return an address as a QR code, in SVG."""
    written = BytesIO()
    segno.make(address, error="m").save(written, kind="svg", border=0, xmldecl=False)
    return written.getvalue().decode()


def _moments(instant: str) -> dict[str, str]:
    return {language: dates.long_moment(datetime.fromisoformat(instant), language) for language in ("th", "en")}
