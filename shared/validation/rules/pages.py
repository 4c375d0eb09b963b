"""A plan has pages, and not more than its programme allows."""

from shared.validation.facts import DocumentFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding, Words

WORDS = {
    "no_pages": Words(
        "ไฟล์นี้ไม่มีหน้าเอกสารเลย โปรดส่งแผนที่มีเนื้อหา",
        "This document has no pages. Please send one with content.",
    ),
    "too_few_pages": Words(
        "เอกสารมี {found} หน้า น้อยกว่าที่กำหนด {allowed} หน้า",
        "The document has {found} pages; at least {allowed} are asked for.",
    ),
    "too_many_pages": Words(
        "เอกสารมี {found} หน้า มากกว่าที่กำหนด {allowed} หน้า โปรดย่อให้สั้นลง",
        "The document has {found} pages; at most {allowed} are taken. Please shorten it.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Hold the pages against the item's numbers; a document that does not say how many it has is not judged."""
    if not isinstance(facts, DocumentFacts) or facts.problem is not None or facts.pages is None:
        return None
    if facts.pages == 0:
        return Finding("no_pages", WORDS["no_pages"])
    if limits.min_pages is not None and facts.pages < limits.min_pages:
        return Finding("too_few_pages", WORDS["too_few_pages"], found=facts.pages, allowed=limits.min_pages)
    if limits.max_pages is not None and facts.pages > limits.max_pages:
        return Finding("too_many_pages", WORDS["too_many_pages"], found=facts.pages, allowed=limits.max_pages)
    return None
