"""A workbook or presentation holds no macros.

They are refused, unlike those of a text: a data file goes on as it came, to people who open it in the program that would run them.
"""

from shared.text import Text
from shared.validation.facts import DocumentFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding

REFUSED = frozenset({"xlsx", "pptx"})
WORDS = {
    "macros": Text(
        "ไฟล์นี้มีมาโคร (คำสั่งที่ทำงานเอง) ซึ่งระบบไม่รับ โปรดบันทึกเป็น {accepted} แบบไม่มีมาโคร แล้วส่งใหม่",
        "This file contains macros (commands that run by themselves), which are not accepted. Save it as {accepted} without macros and "
        "upload it again.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Look for macros in what an office program would run them from, whatever the file is called."""
    if not isinstance(facts, DocumentFacts) or facts.problem is not None or facts.type not in limits.types:
        return None
    if facts.type not in REFUSED or "script" not in facts.active:
        return None
    return Finding("macros", WORDS["macros"], accepted=facts.type.upper())
