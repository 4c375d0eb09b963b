"""Runs alone, in the jail: opens one office document, scan or zip of pictures, and says in JSON how many pages it has, or what is wrong.

`type FILE`: what a zip file is. `TYPE FILE`: what is in a file of that type.
After ECMA-376 part 2 (content types, relations) and ODF 1.3 part 2, 3.3 (mimetype).
"""

import io
import json
import os
import re
import stat
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

INFLATED_BYTES = 200 * 1024 * 1024
"""A document that unpacks to more is a bomb."""
INFLATED_TIMES = 4
"""Pictures are packed already: a zip of them may unpack to more, if it is not so many times its own size."""
NAMES_BYTES = 1024 * 1024
"""Of the list of what an archive holds: documents hold some dozens of parts."""
MOST_PICTURES = 200
"""As `validation.facts` says."""
NAMED = 5
"""Of what is no picture the first so many are named, each with so many letters."""
NAME_LETTERS = 60
PIXELS = 120_000_000
SCANS = ("JPEG", "PNG")
"""Nothing else is tried: some of Pillow's readers start other programs. JPEG's also reads several pictures in one file (MPO)."""
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
LOOKED_AT = 1024
"""Pixels to which a JPEG of a zip is decoded at least: all of its data are read, in a fraction of the time."""
LEFTOVERS = re.compile(r"(?:^|/)(?:__MACOSX/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)
"""What computers put into folders by themselves, and nobody knows of."""
READ_BYTES = 16 * 1024 * 1024
"""Of what is looked through of a document at a time."""
LETTERS = 20
"""A document with fewer, but with pictures, is a scan."""
MARKUP = re.compile(rb"<[^<>]*>|\s+")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
CONTENT_TYPE = re.compile(rb"<(?:\w+:)?(?:Override|Default)\b[^<>]*>")
MAIN = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.(wordprocessing|spreadsheet|presentation)ml|ms-(word|excel|powerpoint))"
    r"\.\w+(\.macroEnabled)?\.main\+xml"
)
"""Content types of main parts: also of templates, of presentations that begin at once, and of what may hold macros."""
OFFICE = {"wordprocessing": "docx", "word": "docx", "spreadsheet": "xlsx", "excel": "xlsx", "presentation": "pptx", "powerpoint": "pptx"}
OPEN = {"application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "ods"}
LINKED = re.compile(
    rb"<(?:draw:\w+(?:-\w+)*|text:section-source|table:(?:table|cell-range)-source)\b[^<>]*\bxlink:href=\"(?:[a-z]+:/|/|\.\./)"
    rb"|<office:dde-source\b",
    re.IGNORECASE,
)
"""What an ODT or ODS shows and does not hold itself (ODF 1.3 part 3, 19.910.2, 9.3, 14.6.5)."""


class Form(NamedTuple):
    """Where a kind of document keeps its pictures, its letters beside those of its main part, and the number of its pages."""

    media: str
    texts: re.Pattern[str] | None = None
    counted_in: str = ""
    """Empty: in the main part."""
    pages: re.Pattern[bytes] | None = None
    """Finds the number, or, without a group, is found once a page; None where a document has no pages until it is printed."""


FORMS = {
    "docx": Form("word/media/", counted_in="docProps/app.xml", pages=re.compile(rb"<Pages>(\d{1,5})</Pages>")),
    "xlsx": Form("xl/media/", re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")),
    "pptx": Form("ppt/media/", re.compile(r"ppt/slides/[^/]+\.xml"), pages=re.compile(rb"<(?:\w+:)?sldId\b")),
    "odt": Form("Pictures/", counted_in="meta.xml", pages=re.compile(rb'meta:page-count="(\d{1,5})"')),
    "ods": Form("Pictures/"),
}
SCRIPTS = re.compile(r"(?:.*/)?vbaProject\.bin|Basic/.*|Scripts/.*|xl/macrosheets/.*")
OBJECTS = re.compile(r"\w+/activeX/.*|\w+/embeddings/.*\.bin")
PLAYED = re.compile(r"\w+/media/.*\.(?:mp4|m4v|mov|avi|wmv|mpe?g|mp3|m4a|wav|wma)", re.IGNORECASE)


class Sparing(io.FileIO):
    """A file that is never read by more than `NAMES_BYTES` at a time while its list is: a million names would fill the memory."""

    listing = True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as asked. Raises BadZipFile when that is more."""
        if not self.listing:
            return super().read(-1 if size is None else size)
        content = super().read(NAMES_BYTES + 1 if size is None or not 0 <= size <= NAMES_BYTES else size)
        if len(content) > NAMES_BYTES:
            raise zipfile.BadZipFile
        return content


def opened(path: str) -> zipfile.ZipFile:
    """Open an archive. Raises BadZipFile also when it lists more than a document has."""
    file = Sparing(path)
    archive = zipfile.ZipFile(file)
    file.listing = False
    return archive


def type_of(archive: zipfile.ZipFile) -> str:
    """Return what an archive is, `zip` when it is no document that we take."""
    main, content_type = main_part(archive)
    if main and (found := MAIN.fullmatch(content_type)):
        return OFFICE[found[1] or found[2]]
    return OPEN.get(part(archive, "mimetype").decode("ascii", "replace").strip(), "zip")


def main_part(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Return the part that an office document's own relations name as its main one, and the content type of that; empty if none."""
    for relation in RELATION.findall(part(archive, "_rels/.rels")):
        if attribute(relation, "Type").endswith("/officeDocument"):
            name = attribute(relation, "Target").lstrip("/")
            declared = CONTENT_TYPE.findall(part(archive, "[Content_Types].xml"))
            of_parts = {attribute(one, "PartName").lstrip("/").lower(): attribute(one, "ContentType") for one in declared}
            of_endings = {attribute(one, "Extension").lower(): attribute(one, "ContentType") for one in declared}
            return name, of_parts.get(name.lower()) or of_endings.get(name.rpartition(".")[2].lower(), "")
    return "", ""


def attribute(element: bytes, name: str) -> str:
    """Return an attribute of an element, empty if it has none."""
    found = re.search(rb"\s" + name.encode() + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", element)
    return (found[1] or found[2] or b"").decode(errors="replace") if found else ""


def office(archive: zipfile.ZipFile, type_: str) -> dict[str, Any]:
    """Find a document's main part, the pages it notes itself, whether it has letters, and what in it acts by itself."""
    entries, form = archive.infolist(), FORMS[type_]
    if sum(entry.file_size for entry in entries) > INFLATED_BYTES:
        return {"pages": None, "problem": "damaged"}
    if any(entry.flag_bits & 1 for entry in entries) or b"encryption-data" in part(archive, "META-INF/manifest.xml"):
        return {"pages": None, "problem": "encrypted"}
    main, content_type = main_part(archive) if type_ in OFFICE.values() else ("content.xml", "")
    archive.getinfo(main)
    written = part(archive, main)
    texts = [written] if form.texts is None else []
    for name in archive.namelist():
        if form.texts and form.texts.fullmatch(name) and sum(map(len, texts)) < READ_BYTES:
            texts.append(part(archive, name))
    letters = sum(len(MARKUP.sub(b"", text).decode(errors="replace")) for text in texts)
    pictured = any(entry.filename.startswith(form.media) for entry in entries)
    active = {kind for name in archive.namelist() for kind in acting(archive, name)}
    if "macroEnabled" in content_type:
        active.add("script")
    if LINKED.search(written):
        active.add("link")
    if re.search(rb"<draw:object-ole\b", written):
        active.add("ole")
    text = "scan" if pictured and letters < LETTERS else "text" if letters else "empty"
    noted = part(archive, form.counted_in) if form.counted_in else written
    return {"pages": count(form.pages, noted), "problem": None, "active": sorted(active), "text": text}


def count(pattern: re.Pattern[bytes] | None, noted: bytes) -> int | None:
    """Return the number that a document notes of its pages, None where it notes none."""
    if pattern is None:
        return None
    if not pattern.groups:
        return sum(1 for _ in pattern.finditer(noted))
    found = pattern.search(noted)
    return int(found[1]) if found else None


def acting(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Yield what a part does by itself: `script`, `ole` (objects of other programs), `media`, and `link` (shown from elsewhere).

    A link that a reader has to follow is none of them, nor is the table of numbers inside a chart.
    """
    if SCRIPTS.fullmatch(name):
        yield "script"
    elif OBJECTS.fullmatch(name):
        yield "ole"
    elif PLAYED.fullmatch(name):
        yield "media"
    elif name == "xl/connections.xml":
        yield "link"
    elif name.endswith(".rels"):
        for relation in RELATION.findall(part(archive, name)):
            if attribute(relation, "TargetMode") == "External" and not attribute(relation, "Type").endswith("/hyperlink"):
                yield "link"


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a part, nothing when there is none."""
    if name not in archive.NameToInfo:
        return b""
    with archive.open(name) as found:
        return found.read(READ_BYTES)


def pictures(archive: zipfile.ZipFile, size: int) -> dict[str, Any]:
    """Look at everything in a zip of so many bytes: each thing is to be a picture that can be decoded; nothing is unpacked to a file."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not LEFTOVERS.search(shown_name(entry))]
    if any(entry.flag_bits & 1 for entry in entries):
        return {"pages": None, "problem": "encrypted"}
    if sum(entry.file_size for entry in entries) > max(INFLATED_BYTES, INFLATED_TIMES * size):
        return {"pages": None, "problem": "limits"}
    found: dict[str, list[str]] = {"picture": [], "strange": [], "broken": []}
    for entry in entries if len(entries) <= MOST_PICTURES else ():
        found[looked_at(archive, entry)].append(shown_name(entry))
    strange, broken = found["strange"][:NAMED], found["broken"][:NAMED]
    return {"pages": len(entries) - len(found["strange"]), "problem": None, "text": "scan", "strange": strange, "broken": broken}


def looked_at(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Say whether an entry is a `picture`, a `broken` one, or `strange`: also a link, or what would be unpacked outside of its folder."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or re.search(r"^[/\\]|^\w:|(?:^|[/\\])\.\.(?:[/\\]|$)", entry.filename):
        return "strange"
    try:
        content = archive.read(entry)
    except MemoryError:
        raise
    except Exception:  # whatever unpacks it may raise what it likes
        return "broken"
    if not content.startswith(SIGNATURES):
        return "strange"
    return "picture" if image(content)["problem"] is None else "broken"


def shown_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name as its maker saw it: many do not say that they wrote UTF-8, and Windows writes the letters of its country."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        written = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp874"):
            try:
                name = written.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return "".join(letter for letter in name if letter.isprintable())[-NAME_LETTERS:]


def image(content: bytes) -> dict[str, Any]:
    """Check that a scan can be decoded; it is one page."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=SCANS) as picture:
            picture.draft(None, (LOOKED_AT, LOOKED_AT))
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {"pages": None, "problem": "damaged"}
    return {"pages": 1, "problem": None, "text": "scan"}


def main(type_: str, path: str) -> dict[str, Any]:
    """Open `path` as `type_`."""
    if type_ in ("jpg", "png"):
        with open(path, "rb") as file:
            return image(file.read())
    with opened(path) as archive:
        if type_ == "type":
            return {"type": type_of(archive)}
        return pictures(archive, os.stat(path).st_size) if type_ == "zip" else office(archive, type_)


def answer(type_: str, path: str) -> dict[str, Any]:
    """Say what `main` finds; whatever a library could not cope with in a file is a damaged file, but for memory and a missing library."""
    try:
        return main(type_, path)
    except (MemoryError, ImportError):
        raise
    except Exception as error:
        return {"type": None, "pages": None, "problem": "damaged", "said": f"{type(error).__name__}: {error}"[:500]}


if __name__ == "__main__":
    print(json.dumps(answer(sys.argv[1], sys.argv[2])))
