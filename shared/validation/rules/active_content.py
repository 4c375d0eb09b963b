"""What acts by itself in a document is taken out of the copy that is read: no fault, but the group should know."""

from shared.text import Text
from shared.validation.facts import DocumentFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding, Severity
from shared.validation.rules import macros

WORDS = {
    "active_content": Text(
        "เอกสารนี้มีส่วนที่ทำงานเองหรือดึงข้อมูลจากที่อื่น (เช่น คำสั่ง ไฟล์แนบ วิดีโอ หรือภาพที่ลิงก์ไว้) "
        "ฉบับที่คณะกรรมการอ่านจะตัดส่วนนี้ออก หากมีเนื้อหาสำคัญอยู่ในส่วนนั้น โปรดพิมพ์หรือวางไว้ในหน้าเอกสาร แล้วส่งใหม่",
        "This document has parts that run by themselves or are loaded from elsewhere (such as a script, an attached file, a video or a "
        "linked picture). They are removed from the copy that the committee reads. If they contain anything important, put it on a page "
        "and upload the document again.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Say so of a document that could be opened; of macros that are refused another rule speaks."""
    if macros.check(facts, limits):
        return None
    if not isinstance(facts, DocumentFacts) or facts.problem is not None or facts.type not in limits.types or not facts.active:
        return None
    return Finding("active_content", WORDS["active_content"], severity=Severity.ADVICE, found=list(facts.active))
