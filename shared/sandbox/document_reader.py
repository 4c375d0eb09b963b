"""Runs alone, in the jail: opens one document and says in JSON how many pages it has, or what is wrong with it."""

import json
import re
import sys
import zipfile
from typing import Any

INFLATED_BYTES = 200 * 1024 * 1024
"""A document that unpacks to more is a bomb."""
PIXELS = 120_000_000


def pdf(path: str) -> dict[str, Any]:
    """Count a PDF's pages."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            return {"pages": len(document.pages), "problem": None}
    except pikepdf.PasswordError:
        return {"pages": None, "problem": "encrypted"}
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return {"pages": None, "problem": "damaged"}


def office(path: str, main: str, properties: str, pattern: bytes) -> dict[str, Any]:
    """Find a word processor document's main part, and the number of pages it notes itself, if any."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > INFLATED_BYTES:
                return {"pages": None, "problem": "damaged"}
            archive.getinfo(main)
            noted = archive.read(properties) if properties in archive.namelist() else b""
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError):
        return {"pages": None, "problem": "damaged"}
    found = re.search(pattern, noted)
    return {"pages": int(found[1]) if found else None, "problem": None}


def image(path: str) -> dict[str, Any]:
    """Check that a scan can be decoded; it is one page."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(path) as picture:
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return {"pages": None, "problem": "damaged"}
    return {"pages": 1, "problem": None}


def main(type_: str, path: str) -> dict[str, Any]:
    """Open `path` as `type_`."""
    match type_:
        case "pdf":
            return pdf(path)
        case "docx":
            return office(path, "word/document.xml", "docProps/app.xml", rb"<Pages>(\d{1,5})</Pages>")
        case "odt":
            return office(path, "content.xml", "meta.xml", rb'meta:page-count="(\d{1,5})"')
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
