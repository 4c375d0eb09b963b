"""The header of a clip or sound says how long it is; where it is wrong, people are told which of the two lengths counts."""

from shared.text import Text
from shared.thai.figures import length
from shared.validation.facts import FileFacts, ItemLimits, RecordingFacts
from shared.validation.findings import Finding, Severity

SHARE, SECONDS = 0.02, 2.0
"""What a header may be off: two seconds, and two in a hundred."""
WORDS = {
    "header_differs": Text(
        "ข้อมูลในไฟล์บอกว่ายาว {header} นาที แต่วัดจากภาพและเสียงได้ {found} นาที ระบบใช้ความยาวที่วัดได้ โปรดดูว่าเนื้อหาครบถ้วน",
        "The file says that it is {header} long, but what can be seen and heard lasts {found} (minutes:seconds). The measured length "
        "counts. Check that the file is complete.",
    ),
}


def check(facts: FileFacts, _limits: ItemLimits) -> Finding | None:
    """Compare the header with what was measured, and never refuse for it; of a file that was cut off another rule speaks."""
    if not isinstance(facts, RecordingFacts) or facts.header_seconds is None or facts.duration_seconds is None or facts.missing_bytes:
        return None
    if abs(facts.header_seconds - facts.duration_seconds) <= max(SECONDS, SHARE * facts.duration_seconds):
        return None
    found, header = length(facts.duration_seconds), length(facts.header_seconds)
    return Finding("header_differs", WORDS["header_differs"], severity=Severity.ADVICE, header=header, found=found)
