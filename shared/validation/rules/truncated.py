"""The file of a clip or sound is whole."""

from shared.text import Text
from shared.thai.figures import length, megabytes
from shared.validation.facts import FileFacts, ItemLimits, RecordingFacts
from shared.validation.findings import Finding, Severity

SHARE, SECONDS = 0.1, 2.0
"""Much is what is more than a tenth, and of time more than two seconds."""
WORDS = {
    "truncated": Text(
        "ไฟล์ขาดไป: ควรยาว {header} แต่มีภาพหรือเสียงถึงแค่ {found} ไฟล์อาจคัดลอกมาไม่ครบ โปรดส่งไฟล์ต้นฉบับอีกครั้ง",
        "The file is cut off: it should be {header} long but ends at {found}. The copy may be incomplete. Upload the original file.",
    ),
    "end_missing": Text(
        "ท้ายไฟล์ขาดไป {missing} ส่วนที่เหลือยาว {found} นาที โปรดดูว่าช่วงท้ายครบถ้วนหรือไม่ หากไม่ครบ โปรดส่งไฟล์ต้นฉบับอีกครั้ง",
        "{missing} is missing at the end of the file. What is there is {found} long. Check whether the end is there. If it is "
        "not, upload the original file.",
    ),
}


def check(facts: FileFacts, _limits: ItemLimits) -> Finding | None:
    """Judge a file that ends before its own last box: by the time that is gone where the header says it, else by the bytes.

    The header alone is no evidence, for it may lie. Advice only, where little is gone: what is left can be judged.
    """
    if not isinstance(facts, RecordingFacts) or facts.duration_seconds is None or facts.missing_bytes == 0:
        return None
    found = length(facts.duration_seconds)
    if facts.header_seconds is not None and facts.header_seconds - facts.duration_seconds > max(SECONDS, SHARE * facts.header_seconds):
        return Finding("truncated", WORDS["truncated"], header=length(facts.header_seconds), found=found)
    much = facts.missing_bytes > SHARE * (facts.size_bytes + facts.missing_bytes)
    severity = Severity.BLOCKING if much else Severity.ADVICE
    return Finding("end_missing", WORDS["end_missing"], severity=severity, missing=megabytes(facts.missing_bytes), found=found)
