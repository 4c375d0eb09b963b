"""The rule on macros."""

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, ItemLimits
from shared.validation.findings import Severity
from shared.validation.rules import examine, macros

LIMITS = ItemLimits(types=("xlsx", "pptx", "docx"), max_bytes=1000)


@pytest.mark.parametrize(("type_", "code"), [("xlsx", "macros"), ("pptx", "macros"), ("docx", "active_content")])
def test_macros_are_refused_in_what_is_passed_on_and_cut_out_of_what_is_read(type_: str, code: str) -> None:
    facts = DocumentFacts(type=type_, size_bytes=1, active=("script",))
    assert [finding.code for finding in examine(facts, LIMITS)] == [code]


def test_refusal_names_the_way_out() -> None:
    finding = macros.check(DocumentFacts(type="xlsx", size_bytes=1, active=("link", "script")), LIMITS)
    assert finding is not None
    assert finding.severity is Severity.BLOCKING
    assert "โปรดบันทึกเป็น XLSX แบบไม่มีมาโคร" in finding.text("th")
    assert "Save it as XLSX without macros" in finding.text("en")


def test_links_are_no_macros_and_what_is_refused_anyway_is_not_judged() -> None:
    assert macros.check(DocumentFacts(type="xlsx", size_bytes=1, active=("link",)), LIMITS) is None
    assert macros.check(DocumentFacts(type="xlsx", size_bytes=1, active=("script",), problem="damaged"), LIMITS) is None
    assert macros.check(DocumentFacts(type="ods", size_bytes=1, active=("script",)), LIMITS) is None
    assert macros.check(ClipFacts(type="mp4", size_bytes=1), LIMITS) is None
