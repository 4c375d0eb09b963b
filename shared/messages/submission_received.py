"""The group submitted: its receipt."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages import facts, links, recipients
from shared.messages.message import Facts, Message, Site, StoredFile
from shared.notifications.models import Notification
from shared.programmes.stages import Office
from shared.submissions.models import Receipt
from shared.submissions.receipts import letter, texts
from shared.text import Text
from shared.thai.figures import megabytes


def read_facts(session: Session, event: Event, site: Site) -> Facts:
    """Add what the receipt says; `at` is the instant in it, for its PDF may have been made later.

    Of until 2026-11-25 it names no stage, and its event no office: applicants alone filed then.
    """
    receipt = session.get_one(Receipt, event.subject_id)
    document = receipt.document
    is_late = texts.is_late(document)
    return facts.of_submission(session, event).common | {
        "stage": document["stage"]["key"] if "stage" in document else "",
        "filed_by": event.data.get("filed_by", Office.APPLICANT),
        "receipt": str(receipt.id),
        "receipt_code": receipt.code,
        "at": document["handed_in_at"],
        "late_th": texts.LATE.th if is_late else "",
        "late_en": texts.LATE.en if is_late else "",
        "check": texts.check_url(site.base_url, receipt.code),
        "files": [_file(file) for file in document["files"]],
    }


def attach_pdf(session: Session, notification: Notification) -> tuple[StoredFile, ...]:
    """Attach the PDF if it is made by now."""
    receipt = session.get_one(Receipt, UUID(notification.context["receipt"]))
    return (StoredFile(f"{letter.title(receipt)}.pdf", "application/pdf", receipt.pdf_key),) if receipt.pdf_key else ()


def _file(file: dict[str, Any]) -> dict[str, str]:
    return {
        "item_th": file["label"]["th"],
        "item_en": file["label"]["en"],
        "filename": file["filename"],
        "size": megabytes(file["size_bytes"]),
        "sha256": file["sha256"],
    }


MESSAGE = Message(
    recipients=recipients.filers_of_receipt,
    facts=read_facts,
    link=links.filing_page,
    files=attach_pdf,
    subject=Text("ใบรับผลงาน {{ reference }}", "Receipt {{ reference }}"),
    body=Text(
        th="""
เรียน {{ name }}

ระบบได้รับผลงานของ{{ group }} แล้วเมื่อ {{ at|th }}
เลขที่ใบสมัคร {{ reference }}
เลขที่ใบรับ {{ receipt_code }}
{% if late_th %}
{{ late_th }}
{% endif %}
{% for file in files %}

{{ file.item_th }}: {{ file.filename }} ({{ file.size }})
SHA-256 {{ file.sha256 }}
{% endfor %}

{% if attached %}
ใบรับฉบับ PDF แนบมากับข้อความนี้ โปรดเก็บไว้เป็นหลักฐาน
{% else %}
โปรดเก็บข้อความนี้ไว้เป็นหลักฐาน ใบรับฉบับ PDF เปิดได้จากหน้าของกลุ่ม
{% endif %}
ระบบกำลังตรวจไฟล์ และจะแจ้งผลให้ทราบ

หน้าของกลุ่ม:
{{ link }}

ผู้ใดต้องการตรวจว่าใบรับนี้เป็นของจริง เปิดได้ที่:
{{ check }}
""",
        en="""
Dear {{ name }},

We received the submission of {{ group }} on {{ at|en }}. Reference {{ reference }}, receipt {{ receipt_code }}.
{% if late_en %}
{{ late_en }}
{% endif %}
{% if attached %}
The receipt is attached as a PDF. Please keep it.
{% else %}
Please keep this message. You can get the receipt as a PDF from your group's page.
{% endif %}
We are checking the files and will tell you the result.

Your group's page:
{{ link }}

Anyone can check that this receipt is genuine at:
{{ check }}
""",
    ),
)
