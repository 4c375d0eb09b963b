"""The rule on a file's type."""

import pytest

from shared.validation.facts import DocumentFacts, FileFacts, ItemLimits, SoundFacts
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


def test_sound_in_the_place_of_a_clip_is_left_to_the_rule_on_pictures() -> None:
    sound = SoundFacts(type="mp3", size_bytes=1)
    assert file_type.check(sound, LIMITS) is None
    assert file_type.check(sound, ItemLimits(types=("pdf",), max_bytes=1000)) is not None


@pytest.mark.parametrize(
    ("problem", "types", "code"),
    [
        ("encrypted", ("pdf", "xlsx"), None), ("encrypted", ("pdf", "ods"), "wrong_type"),
        ("damaged", ("ods",), None), ("limits", ("zip",), None), ("damaged", ("pdf",), "wrong_type"),
    ],
)  # fmt: skip
def test_locked_document_and_broken_archive_may_be_any_of_their_kind(problem: str, types: tuple[str, ...], code: str | None) -> None:
    finding = file_type.check(DocumentFacts(type=None, size_bytes=1, problem=problem), ItemLimits(types=types, max_bytes=1000))
    assert (finding.code if finding else None) == code


def test_empty_file_is_left_to_the_rule_on_size() -> None:
    assert file_type.check(FileFacts(type=None, size_bytes=0), LIMITS) is None
