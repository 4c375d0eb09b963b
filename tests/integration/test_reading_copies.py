"""What people read instead of a document: everything on the pages is there, and nothing that acts by itself."""

import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it brings no types
import pytest
from factories.canary import canary
from media import plans, workbooks
from media.corpus import media
from PIL import Image

from shared.notifications.letters.setting import FONTS
from shared.sandbox import ToolFailed, ToolMissing
from shared.tools import reading_copies
from shared.tools.reading_copies import ReadingCopy

pytestmark = pytest.mark.usefixtures("installation")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="this machine has no LibreOffice (make office)")


def made(name: str, folder: Path) -> ReadingCopy:
    out = folder / f"of {name}"
    out.mkdir()
    return reading_copies.make(media(name), name.rpartition(".")[2], out=out, fonts=FONTS)


def picture(document: Path, page: int = 0) -> Image.Image:
    """Draw a page, 600 pixels wide, in grey."""
    with pypdfium2.PdfDocument(document) as opened:
        drawn: Image.Image = opened[page].render(scale=600 / opened[page].get_size()[0]).to_pil()
        return drawn.convert("L")


def block_width(drawn: Image.Image) -> int:
    """Return the width in pixels of the black block at the top left of a photographed page, which tells the pages apart."""
    row = [drawn.getpixel((x, drawn.height * 110 // 1200)) for x in range(drawn.width)]
    return sum(isinstance(value, int | float) and value < 80 for value in row)


def letters(document: Path) -> str:
    """Return the letters of all pages; vowels and tone marks apart, which programs write down in an order of their own."""
    with pypdfium2.PdfDocument(document) as opened:
        text = "".join(page.get_textpage().get_text_range() for page in opened)
    return "".join(letter for letter in text if unicodedata.category(letter) in ("Lo", "Nd"))


@needs_office
@pytest.mark.parametrize(
    ("name", "pages", "words"),
    [
        ("written.docx", 2, "แผนธุรกิจกลุ่มออมทรัพย์เพื่อการผลิต"),
        ("written.odt", 1, "แผนธุรกิจกลุ่มออมทรัพย์เพื่อการผลิต"),
        ("macros.docx", 1, "แผนธุรกิจ"),
        ("budget.xlsx", 1, workbooks.WORDS),
        ("budget.ods", 1, workbooks.WORDS),
        ("slides.pptx", 3, workbooks.WORDS),
        ("show.pptx", 2, workbooks.WORDS),
    ],
)
def test_office_documents_become_pdfs_with_their_thai_words(name: str, pages: int, words: str, tmp_path: Path) -> None:
    copy = made(name, tmp_path)
    assert copy.pages == pages
    assert "".join(re.findall(r"[ก-ฮเแโใไะาฤๅ๐-๙]", words)) in letters(copy.document)
    drawn = picture(copy.document)
    ink = sum(drawn.histogram()[:128]) / (drawn.width * drawn.height)
    assert 0.0003 < ink < 0.2


@needs_office
def test_numbers_of_a_workbook_are_there_also_those_it_adds_up(tmp_path: Path) -> None:
    text = letters(made("budget.xlsx", tmp_path).document)
    assert all(number in text for number in ("1200", "800", "2000"))


@needs_office
def test_office_documents_are_set_in_fonts_that_have_thai_letters(tmp_path: Path) -> None:
    with pikepdf.open(made("written.docx", tmp_path).document) as document:
        fonts = {str(one["/BaseFont"]) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one}
    assert any("Sarabun" in name for name in fonts)
    # A font that is asked for and missing is set in one of the two Thai ones; other letters than Thai may come from anywhere.
    assert all(re.search("Sarabun|Laksaman|DejaVu|Liberation", name) for name in fonts)


@needs_office
@pytest.mark.parametrize(
    ("type_", "recipe"),
    [
        ("docx", plans.word_with_picture_from),
        ("odt", plans.writer_with_picture_from),
        ("xlsx", workbooks.workbook_asking),
        ("ods", workbooks.ods_asking),
        ("pptx", workbooks.slides_asking),
    ],
)
def test_what_lies_elsewhere_is_never_asked_for_not_even_without_the_jail(
    type_: str, recipe: Callable[[str], Callable[[Path], None]], tmp_path: Path
) -> None:
    with canary() as listening:
        file = tmp_path / "file"
        recipe(f"{listening.address}.png")(file)
        for folder in ("inside", "outside"):
            (tmp_path / folder).mkdir()
        assert reading_copies.make(file, type_, out=tmp_path / "inside", fonts=FONTS).pages == 1
        # The profile alone, as on a machine whose kernel allows no jail.
        argv = [sys.executable, str(reading_copies.OFFICE_TOOL), type_, str(file), str(tmp_path / "outside"), str(FONTS)]
        subprocess.run(argv, check=True, capture_output=True, timeout=60)
        assert list((tmp_path / "outside").glob("*.pdf"))
        assert listening.asked == []


@needs_office
def test_office_document_that_can_not_be_opened_is_the_files_fault(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed):
        made("cut.docx", tmp_path)


def test_office_suite_without_the_part_that_prints_workbooks_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("program", "share/registry", "out"):
        (tmp_path / folder).mkdir(parents=True)
    suite = tmp_path / "program/soffice"
    suite.write_text("#!/bin/sh\n")
    suite.chmod(0o755)
    (tmp_path / "share/registry/writer.xcd").touch()
    monkeypatch.setenv("PATH", str(suite.parent))
    assert [reading_copies.prints(program) for program in ("writer", "calc", "impress")] == [True, False, False]
    with pytest.raises(ToolMissing) as refused:
        reading_copies.make(media("budget.xlsx"), "xlsx", out=tmp_path / "out", fonts=FONTS)
    assert refused.value.facts["tool"] == "LibreOffice Calc"


def test_office_document_on_a_machine_without_office_suite_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing) as refused:
        made("written.docx", tmp_path)
    assert refused.value.facts["tool"] == "LibreOffice Writer"


def test_what_acts_by_itself_is_gone_and_every_page_is_there(tmp_path: Path) -> None:
    copy = made("active.pdf", tmp_path)
    with pikepdf.open(media("active.pdf")) as before, pikepdf.open(copy.document) as after:
        assert len(after.pages) == len(before.pages) == copy.pages == 3
        names = b" ".join(one.unparse(resolved=True) for one in after.objects)
        for gone in (b"JavaScript", b"/JS", b"/Launch", b"EmbeddedFile", b"/EF", b"/XFA", b"/RichMedia", b"/FileAttachment", b"/Screen",
                     b"/AA", b"file:", b"/GoToR", b"somebody", b"/Metadata"):  # fmt: skip
            assert gone not in names, gone
        assert b"https://group.example/shop" in names
        assert after.is_linearized
    assert letters(copy.document) == letters(media("active.pdf"))
    assert picture(copy.document).tobytes() == picture(media("active.pdf")).tobytes()


def test_names_in_old_thai_letters_stay_as_they_are(tmp_path: Path) -> None:
    copy = made("old-names.pdf", tmp_path)
    assert copy.pages == 1
    assert picture(copy.document).tobytes() == picture(media("old-names.pdf")).tobytes()


def test_document_with_an_owners_password_is_freed_of_it(tmp_path: Path) -> None:
    copy = made("owner-locked.pdf", tmp_path)
    with pikepdf.open(copy.document) as document:
        assert (document.is_encrypted, len(document.pages)) == (False, 2)


def test_document_that_needs_a_password_has_no_copy(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed):
        made("locked.pdf", tmp_path)


def test_turned_photograph_stands_upright_and_tells_no_place(tmp_path: Path) -> None:
    copy = made("page-2-turned.jpg", tmp_path)
    drawn = picture(copy.document)
    assert drawn.height > drawn.width
    assert block_width(drawn) == pytest.approx(400 * 600 / 900, abs=6)
    assert b"Exif" in media("page-2-turned.jpg").read_bytes()
    assert b"Exif" not in copy.document.read_bytes()


def test_of_two_pictures_in_one_file_the_first_is_the_page(tmp_path: Path) -> None:
    copy = made("two-in-one.jpg", tmp_path)
    assert copy.pages == 1
    assert block_width(picture(copy.document)) == pytest.approx(200 * 600 / 900, abs=6)


def test_see_through_picture_lies_on_white(tmp_path: Path) -> None:
    drawn = picture(made("transparent.png", tmp_path).document)
    assert drawn.getextrema()[1] == 255
    assert drawn.getpixel((drawn.width - 5, drawn.height - 5)) == 255


def test_first_pages_have_pictures_of_bearable_size(tmp_path: Path) -> None:
    copy = made("many-pages.pdf", tmp_path)
    assert (copy.pages, len(copy.pictures)) == (120, reading_copies.FIRST_PAGES)
    with Image.open(copy.pictures[0]) as drawn:
        assert (drawn.format, drawn.width) == ("JPEG", reading_copies.PAGE_WIDTH)


def test_pictures_of_a_zip_become_one_document_in_the_order_of_their_names(tmp_path: Path) -> None:
    copy = made("pictures.zip", tmp_path)
    assert (copy.pages, len(copy.pictures)) == (4, 4)
    widths = [picture(copy.document, page).crop((40, 60, 600, 61)).histogram()[:80] for page in range(4)]
    # `a/4.PNG`, then 1, 2 and 10, whose block is as wide as its picture.
    assert [round(sum(dark) / 120) for dark in widths] == [4, 1, 2, 5]


@pytest.mark.parametrize("name", ["one.zip", "mac.zip", "thai-windows.zip"])
def test_copy_of_a_zip_has_its_pictures_and_nothing_else(name: str, tmp_path: Path) -> None:
    copy = made(name, tmp_path)
    assert copy.pages == {"one.zip": 1, "mac.zip": 3, "thai-windows.zip": 1}[name]
    with pikepdf.open(copy.document) as document:
        assert all(len(page.get_images()) == 1 for page in document.pages)


def test_two_hundred_pictures_are_bound_within_the_limits(tmp_path: Path) -> None:
    assert made("many.zip", tmp_path).pages == 201


def test_zip_without_pictures_has_no_copy(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed):
        made("empty.zip", tmp_path)


def test_photographs_are_bound_in_order(tmp_path: Path) -> None:
    parts, out = tmp_path / "parts", tmp_path / "out"
    parts.mkdir()
    out.mkdir()
    for number, name in enumerate(("page-3.jpg", "page-1.jpg", "page-2-turned.jpg")):
        shutil.copy(made(name, tmp_path).document, parts / f"{number:04}.pdf")
    bound = reading_copies.bind(parts, out=out)
    assert bound.pages == 3
    widths = [block_width(picture(bound.document, page)) * 900 / 600 / 200 for page in range(3)]
    assert [round(width) for width in widths] == [3, 1, 2]
