"""Runs alone, in the jail: all that is done to a PDF. It says what it found in JSON.

`read FILE`: how many pages it has, whether they can be read as text, what in it acts by itself, or what is wrong with it.
`strip FILE OUT COUNT WIDTH`: writes what people read instead of it, `OUT/document.pdf`, without anything that acts by itself, and pictures
of its first pages, `OUT/1.jpg` and on. `bind FOLDER OUT`: writes the PDFs of a folder, by name, as one.

What acts by itself: ISO 32000-1, 12.6 (actions), 7.11.4 (embedded files), 12.7.8 (XFA), 13 (multimedia).
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

LETTERS = 50
"""A page with so many letters is text, also where a picture lies behind them; fewer may be a scanner's own mark."""
COVERED = 0.5
"""A page of which pictures cover so much is a scan."""
PAGES_LOOKED_AT = 40
LOOKING_SECONDS = 10
"""Of processor time: a plan of maps and drawings is judged by its first pages."""
HARMLESS = frozenset({"/GoTo", "/Named"})
"""Actions that stay: they turn pages. Links stay where they lead to the web, to mail or to a telephone."""
SCHEMES = ("http:", "https:", "mailto:", "tel:")
ACTIONS = {"/JavaScript": "script", "/Launch": "launch", "/GoToE": "files", "/Rendition": "media", "/Movie": "media", "/Sound": "media"}
KEYS = {
    "/JS": "script", "/JavaScript": "script", "/AA": "action", "/EmbeddedFiles": "files", "/EF": "files", "/AF": "files",
    "/Collection": "files", "/XFA": "form", "/RichMediaContent": "media", "/RichMediaSettings": "media", "/Renditions": "media",
    "/AlternatePresentations": "media", "/OPI": "link", "/Ref": "link",
}  # fmt: skip
"""Entries that go, with everything below them."""
UNSEEN = frozenset({"/Metadata", "/PieceInfo", "/Perms", "/DSS", "/Requirements", "/Threads", "/URLS", "/IDS"})
"""Entries that go with them: nobody reads them on a page, and they tell of the author's machine."""
ANNOTATIONS = {"/FileAttachment": "files", "/RichMedia": "media", "/Screen": "media", "/Movie": "media", "/Sound": "media", "/3D": "media"}
QUALITY = 80


def dictionaries(document: Any) -> Iterator[Any]:
    """Yield every dictionary and stream of a document, also those that stand inside others."""
    import pikepdf

    for found in document.objects:
        waiting = [found]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting += [part for part in one if isinstance(part, pikepdf.Object) and not part.is_indirect]
            elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                yield one
                waiting += [part for _, part in one.items() if isinstance(part, pikepdf.Object) and not part.is_indirect]


def word(value: Any) -> str:
    """Return a name or a string as it is written in the file; those of old Thai programs are not UTF-8."""
    import pikepdf

    if isinstance(value, pikepdf.Name):
        return str(value.unparse().decode("latin-1"))
    return bytes(value).decode("latin-1") if isinstance(value, pikepdf.String) else ""


def acts(action: Any) -> str | None:
    """Return what kind of doing an action, or the first of several, is; None when it may stay, or is none."""
    import pikepdf

    if isinstance(action, pikepdf.Array):
        return next(filter(None, map(acts, action)), None)
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return None
    name = word(action["/S"])
    if name in HARMLESS or (name == "/URI" and word(action.get("/URI")).strip().lower().startswith(SCHEMES)):
        return None
    return ACTIONS.get(name, "link" if name in ("/URI", "/GoToR") else "action")


def activity(owner: Any) -> Iterator[tuple[str, str]]:
    """Yield the entries of a dictionary that act by themselves, each with its kind."""
    import pikepdf

    for key in list(owner.keys()):
        if key in KEYS:
            yield key, KEYS[key]
        elif key in ("/A", "/PA", "/OpenAction", "/Next"):
            kind = acts(owner[key])
            if kind is not None:
                yield key, kind
        elif key == "/F" and isinstance(owner, pikepdf.Stream):
            yield key, "link"


