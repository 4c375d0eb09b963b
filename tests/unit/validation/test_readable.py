"""The rule on files that can not be opened."""

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, ItemLimits
from shared.validation.rules import readable

LIMITS = ItemLimits(types=("mp4",), max_bytes=1000)


@pytest.mark.parametrize(
    ("problem", "code"),
    [(None, None), ("damaged", "damaged"), ("encrypted", "encrypted"), ("limits", "too_complex"), ("a new one", "damaged")],
)
def test_readable_by_problem(problem: str | None, code: str | None) -> None:
    finding = readable.check(ClipFacts(type="mp4", size_bytes=1, problem=problem), LIMITS)
    assert (finding.code if finding else None) == code


def test_file_of_a_type_that_is_not_taken_is_left_to_the_rule_on_types() -> None:
    assert readable.check(DocumentFacts(type="pdf", size_bytes=1, problem="encrypted"), LIMITS) is None
