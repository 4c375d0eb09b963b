"""Runs alone, in the jail: opens one word processor document or scan and says in JSON how many pages it has, or what is wrong with it."""

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

INFLATED_BYTES = 200 * 1024 * 1024
"""A document that unpacks to more is a bomb."""
PIXELS = 120_000_000
SCANS = ("JPEG", "PNG")
"""Nothing else is tried: some of Pillow's readers start other programs. JPEG's also reads several pictures in one file (MPO)."""
READ_BYTES = 16 * 1024 * 1024
"""Of each part of a document that is looked through."""
LETTERS = 20
"""A document with fewer, but with pictures, is a scan."""
MARKUP = re.compile(rb"<[^<>]*>|\s+")
MEDIA = {"docx": "word/media/", "odt": "Pictures/"}
RELATION = re.compile(rb"<Relationship\b[^<>]*>")
LINKED = re.compile(rb"<(?:draw:\w+(?:-\w+)*|text:section-source)\b[^<>]*\bxlink:href=\"(?:[a-z]+:/|/|\.\./)", re.IGNORECASE)
"""What an ODT shows and does not hold itself (ODF 1.3 part 3, 19.910.2)."""


def office(path: str, form: str, main: str, properties: str, pattern: bytes) -> dict[str, Any]:
    """Find a word processor document's main part, the pages it notes itself, and what in it acts by itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > INFLATED_BYTES:
                return {"pages": None, "problem": "damaged"}
            archive.getinfo(main)
            if any(entry.flag_bits & 1 for entry in entries) or b"encryption-data" in part(archive, "META-INF/manifest.xml"):
                return {"pages": None, "problem": "encrypted"}
            written, noted = part(archive, main), part(archive, properties)
            active = sorted(set(activity(archive, form, written)))
            pictured = any(entry.filename.startswith(MEDIA[form]) for entry in entries)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError):
        return {"pages": None, "problem": "damaged"}
    found = re.search(pattern, noted)
    letters = len(MARKUP.sub(b"", written).decode(errors="replace"))
    text = "scan" if pictured and letters < LETTERS else "text" if letters else "empty"
    return {"pages": int(found[1]) if found else None, "problem": None, "active": active, "text": text}


def activity(archive: zipfile.ZipFile, form: str, written: bytes) -> Iterator[str]:
    """Yield what kinds of things act by themselves: `script`, `ole` (objects of other programs) and `link` (shown from elsewhere).

    A link that a reader has to follow is none of them, nor is the table of numbers inside a chart.
    """
    for name in archive.namelist():
        if name.endswith("vbaProject.bin") or (form == "odt" and name.startswith(("Basic/", "Scripts/"))):
            yield "script"
        elif name.startswith("word/activeX/") or (name.startswith("word/embeddings/") and name.endswith(".bin")):
            yield "ole"
        elif form == "docx" and name.endswith(".rels"):
            for relation in RELATION.findall(part(archive, name)):
                if re.search(rb"TargetMode=[\"']External", relation) and b"/hyperlink" not in relation:
                    yield "link"
    if form == "odt":
        if re.search(rb"<draw:object-ole\b", written):
            yield "ole"
        if LINKED.search(written):
            yield "link"


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a part, nothing when there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as opened:
        return opened.read(READ_BYTES)


def image(path: str) -> dict[str, Any]:
    """Check that a scan can be decoded; it is one page."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(path, formats=SCANS) as picture:
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return {"pages": None, "problem": "damaged"}
    return {"pages": 1, "problem": None, "text": "scan"}


def main(type_: str, path: str) -> dict[str, Any]:
    """Open `path` as `type_`."""
    match type_:
        case "docx":
            return office(path, type_, "word/document.xml", "docProps/app.xml", rb"<Pages>(\d{1,5})</Pages>")
        case "odt":
            return office(path, type_, "content.xml", "meta.xml", rb'meta:page-count="(\d{1,5})"')
        case _:
            return image(path)


def answer(type_: str, path: str) -> dict[str, Any]:
    """Say what `main` finds; whatever a library could not cope with in a file is a damaged file, but for memory and a missing library."""
    try:
        return main(type_, path)
    except (MemoryError, ImportError):
        raise
    except Exception as error:
        return {"pages": None, "problem": "damaged", "said": f"{type(error).__name__}: {error}"[:500]}


if __name__ == "__main__":
    print(json.dumps(answer(sys.argv[1], sys.argv[2])))