def shown(annotations: Any) -> list[Any]:
    """Return the annotations of a page that may stay."""
    import pikepdf

    return [one for one in annotations if isinstance(one, pikepdf.Dictionary) and word(one.get("/Subtype")) not in ANNOTATIONS]


def read(path: str) -> dict[str, Any]:
    """Count a PDF's pages and look for what acts by itself."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            kinds: set[str] = set()
            for owner in dictionaries(document):
                kinds |= {kind for _, kind in activity(owner)}
                if word(owner.get("/Subtype")) in ANNOTATIONS:
                    kinds.add(ANNOTATIONS[word(owner["/Subtype"])])
            pages = len(document.pages)
    except pikepdf.PasswordError:
        return {"pages": None, "problem": "encrypted"}
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return {"pages": None, "problem": "damaged"}
    return {"pages": pages, "problem": None, "active": sorted(kinds), "text": legibility(path)}


def legibility(path: str) -> str | None:
    """Return `text`, `scan` (seen, but not to be searched or read out) or `empty`, as most pages are; None where the pages do not open."""
    import pypdfium2  # type: ignore[import-untyped]  # it brings no types

    found: list[str] = []
    try:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(min(len(document), PAGES_LOOKED_AT)):
                found.append(_page(document[number]))
                if process_time() > LOOKING_SECONDS:
                    break
    except pypdfium2.PdfiumError:
        return None
    text, scan = found.count("text"), found.count("scan")
    return "empty" if not text and not scan else "text" if text >= scan else "scan"


def _page(page: Any) -> str:
    import pypdfium2.raw  # type: ignore[import-untyped]  # it brings no types

    letters = sum(not letter.isspace() for letter in page.get_textpage().get_text_range())
    if letters >= LETTERS:
        return "text"
    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
    if covered >= COVERED * width * height:
        return "scan"
    if letters:
        return "text"
    darkest, lightest = _picture(page, 200).convert("L").getextrema()
    return "scan" if darkest != lightest else "empty"


def _picture(page: Any, width: int) -> Any:
    """Draw a page so wide, in pixels, or twice as high, whichever is less: a page may be of any shape."""
    across, down = page.get_size()
    return page.render(scale=min(width / max(across, 1), 2 * width / max(down, 1))).to_pil()


def strip(path: str, out: str, count: int, width: int) -> dict[str, Any]:
    """Write the document without what acts by itself, without encryption and without metadata, and draw its first pages."""
    import pikepdf
    import pypdfium2

    stripped = Path(out) / "document.pdf"
    with pikepdf.open(path) as document:
        for owner in dictionaries(document):
            for key in {key for key, _ in activity(owner)} | (UNSEEN & set(owner.keys())):
                del owner[key]
            if isinstance(owner.get("/Annots"), pikepdf.Array):
                owner["/Annots"] = pikepdf.Array(shown(owner["/Annots"]))
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        _save(document, stripped)
    with pypdfium2.PdfDocument(stripped) as document:
        pages = len(document)
        for number in range(min(pages, count)):
            picture = _picture(document[number], width)
            picture.convert("RGB").save(Path(out) / f"{number + 1}.jpg", quality=QUALITY, optimize=True)
    return {"pages": pages}


def bind(folder: str, out: str) -> dict[str, Any]:
    """Write the pages of all PDFs of a folder as one document."""
    import pikepdf

    with pikepdf.new() as bound:
        for path in sorted(Path(folder).iterdir()):
            with pikepdf.open(path) as document:
                bound.pages.extend(document.pages)
        pages = len(bound.pages)
        _save(bound, Path(out) / "document.pdf")
    return {"pages": pages}


def _save(document: Any, path: Path) -> None:
    import pikepdf

    document.remove_unreferenced_resources()
    document.save(path, linearize=True, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def main(verb: str, *words: str) -> dict[str, Any]:
    """Do as asked; whatever a library could not cope with in a file it only reads is a damaged file, but for memory and a missing one."""
    if verb == "strip":
        path, out, count, width = words
        return strip(path, out, int(count), int(width))
    if verb == "bind":
        return bind(*words)
    try:
        return read(*words)
    except (MemoryError, ImportError):
        raise
    except Exception as error:
        return {"pages": None, "problem": "damaged", "said": f"{type(error).__name__}: {error}"[:500]}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
