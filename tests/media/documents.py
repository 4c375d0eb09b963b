"""Plans: whole, empty, locked, broken and bloated."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

Recipe = Callable[[Path], None]
WORD = '<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body><w:p>แผนธุรกิจ</w:p></w:body></w:document>'
TYPES = (
    '<Types><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships><Relationship Id="a" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def _pdf(pages: int, **options: Any) -> Recipe:
    def make(path: Path) -> None:
        document = pikepdf.new()
        for _ in range(pages):
            document.add_blank_page().contents_add(b"72 72 200 40 re f")
        document.save(path, **options)

    return make


def _bytes(content: bytes) -> Recipe:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def _truncated_pdf(path: Path) -> None:
    _pdf(3)(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])


def _docx(path: Path, *, pages: int = 4, bloat: int = 0) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", WORD)
        archive.writestr("docProps/app.xml", f"<Properties><Pages>{pages}</Pages></Properties>")
        for number in range(bloat):
            archive.writestr(f"word/media/{number}.bin", bytes(32 * 1024 * 1024))


def _odt(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", "<office:document-content><text:p>แผนธุรกิจ</text:p></office:document-content>")
        archive.writestr("meta.xml", '<office:meta><meta:document-statistic meta:page-count="3"/></office:meta>')


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "no plan")


def _picture(form: str) -> Recipe:
    return lambda path: Image.new("RGB", (640, 480), "white").save(path, form)


def _truncated_picture(path: Path) -> None:
    _picture("JPEG")(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


RECIPES: dict[str, Recipe] = {
    "plan.pdf": _pdf(3),
    "without-pages.pdf": _pdf(0),
    "many-pages.pdf": _pdf(120),
    "locked.pdf": _pdf(2, encryption=pikepdf.Encryption(owner="owner", user="user")),
    "truncated.pdf": _truncated_pdf,
    "header-only.pdf": _bytes(b"%PDF-1.7\nnothing follows"),
    "plan.docx": _docx,
    "bomb.docx": lambda path: _docx(path, bloat=16),
    "cut.docx": _bytes(b"PK\x03\x04" + bytes(200)),
    "plan.odt": _odt,
    "archive.docx": _zip,
    "scan.jpg": _picture("JPEG"),
    "scan.png": _picture("PNG"),
    "truncated.jpg": _truncated_picture,
}
