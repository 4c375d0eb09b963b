"""What holds of every rule, and of those on size, type and readability."""

import string
from pathlib import Path

import pytest

from shared.validation import rules
from shared.validation.facts import ClipFacts, FileFacts, Limits
from shared.validation.rules import WORDS, examine, file_type, readable, size

LIMITS = Limits(types=("mp4", "mov"), max_bytes=1000)


def test_rules_are_all_listed() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {rule.__name__.rpartition(".")[2] for rule in rules.RULES}


@pytest.mark.parametrize("code", sorted(WORDS))
def test_words_ask_for_the_same_data_in_both_languages(code: str) -> None:
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (WORDS[code].th, WORDS[code].en)]
    assert fields[0] == fields[1]


def test_examine_of_an_empty_file_says_one_thing() -> None:
    assert [finding.code for finding in examine(FileFacts(type=None, size_bytes=0), LIMITS)] == ["file_empty"]


@pytest.mark.parametrize(("bytes_", "code"), [(1, None), (1000, None), (1001, "file_too_large"), (0, "file_empty")])
def test_size_at_and_around_the_limit(bytes_: int, code: str | None) -> None:
    finding = size.check(FileFacts(type="mp4", size_bytes=bytes_), LIMITS)
    assert (finding.code if finding else None) == code


@pytest.mark.parametrize(("type_", "code"), [("mp4", None), ("mov", None), ("pdf", "wrong_type"), (None, "wrong_type")])
def test_file_type_by_content(type_: str | None, code: str | None) -> None:
    finding = file_type.check(FileFacts(type=type_, size_bytes=1), LIMITS)
    assert (finding.code if finding else None) == code


@pytest.mark.parametrize(("problem", "code"), [(None, None), ("damaged", "damaged"), ("encrypted", "encrypted"), ("limits", "too_complex")])
def test_readable_by_problem(problem: str | None, code: str | None) -> None:
    finding = readable.check(ClipFacts(type="mp4", size_bytes=1, problem=problem), LIMITS)
    assert (finding.code if finding else None) == code
