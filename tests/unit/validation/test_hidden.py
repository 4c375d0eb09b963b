"""The rule on what a clip holds and does not show."""

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, ItemLimits
from shared.validation.findings import Severity
from shared.validation.rules import hidden

LIMITS = ItemLimits(types=("mp4",), max_bytes=1000, max_seconds=300)


@pytest.mark.parametrize(("seconds", "missing", "told"), [(0, 0, False), (2.0, 0, False), (2.1, 0, True), (60, 1, False)])
def test_hidden_is_what_is_longer_than_a_cut_needs(seconds: float, missing: int, told: bool) -> None:
    facts = ClipFacts(type="mp4", size_bytes=1, duration_seconds=299, hidden_seconds=seconds, missing_bytes=missing)
    assert (hidden.check(facts, LIMITS) is not None) is told


def test_hidden_part_is_an_advice_that_says_how_long_it_is() -> None:
    finding = hidden.check(ClipFacts(type="mp4", size_bytes=1, duration_seconds=299, hidden_seconds=21), LIMITS)
    assert finding is not None
    assert finding.severity is Severity.ADVICE
    assert "ตัดออกไว้อีก 0:21 นาที" in finding.text("th")


def test_document_hides_no_pictures() -> None:
    assert hidden.check(DocumentFacts(type="pdf", size_bytes=1), LIMITS) is None
