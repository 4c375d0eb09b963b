"""The rule on documents with nothing to see."""

import pytest

from shared.validation.facts import DocumentFacts, ItemLimits
from shared.validation.findings import Severity
from shared.validation.rules import blank

LIMITS = ItemLimits(types=("pdf",), max_bytes=1000)


@pytest.mark.parametrize("text", ["text", "scan", None])
def test_documents_with_letters_or_pictures_and_such_as_nobody_could_look_at_are_well(text: str | None) -> None:
    assert blank.check(DocumentFacts(type="pdf", size_bytes=1, pages=2, text=text), LIMITS) is None


def test_empty_pages_are_advice() -> None:
    finding = blank.check(DocumentFacts(type="pdf", size_bytes=1, pages=2, text="empty"), LIMITS)
    assert finding is not None
    assert finding.severity == Severity.ADVICE


def test_document_without_pages_is_told_so_by_the_rule_on_pages_alone() -> None:
    assert blank.check(DocumentFacts(type="pdf", size_bytes=1, pages=0, text="empty"), LIMITS) is None
