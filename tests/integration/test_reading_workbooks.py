"""What is found of workbooks, presentations and zips of pictures."""

from pathlib import Path

import pytest
from media.corpus import media

from shared.validation.facts import ArchiveFacts, DocumentFacts, ItemLimits
from shared.validation.inspection import inspect
from shared.validation.rules import examine

pytestmark = pytest.mark.usefixtures("installation")


def found(name: str) -> tuple[DocumentFacts, list[str]]:
    """Return the facts, and the codes for an item that takes the type in the name."""
    facts = inspect(media(name))
    assert isinstance(facts, DocumentFacts)
    limits = ItemLimits(types=(name.rpartition(".")[2],), max_bytes=50 * 1024**2, max_pages=100)
    return facts, [finding.code for finding in examine(facts, limits)]


@pytest.mark.parametrize(
    ("name", "pages", "text"),
    [
        ("budget.xlsx", None, "text"), ("budget.ods", None, "text"), ("slides.pptx", 3, "text"), ("show.pptx", 2, "text"),
        ("pictures.zip", 4, "scan"), ("mac.zip", 3, "scan"), ("one.zip", 1, "scan"),
    ],
)  # fmt: skip
def test_type_is_told_by_structure_and_pages_are_counted(name: str, pages: int | None, text: str) -> None:
    facts, codes = found(name)
    assert (facts.type, facts.problem, facts.pages, facts.text, facts.active, codes) == (
        name.rpartition(".")[2], None, pages, text, (), [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("blank.xlsx", "blank"), ("macros.xlsx", "macros"), ("macros-by-type.xlsx", "macros"), ("old-macros.xlsx", "macros"),
        ("macros.pptx", "macros"), ("connected.xlsx", "active_content"), ("linked.ods", "active_content"),
        ("film-inside.pptx", "active_content"), ("no-slides.pptx", "no_pages"), ("truncated.xlsx", "damaged"), ("broken.xlsx", "damaged"),
        ("bomb.xlsx", "damaged"), ("locked.xlsx", "encrypted"), ("locked.ods", "encrypted"), ("binary.xlsx", "wrong_type"),
        ("text-called.xlsx", "wrong_type"),
        ("empty.zip", "zip_without_pictures"), ("only-leftovers.zip", "zip_without_pictures"), ("with-program.zip", "zip_holds_others"),
        ("with-wrong-ending.zip", "zip_holds_others"), ("with-heic.zip", "zip_holds_others"), ("with-zip.zip", "zip_holds_others"),
        ("outside.zip", "zip_holds_others"), ("absolute.zip", "zip_holds_others"), ("link.zip", "zip_holds_others"),
        ("with-broken.zip", "zip_picture_damaged"), ("wrong-sum.zip", "zip_picture_damaged"), ("says-less.zip", "zip_picture_damaged"),
        ("locked.zip", "zip_encrypted"), ("truncated.zip", "zip_damaged"), ("bomb.zip", "zip_too_large"), ("many.zip", "too_many_pictures"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_and_nothing_else(name: str, code: str) -> None:
    assert found(name)[1] == [code]


def test_locked_document_does_not_show_its_type_and_is_refused_as_locked_where_an_office_document_is_asked_for() -> None:
    facts = inspect(media("locked.xlsx"))
    assert (facts.type, facts.problem) == (None, "encrypted")
    for types, code in ((("pptx",), "encrypted"), (("pdf",), "wrong_type")):
        assert [finding.code for finding in examine(facts, ItemLimits(types=types, max_bytes=1024**2))] == [code]


@pytest.mark.parametrize(
    ("name", "strange"),
    [("thai-windows.zip", ("รูป๑-2.txt",)), ("mac-thai.zip", ("รู.txt",)), ("with-program.zip", ("holiday.exe",))],
)
def test_what_is_no_picture_is_named_as_its_maker_named_it(name: str, strange: tuple[str, ...]) -> None:
    facts, _ = found(name)
    assert isinstance(facts, ArchiveFacts)
    assert facts.strange == strange


def test_nothing_of_a_zip_is_unpacked() -> None:
    for name in ("outside.zip", "absolute.zip", "link.zip"):
        found(name)
    assert not Path("/tmp/omsap-was-here.jpg").exists()  # noqa: S108  # where a name in the zip leads
    assert not Path("/etc/cron.d/omsap.jpg").exists()


def test_zip_is_taken_only_where_it_is_asked_for() -> None:
    facts = inspect(media("pictures.zip"))
    assert [finding.code for finding in examine(facts, ItemLimits(types=("jpg", "png"), max_bytes=1024**2))] == ["wrong_type"]
