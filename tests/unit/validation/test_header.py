"""The rule on a header that says another length than was measured."""

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, ItemLimits
from shared.validation.findings import Severity
from shared.validation.rules import header

LIMITS = ItemLimits(types=("mp4",), max_bytes=1000, max_seconds=300)


def clip(said: float | None, found: float | None, missing: int = 0) -> ClipFacts:
    return ClipFacts(type="mp4", size_bytes=1, header_seconds=said, duration_seconds=found, missing_bytes=missing)


@pytest.mark.parametrize(("said", "found"), [(10, 8), (8, 10), (306, 300), (294, 300), (None, 300), (300, None)])
def test_header_may_be_off_by_two_seconds_or_two_in_a_hundred(said: float | None, found: float | None) -> None:
    assert header.check(clip(said, found), LIMITS) is None


@pytest.mark.parametrize(("said", "found"), [(10.1, 8), (306.1, 300), (293.9, 300), (3600, 20), (1, 320)])
def test_header_that_lies_is_told_and_refuses_nobody(said: float, found: float) -> None:
    finding = header.check(clip(said, found), LIMITS)
    assert finding is not None
    assert finding.severity is Severity.ADVICE


def test_header_that_lies_is_told_with_both_lengths() -> None:
    finding = header.check(clip(3600, 20), LIMITS)
    assert finding is not None
    assert "บอกว่ายาว 1:00:00 นาที แต่วัดจากภาพและเสียงได้ 0:20 นาที" in finding.text("th")


def test_clip_that_was_cut_off_is_left_to_the_rule_on_that() -> None:
    assert header.check(clip(240, 60, missing=1), LIMITS) is None
    assert header.check(DocumentFacts(type="pdf", size_bytes=1), LIMITS) is None
