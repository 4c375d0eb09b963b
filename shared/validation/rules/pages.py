"""A plan has pages, and not more than its programme allows."""

from shared.text import Text
from shared.validation.facts import ArchiveFacts, DocumentFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding

WORDS = {
    "no_pages": Text(
        "ไฟล์นี้ไม่มีหน้าเอกสารเลย โปรดส่งแผนที่มีเนื้อหา",
        "This document has no pages. Upload one with content.",
    ),
    "too_few_pages": Text(
        "เอกสารมี {found} หน้า น้อยกว่าที่กำหนด {allowed} หน้า",
        "Pages in the document: {found}. The minimum is {allowed}.",
    ),
    "too_many_pages": Text(
        "เอกสารมี {found} หน้า มากกว่าที่กำหนด {allowed} หน้า โปรดย่อให้สั้นลง",
        "Pages in the document: {found}. The limit is {allowed}. Shorten it and upload it again.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Hold the pages against the item's numbers; a document that does not say how many it has is not judged, nor a zip of pictures here."""
    if not isinstance(facts, DocumentFacts) or isinstance(facts, ArchiveFacts) or facts.problem is not None or facts.pages is None:
        return None
    if facts.pages == 0:
        return Finding("no_pages", WORDS["no_pages"])
    if limits.min_pages is not None and facts.pages < limits.min_pages:
        return Finding("too_few_pages", WORDS["too_few_pages"], found=facts.pages, allowed=limits.min_pages)
    if limits.max_pages is not None and facts.pages > limits.max_pages:
        return Finding("too_many_pages", WORDS["too_many_pages"], found=facts.pages, allowed=limits.max_pages)
    return None
