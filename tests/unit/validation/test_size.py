"""The rule on a file's size."""

import pytest

from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.rules import size

MIB = 1024 * 1024
LIMITS = ItemLimits(types=("mp4",), max_bytes=50 * MIB)


@pytest.mark.parametrize(("bytes_", "code"), [(1, None), (50 * MIB, None), (50 * MIB + 1, "file_too_large"), (0, "file_empty")])
def test_size_at_and_around_the_limit(bytes_: int, code: str | None) -> None:
    finding = size.check(FileFacts(type="mp4", size_bytes=bytes_), LIMITS)
    assert (finding.code if finding else None) == code


def test_file_that_is_too_large_is_told_both_sizes() -> None:
    finding = size.check(FileFacts(type="mp4", size_bytes=73 * MIB + MIB // 2), LIMITS)
    assert finding is not None
    assert finding.text("th") == "ไฟล์มีขนาด 73.5 MB เกินที่กำหนดไม่เกิน 50 MB โปรดลดขนาดไฟล์แล้วส่งใหม่"
