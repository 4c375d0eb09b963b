"""Runs alone, in the jail: `TYPE FILE OUT` prints a photographed or scanned page, or a zip of such, a PDF a page: `OUT/0001.pdf` and on.

The pictures of a zip come in the order of their names, numbers in them as numbers. A picture stands upright as its EXIF says, and nothing
else of the EXIF is kept: no place, no time, no telephone.
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

PIXELS = 120_000_000
LONGEST = 2600
"""Pixels: the longer side of A4 at 220 dots per inch. Small writing stays readable, and a page stays small."""
LONGEST_OF_MANY = 1600
"""Of the pictures of a zip, so that two hundred of them stay a file that a phone opens."""
PAPER_INCHES = 11.69
"""The longer side of the page, as of A4."""
QUALITY = 82
SCANS = ("JPEG", "PNG")
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def main(type_: str, path: str, out: str) -> None:
    """Write the pages."""
    with open(path, "rb") as file:
        pictures, longest = (packed(file), LONGEST_OF_MANY) if type_ == "zip" else ((file,), LONGEST)
        for number, picture in enumerate(pictures, 1):
            write(picture, Path(out) / f"{number:04}.pdf", longest)


def packed(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the pictures of a zip, in order."""
    with zipfile.ZipFile(file) as archive:
        for entry in sorted(archive.infolist(), key=place):
            content = archive.read(entry)
            if content.startswith(SIGNATURES):
                yield io.BytesIO(content)


def place(entry: zipfile.ZipInfo) -> list[tuple[int, bytes]]:
    """Return by what an entry is put in order: its name, whose bytes are in the order of its letters whatever they were written in."""
    name = entry.filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437", "replace").lower()
    return [(int(piece), b"") if piece.isdigit() else (-1, piece) for piece in re.split(rb"(\d{1,18})", name)]


def write(picture: IO[bytes], page: Path, longest: int) -> None:
    """Write one page whose picture has no side of more pixels than `longest`."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS
    with Image.open(picture, formats=SCANS) as opened:
        opened.draft("RGB", (longest, longest))
        opened.thumbnail((longest, longest))
        upright = ImageOps.exif_transpose(opened)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        layered = upright.convert("RGBA")
        upright = Image.new("RGB", layered.size, "white")
        upright.paste(layered, mask=layered)
    elif upright.mode not in ("1", "L", "RGB"):
        upright = upright.convert("RGB")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    clean.save(page, "PDF", resolution=max(clean.size) / PAPER_INCHES, quality=QUALITY)


if __name__ == "__main__":
    main(*sys.argv[1:])
