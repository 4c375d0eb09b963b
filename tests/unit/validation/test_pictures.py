"""The rule on zips of pictures."""

from typing import Any

import pytest

from shared.forms.items import Item
from shared.text import Text
from shared.validation.facts import MOST_PICTURES, ArchiveFacts, DocumentFacts, ItemLimits
from shared.validation.operations import limits_of
from shared.validation.rules import pictures

LIMITS = ItemLimits(types=("zip",), max_bytes=1000, min_pictures=2, max_pictures=4, min_pages=1, max_pages=1)


def code(limits: ItemLimits = LIMITS, **about: Any) -> str | None:
    finding = pictures.check(ArchiveFacts(**{"type": "zip", "size_bytes": 1, **about}), limits)
    return finding.code if finding else None


@pytest.mark.parametrize(
    ("pages", "found"), [(0, "zip_without_pictures"), (1, "too_few_pictures"), (2, None), (4, None), (5, "too_many_pictures"), (None, None)]
)
def test_pictures_at_and_around_the_limits(pages: int | None, found: str | None) -> None:
    assert code(pages=pages) == found


def test_zip_without_limits_holds_one_picture_at_least_and_no_more_than_are_looked_at() -> None:
    limits = ItemLimits(types=("zip",), max_bytes=1000)
    found = [code(limits, pages=pages) for pages in (0, 1, MOST_PICTURES, MOST_PICTURES + 1)]
    assert found == ["zip_without_pictures", None, None, "too_many_pictures"]


def test_what_is_no_picture_is_named() -> None:
    finding = pictures.check(ArchiveFacts(type="zip", size_bytes=1, pages=3, strange=("a.exe", "{b}.txt")), LIMITS)
    assert finding is not None
    assert (finding.code, finding.data) == ("zip_holds_others", {"names": "a.exe, {b}.txt"})
    assert "(a.exe, {b}.txt)" in finding.text("th")
    assert code(pages=3, broken=("1.jpg",)) == "zip_picture_damaged"
    assert code(pages=0, strange=("a.exe",)) == "zip_holds_others"


def test_other_files_are_not_judged() -> None:
    assert code(pages=0, problem="damaged") is None
    assert code(ItemLimits(types=("pdf",), max_bytes=1), pages=0) is None
    assert pictures.check(DocumentFacts(type="pdf", size_bytes=1, pages=0), LIMITS) is None


def test_limits_are_those_of_the_item() -> None:
    item = Item(key="photos", label=Text("ภาพ", "Pictures"), types=("zip",), max_bytes=1, min_pictures=2, max_pictures=30)
    assert (limits_of(item).min_pictures, limits_of(item).max_pictures) == (2, 30)
