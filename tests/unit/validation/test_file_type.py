"""The rule on a file's type."""

import pytest

from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.rules import file_type

LIMITS = ItemLimits(types=("mp4", "mov"), max_bytes=1000)


@pytest.mark.parametrize(("type_", "code"), [("mp4", None), ("mov", None), ("pdf", "wrong_type"), (None, "wrong_type")])
def test_file_type_by_content(type_: str | None, code: str | None) -> None:
    finding = file_type.check(FileFacts(type=type_, size_bytes=1), LIMITS)
    assert (finding.code if finding else None) == code


def test_wrong_type_is_told_what_is_taken() -> None:
    finding = file_type.check(FileFacts(type="pdf", size_bytes=1), LIMITS)
    assert finding is not None
    assert "รับเฉพาะ MP4, MOV " in finding.text("th")


def test_empty_file_is_left_to_the_rule_on_size() -> None:
    assert file_type.check(FileFacts(type=None, size_bytes=0), LIMITS) is None
