"""What is found of plans as groups make them."""

import pytest
from media.corpus import media

from shared.validation.facts import DocumentFacts, ItemLimits
from shared.validation.inspection import inspect
from shared.validation.rules import examine

pytestmark = pytest.mark.usefixtures("installation")
PLAN = ItemLimits(types=("pdf", "docx", "odt", "jpg", "png"), max_bytes=50 * 1024**2, min_pages=1, max_pages=100)


def found(name: str) -> tuple[DocumentFacts, list[str]]:
    facts = inspect(media(name))
    assert isinstance(facts, DocumentFacts)
    return facts, [finding.code for finding in examine(facts, PLAN)]


@pytest.mark.parametrize(
    ("name", "pages", "text"),
    [
        ("written.pdf", 2, "text"), ("scanned.pdf", 2, "scan"), ("owner-locked.pdf", 2, "text"), ("written.docx", None, "text"),
        ("written.odt", None, "text"), ("page-1.jpg", 1, "scan"), ("transparent.png", 1, "scan"), ("two-in-one.jpg", 1, "scan"),
    ],
)  # fmt: skip
def test_pages_are_counted_and_text_is_told_from_scans(name: str, pages: int | None, text: str) -> None:
    facts, codes = found(name)
    assert (facts.problem, facts.pages, facts.text, facts.active, codes) == (None, pages, text, (), [])


def test_pages_with_nothing_on_them_are_advice() -> None:
    facts, codes = found("blank.pdf")
    assert (facts.text, codes) == ("empty", ["blank"])


@pytest.mark.parametrize(
    ("name", "active"),
    [
        ("active.pdf", ("action", "files", "form", "launch", "link", "media", "script")), ("macros.docx", ("script",)),
        ("linked.docx", ("link",)), ("linked.odt", ("link",)),
    ],
)  # fmt: skip
def test_what_acts_by_itself_is_advice(name: str, active: tuple[str, ...]) -> None:
    facts, codes = found(name)
    assert (facts.active, codes) == (active, ["active_content"])


def test_names_in_old_thai_letters_are_no_damage() -> None:
    facts, codes = found("old-names.pdf")
    assert (facts.problem, facts.pages, facts.text, codes) == (None, 1, "scan", ["active_content"])


@pytest.mark.parametrize("name", ["locked.pdf", "locked.docx", "locked.odt"])
def test_what_needs_a_password_is_refused_with_words(name: str) -> None:
    facts, codes = found(name)
    assert (facts.pages, codes) == (None, ["encrypted"])
