"""A clip that was cut may still contain what was cut away. The group is told, and that the committee does not see it."""

from shared.text import Text
from shared.thai.figures import length
from shared.validation.facts import ClipFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding, Severity

SECONDS = 2.0
"""A cut keeps the pictures that the next key frame needs; a longer hidden part is reported."""
WORDS = {
    "hidden_part": Text(
        "ไฟล์ยังเก็บภาพที่ตัดออกไว้อีก {hidden} นาที ซึ่งกรรมการไม่เห็น หากไม่ต้องการให้อยู่ในไฟล์ โปรดส่งออก (export) คลิปใหม่ แล้วส่งอีกครั้ง",
        "The file still contains {hidden} (minutes:seconds) that were cut out. The committee does not see them. If they should not be in "
        "the file, export the clip again and upload the new file.",
    ),
}


def check(facts: FileFacts, _limits: ItemLimits) -> Finding | None:
    """Tell of hidden pictures; in a file that was cut off nobody knows whether they are hidden or gone."""
    if not isinstance(facts, ClipFacts) or facts.missing_bytes or facts.hidden_seconds <= SECONDS:
        return None
    return Finding("hidden_part", WORDS["hidden_part"], severity=Severity.ADVICE, hidden=length(facts.hidden_seconds))
