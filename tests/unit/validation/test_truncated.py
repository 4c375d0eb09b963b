"""The rule that a clip is whole."""

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, Limits
from shared.validation.rules import truncated

LIMITS = Limits(types=("mp4",), max_bytes=1000)


@pytest.mark.parametrize(
    ("header", "found", "code"),
    [
        (240, 240, None),
        (240, 216, None),
        (240, 215.9, "truncated"),
        (10, 8, None),
        (10, 7.9, "truncated"),
        (240, 300, None),
        (None, 60, None),
        (240, None, None),
    ],
)
def test_missing_is_more_than_a_tenth_and_two_seconds(header: float | None, found: float | None, code: str | None) -> None:
    finding = truncated.check(ClipFacts(type="mp4", size_bytes=1, header_seconds=header, duration_seconds=found), LIMITS)
    assert (finding.code if finding else None) == code


def test_truncated_clip_is_told_how_long_it_should_be_and_is() -> None:
    finding = truncated.check(ClipFacts(type="mp4", size_bytes=1, header_seconds=240, duration_seconds=61), LIMITS)
    assert finding is not None
    assert "ควรยาว 4:00 แต่มีภาพถึงแค่ 1:01" in finding.text("th")


def test_document_has_no_length() -> None:
    assert truncated.check(DocumentFacts(type="pdf", size_bytes=1), LIMITS) is None
