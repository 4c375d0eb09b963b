"""A file is of a type its item takes, by its content and not by its name."""

from shared.text import Text
from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.findings import Finding
from shared.validation.rules import has_picture

WORDS = {
    "wrong_type": Text(
        "ไฟล์นี้ไม่ใช่ชนิดที่รับ รับเฉพาะ {accepted} (ดูจากเนื้อหาในไฟล์ ไม่ใช่ชื่อไฟล์) โปรดเลือกไฟล์ที่ถูกต้องแล้วส่งใหม่",
        "This file is not an accepted type: {accepted} (judged by its content, not by its name). "
        "Choose the right file and upload it again.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Look the type up in the item's; of an empty file the rule on size speaks, of a sound that should be a clip the one on pictures."""
    if facts.size_bytes == 0 or facts.is_among(limits.types) or has_picture.check(facts, limits):
        return None
    return Finding("wrong_type", WORDS["wrong_type"], accepted=", ".join(type_.upper() for type_ in limits.types))
