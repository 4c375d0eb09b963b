"""The rule on a document's pages."""

import pytest

from shared.validation.facts import ArchiveFacts, ClipFacts, DocumentFacts, ItemLimits
from shared.validation.rules import pages

LIMITS = ItemLimits(types=("pdf",), max_bytes=1000, min_pages=2, max_pages=20)


@pytest.mark.parametrize(
    ("found", "code"), [(0, "no_pages"), (1, "too_few_pages"), (2, None), (20, None), (21, "too_many_pages"), (None, None)]
)
def test_pages_at_and_around_the_limits(found: int | None, code: str | None) -> None:
    finding = pages.check(DocumentFacts(type="pdf", size_bytes=1, pages=found), LIMITS)
    assert (finding.code if finding else None) == code


def test_document_without_limits_needs_one_page() -> None:
    limits = ItemLimits(types=("pdf",), max_bytes=1000)
    assert pages.check(DocumentFacts(type="pdf", size_bytes=1, pages=400), limits) is None
    assert pages.check(DocumentFacts(type="pdf", size_bytes=1, pages=0), limits) is not None


def test_too_many_pages_are_told_with_the_limit() -> None:
    finding = pages.check(DocumentFacts(type="pdf", size_bytes=1, pages=31), LIMITS)
    assert finding is not None
    assert finding.text("th") == "เอกสารมี 31 หน้า มากกว่าที่กำหนด 20 หน้า โปรดย่อให้สั้นลง"


def test_document_that_can_not_be_opened_and_clips_and_zips_are_not_judged_by_pages() -> None:
    assert pages.check(ArchiveFacts(type="zip", size_bytes=1, pages=21), LIMITS) is None
    assert pages.check(DocumentFacts(type="pdf", size_bytes=1, pages=0, problem="encrypted"), LIMITS) is None
    assert pages.check(ClipFacts(type="mp4", size_bytes=1), LIMITS) is None
