"""The rule on files that can not be opened."""

import pytest

from shared.validation.facts import ArchiveFacts, ClipFacts, DocumentFacts, ItemLimits
from shared.validation.rules import readable

LIMITS = ItemLimits(types=("mp4",), max_bytes=1000)


@pytest.mark.parametrize(
    ("problem", "code"),
    [(None, None), ("damaged", "damaged"), ("encrypted", "encrypted"), ("limits", "too_complex"), ("a new one", "damaged")],
)
def test_readable_by_problem(problem: str | None, code: str | None) -> None:
    finding = readable.check(ClipFacts(type="mp4", size_bytes=1, problem=problem), LIMITS)
    assert (finding.code if finding else None) == code


@pytest.mark.parametrize(("problem", "code"), [("damaged", "zip_damaged"), ("encrypted", "zip_encrypted"), ("limits", "zip_too_large")])
def test_zip_has_words_of_its_own(problem: str, code: str) -> None:
    finding = readable.check(ArchiveFacts(type="zip", size_bytes=1, problem=problem), ItemLimits(types=("jpg", "zip"), max_bytes=1000))
    assert (finding.code if finding else None) == code


@pytest.mark.parametrize(
    ("types", "code"), [(("jpg", "zip"), "zip_damaged"), (("xlsx", "zip"), "damaged"), (("docx",), "damaged"), (("pdf",), None)]
)
def test_broken_archive_is_called_a_zip_only_where_nothing_else_was_asked_for(types: tuple[str, ...], code: str | None) -> None:
    finding = readable.check(DocumentFacts(type=None, size_bytes=1, problem="damaged"), ItemLimits(types=types, max_bytes=1000))
    assert (finding.code if finding else None) == code


def test_file_of_a_type_that_is_not_taken_is_left_to_the_rule_on_types() -> None:
    assert readable.check(DocumentFacts(type="pdf", size_bytes=1, problem="encrypted"), LIMITS) is None
