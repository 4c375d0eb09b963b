"""A document has something on its pages."""

from shared.validation.facts import DocumentFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding, Severity, Words

WORDS = {
    "blank": Words(
        "ไม่พบตัวอักษรหรือภาพในเอกสารนี้เลย โปรดเปิดดูว่าเป็นไฟล์ที่ต้องการส่ง ถ้าไม่ใช่ ให้ส่งไฟล์ใหม่",
        "Neither letters nor pictures were found on the pages. Please open it to see whether it is the right file; if not, send another.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Advise only: pages that look empty to the tools may be meant."""
    if not isinstance(facts, DocumentFacts) or facts.type not in limits.types or facts.text != "empty" or facts.pages == 0:
        return None
    return Finding("blank", WORDS["blank"], severity=Severity.ADVICE)
