"""Runs alone, in the jail: `FILE OUT`, a photographed or scanned page, becomes a PDF of one page, `OUT/printed.pdf`.

The picture stands upright as its EXIF says, and nothing else of the EXIF is kept: no place, no time, no telephone.
"""

import sys
from pathlib import Path

PIXELS = 120_000_000
LONGEST = 2600
"""Pixels: the longer side of A4 at 220 dots per inch. Small writing stays readable, and a page stays small."""
PAPER_INCHES = 11.69
"""The longer side of the page, as of A4."""
QUALITY = 82
SCANS = ("JPEG", "PNG")


def main(path: str, out: str) -> None:
    """Write the page."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS
    with Image.open(path, formats=SCANS) as opened:
        opened.draft("RGB", (LONGEST, LONGEST))
        opened.thumbnail((LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(opened)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        layered = upright.convert("RGBA")
        upright = Image.new("RGB", layered.size, "white")
        upright.paste(layered, mask=layered)
    elif upright.mode not in ("1", "L", "RGB"):
        upright = upright.convert("RGB")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    clean.save(Path(out) / "printed.pdf", "PDF", resolution=max(clean.size) / PAPER_INCHES, quality=QUALITY)


if __name__ == "__main__":
    main(*sys.argv[1:])
