"""A clip is whole: its packets reach as far as its header says."""

from shared.thai.figures import length
from shared.validation.facts import ClipFacts, FileFacts, Limits
from shared.validation.findings import Finding, Words

SHARE, SECONDS = 0.9, 2.0
"""Missing is what is more than a tenth and more than two seconds."""
WORDS = {
    "truncated": Words(
        "คลิปขาดไป: ควรยาว {header} แต่มีภาพถึงแค่ {found} ไฟล์อาจคัดลอกมาไม่ครบ โปรดส่งไฟล์ต้นฉบับอีกครั้ง",
        "The clip is cut off: it should run {header} but ends at {found}. The copy may be incomplete; please send the original again.",
    ),
}


def check(facts: FileFacts, _limits: Limits) -> Finding | None:
    """Compare the sound and picture there is with the header; a header patched upwards reads the same, and is no less wrong."""
    if not isinstance(facts, ClipFacts) or facts.header_seconds is None or facts.duration_seconds is None:
        return None
    missing = facts.header_seconds - facts.duration_seconds
    if missing <= SECONDS or facts.duration_seconds >= SHARE * facts.header_seconds:
        return None
    return Finding("truncated", WORDS["truncated"], header=length(facts.header_seconds), found=length(facts.duration_seconds))
