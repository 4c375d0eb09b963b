"""A document has something on its pages."""

from shared.text import Text
from shared.validation.facts import DocumentFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding, Severity

WORDS = {
    "blank": Text(
        "ไม่พบตัวอักษรหรือภาพในเอกสารนี้เลย โปรดเปิดดูว่าเป็นไฟล์ที่ต้องการส่ง ถ้าไม่ใช่ ให้ส่งไฟล์ใหม่",
        "No text and no pictures were found in this document. Open it to check that it is the right file. If it is not, upload another.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Advise only: pages that look empty to the tools may be meant."""
    if not isinstance(facts, DocumentFacts) or facts.type not in limits.types or facts.text != "empty" or facts.pages == 0:
        return None
    return Finding("blank", WORDS["blank"], severity=Severity.ADVICE)
