"""The rule that a clip's file is whole."""

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, ItemLimits
from shared.validation.findings import Severity
from shared.validation.rules import truncated

LIMITS = ItemLimits(types=("mp4",), max_bytes=1000)


def clip(header: float | None, found: float | None, *, missing: int = 50) -> ClipFacts:
    return ClipFacts(type="mp4", size_bytes=950, header_seconds=header, duration_seconds=found, missing_bytes=missing)


@pytest.mark.parametrize(
    ("header", "found", "code"),
    [
        (240, 240, "end_missing"),
        (240, 216, "end_missing"),
        (240, 215.9, "truncated"),
        (10, 8, "end_missing"),
        (10, 7.9, "truncated"),
        (240, 300, "end_missing"),
        (None, 60, "end_missing"),
        (240, None, None),
    ],
)
def test_much_is_more_than_a_tenth_and_two_seconds(header: float | None, found: float | None, code: str | None) -> None:
    finding = truncated.check(clip(header, found), LIMITS)
    assert (finding.code if finding else None) == code


def test_a_header_is_no_evidence_where_no_byte_is_missing() -> None:
    assert truncated.check(clip(3600, 6, missing=0), LIMITS) is None


@pytest.mark.parametrize(("missing", "severity"), [(105, Severity.ADVICE), (106, Severity.BLOCKING)])
def test_end_that_is_missing_blocks_when_it_is_more_than_a_tenth(missing: int, severity: Severity) -> None:
    finding = truncated.check(clip(None, 60, missing=missing), LIMITS)
    assert finding is not None
    assert finding.severity is severity
    assert "ท้ายไฟล์ขาดไป 1 KB ส่วนที่เหลือยาว 1:00 นาที" in finding.text("th")


def test_truncated_clip_is_told_how_long_it_should_be_and_is() -> None:
    finding = truncated.check(clip(240, 61), LIMITS)
    assert finding is not None
    assert finding.severity is Severity.BLOCKING
    assert "ควรยาว 4:00 แต่มีภาพหรือเสียงถึงแค่ 1:01" in finding.text("th")


def test_document_has_no_length() -> None:
    assert truncated.check(DocumentFacts(type="pdf", size_bytes=1), LIMITS) is None
