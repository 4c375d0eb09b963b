"""What holds of every rule."""

import string
from pathlib import Path

import pytest

from shared.validation import rules
from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.rules import WORDS, examine

LIMITS = ItemLimits(types=("mp4", "mov"), max_bytes=1000)


def test_rules_are_all_listed() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {rule.__name__.rpartition(".")[2] for rule in rules.RULES}


@pytest.mark.parametrize("code", sorted(WORDS))
def test_words_ask_for_the_same_data_in_both_languages(code: str) -> None:
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (WORDS[code].th, WORDS[code].en)]
    assert fields[0] == fields[1]


def test_examine_of_an_empty_file_says_one_thing() -> None:
    assert [finding.code for finding in examine(FileFacts(type=None, size_bytes=0), LIMITS)] == ["file_empty"]
