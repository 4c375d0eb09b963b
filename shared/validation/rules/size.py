"""A file may not be larger than its item allows, nor empty."""

from shared.thai.figures import megabytes
from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.findings import Finding, Words

WORDS = {
    "file_empty": Words(
        "ไฟล์นี้ว่างเปล่า (0 ไบต์) โปรดตรวจสอบไฟล์ในเครื่องของท่าน แล้วส่งใหม่",
        "This file is empty (0 bytes). Please check the file on your device and send it again.",
    ),
    "file_too_large": Words(
        "ไฟล์มีขนาด {found} เกินที่กำหนดไม่เกิน {allowed} โปรดลดขนาดไฟล์แล้วส่งใหม่",
        "The file has {found}; at most {allowed} is allowed. Please make it smaller and send it again.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Hold the file's bytes against the item's limit."""
    if facts.size_bytes == 0:
        return Finding("file_empty", WORDS["file_empty"])
    if facts.size_bytes > limits.max_bytes:
        return Finding("file_too_large", WORDS["file_too_large"], found=megabytes(facts.size_bytes), allowed=megabytes(limits.max_bytes))
    return None
