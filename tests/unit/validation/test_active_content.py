"""The rule on what acts by itself in a document."""

from shared.validation.facts import DocumentFacts, ItemLimits
from shared.validation.findings import Severity
from shared.validation.rules import active_content

LIMITS = ItemLimits(types=("pdf",), max_bytes=1000)


def test_what_acts_is_advice_that_says_what_becomes_of_it() -> None:
    finding = active_content.check(DocumentFacts(type="pdf", size_bytes=1, pages=2, active=("files", "script")), LIMITS)
    assert finding is not None
    assert (finding.severity, finding.data) == (Severity.ADVICE, {"found": ["files", "script"]})
    assert "ฉบับที่คณะกรรมการอ่านจะตัดส่วนนี้ออก" in finding.text("th")
    assert "removed from the copy" in finding.text("en")


def test_still_documents_and_such_as_are_refused_anyway_get_no_advice() -> None:
    assert active_content.check(DocumentFacts(type="pdf", size_bytes=1, pages=2), LIMITS) is None
    assert active_content.check(DocumentFacts(type="docx", size_bytes=1, active=("script",)), LIMITS) is None
    assert active_content.check(DocumentFacts(type="pdf", size_bytes=1, active=("script",), problem="damaged"), LIMITS) is None
