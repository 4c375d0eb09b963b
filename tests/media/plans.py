"""Plans as groups make them: Word and Writer documents in Thai, photographed pages, PDFs with more in them than pages."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

Recipe = Callable[[Path], None]
WORDS = "แผนธุรกิจกลุ่มออมทรัพย์เพื่อการผลิต ปี่ ป้ำ ญี่ปุ่น ฎุ ฤๅ น้ำผึ้ง กู้ยืม ที่ปั้นหม้อ ๒๕๖๓"
"""Vowels and tone marks that are set one above another."""
FONTS = ("Sarabun", "TH Sarabun New", "TH SarabunPSK", "Angsana New", "Cordia New", "Tahoma")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
RELATIONS = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="' + PACKAGE + '/relationships">{}</Relationships>'
PICTURE = f"""<w:p xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{OFFICE}"><w:r><w:drawing><wp:inline>
<wp:extent cx="990600" cy="990600"/><wp:docPr id="1" name="1"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="1"/><pic:cNvPicPr/>
</pic:nvPicPr><pic:blipFill><a:blip r:link="rId9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>
<a:off x="0" y="0"/><a:ext cx="990600" cy="990600"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
CANARY = "http://127.0.0.1:9/canary.png"


def _word(*, pages: int = 1, linked: str | None = None, macros: bool = False) -> Recipe:
    def make(path: Path) -> None:
        line = "<w:p><w:r><w:rPr><w:rFonts w:ascii='{0}' w:hAnsi='{0}' w:cs='{0}'/><w:szCs w:val='32'/></w:rPr><w:t>{1}</w:t></w:r></w:p>"
        body = "".join(line.format(font, WORDS) for font in FONTS)
        body = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'.join([body] * pages) + (PICTURE if linked else "")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr(
                "_rels/.rels", RELATIONS.format(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>')
            )
            archive.writestr("word/document.xml", f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
            if linked:
                link = f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="{linked}" TargetMode="External"/>'
                archive.writestr("word/_rels/document.xml.rels", RELATIONS.format(link))
            if macros:
                archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(600))

    return make


def word_with_picture_from(address: str) -> Recipe:
    """Return a recipe for a DOCX that shows a picture which lies elsewhere."""
    return _word(linked=address)


def _writer(*, linked: str | None = None) -> Recipe:
    def make(path: Path) -> None:
        frame = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{linked}" xlink:type="simple"/></draw:frame>'
        spaces = " ".join(
            f'xmlns:{short}="{ODF}:{short if short != "svg" else "svg-compatible"}:1.0"' for short in ("office", "text", "svg")
        )
        spaces += f' xmlns:draw="{ODF}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
        body = f"<office:text><text:p>{WORDS}</text:p><text:p>{frame if linked else ''}</text:p></office:text>"
        content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body>{body}</office:body></office:document-content>'
        entries = "".join(
            f'<m:file-entry m:full-path="{name}" m:media-type="{type_}"/>' for name, type_ in (("/", ODT_TYPE), ("content.xml", "text/xml"))
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", ODT_TYPE, zipfile.ZIP_STORED)
            archive.writestr("content.xml", content)
            archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{ODF}:manifest:1.0" m:version="1.3">{entries}</m:manifest>')

    return make


def writer_with_picture_from(address: str) -> Recipe:
    """Return a recipe for an ODT that shows a picture which lies elsewhere."""
    return _writer(linked=address)


def _locked_writer(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", bytes(range(256)) * 8)
        archive.writestr("META-INF/manifest.xml", '<manifest:encryption-data manifest:checksum-type="SHA256"/>')


def _locked_word(path: Path) -> None:
    """Make a compound file with the name of the stream that holds a document with a password (MS-OFFCRYPTO, 2.3)."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(6000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000))


def _pdf_page(document: pikepdf.Pdf, letters: str) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.add_blank_page(page_size=(595, 842))
    page = document.pages[-1]
    page.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    page.contents_add(f"BT /F1 14 Tf 60 760 Td ({letters}) Tj ET".encode())


def _active_pdf(path: Path) -> None:
    """Put into three pages of letters about everything that acts by itself."""
    document = pikepdf.new()
    for number in range(3):
        _pdf_page(document, f"Page {number + 1} of a plan that has been written with care by all members of a group")
    script = Dictionary(S=Name.JavaScript, JS=String("app.launchURL('http://127.0.0.1:9/')"))
    launch = Dictionary(S=Name.Launch, F=String("/bin/sh"))
    document.Root.OpenAction = document.make_indirect(
        Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]), Next=Array([script]))
    )
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("start"), script])))
    document.attachments["budget.exe"] = b"MZ not a program"
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))
    place = Array([60, 700, 200, 720])
    web = Dictionary(S=Name.URI, URI=String("https://group.example/shop"))
    links = [
        launch,
        script,
        Dictionary(S=Name.URI, URI=String("file:///etc/hostname")),
        Dictionary(S=Name.GoToR, F=String("//host/a.pdf")),
        web,
    ]
    annotations = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, A=action) for action in links]
    annotations += [Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=place) for kind in ("RichMedia", "FileAttachment", "Screen")]
    document.pages[0].Annots = document.make_indirect(Array(annotations))
    document.pages[1].AA = Dictionary(O=document.make_indirect(launch))
    with document.open_metadata() as properties:
        properties["dc:creator"] = ["somebody"]
    document.docinfo["/Author"] = "somebody"
    document.save(path)


def _written_pdf(**options: Any) -> Recipe:
    def make(path: Path) -> None:
        document = pikepdf.new()
        for number in range(2):
            _pdf_page(document, f"Page {number + 1} of a plan that has been written with care by all members of a group")
        document.save(path, **options)

    return make


def _blank_pdf(path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.save(path)


def _old_names_pdf(path: Path) -> None:
    """Write a PDF as old Thai programs do, with names in TIS-620, and with entries that are not what they should be."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /\xa1\xd2\xc3 (x) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 5 0 R "
        b"/Resources << /Font << /\xa1\xd2 4 0 R >> >> /A (text) /AA 7 "
        b"/Annots [<< /Subtype /\xa1\xd2 /A << /S /#ff#fe /URI (\xa1\xa2) >> >> null 5] >>",
        b"<< /Type /Font /Subtype /TrueType /BaseFont /\xa1\xd2\xc3 >>",
        b"<< /Length 21 >> stream\n50 50 200 200 re f   \nendstream",
    )
    path.write_bytes(
        b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1)) + b"trailer << /Root 1 0 R >>\n"
    )


def _scanned_pdf(path: Path) -> None:
    """Save a photographed page as telephones' scanners do, which leave their own name below it."""
    pages = [_page_picture(number) for number in (1, 2)]
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:])


def _page_picture(number: int) -> Image.Image:
    """Return a picture of a page: light paper, lines, and a block at the top whose width tells which page it is."""
    picture = Image.new("RGB", (900, 1200), (240, 240, 235))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 60, 60 + 200 * number, 160), fill=(20, 20, 20))
    for line in range(300, 1100, 40):
        draw.line((60, line, 800, line), fill=(90, 90, 90), width=6)
    return picture


def _photographed(number: int, *, turned: bool = False) -> Recipe:
    """Return a recipe for a photograph of a page; a telephone held sideways notes how to turn it, and where it was."""

    def make(path: Path) -> None:
        picture, noted = _page_picture(number), Image.Exif()
        if turned:
            picture = picture.transpose(Image.Transpose.ROTATE_90)
            noted[0x0112] = 6
            noted.get_ifd(0x8825).update({1: "N", 2: (16.0, 26.0, 5.0), 3: "E", 4: (102.0, 50.0, 3.0)})
        picture.save(path, "JPEG", exif=noted)

    return make


def _two_in_one(path: Path) -> None:
    """Write what telephones with two lenses write: a second picture behind the first (CIPA DC-007)."""
    _page_picture(1).save(path, "MPO", save_all=True, append_images=[_page_picture(2)])


def _transparent(path: Path) -> None:
    picture = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((60, 60, 300, 160), fill=(20, 20, 20, 255))
    picture.save(path, "PNG")


RECIPES: dict[str, Recipe] = {
    "written.docx": _word(pages=2),
    "written.odt": _writer(),
    "linked.docx": word_with_picture_from(CANARY),
    "linked.odt": writer_with_picture_from(CANARY),
    "macros.docx": _word(macros=True),
    "locked.docx": _locked_word,
    "locked.odt": _locked_writer,
    "active.pdf": _active_pdf,
    "written.pdf": _written_pdf(),
    "old-names.pdf": _old_names_pdf,
    "owner-locked.pdf": _written_pdf(encryption=pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))),
    "scanned.pdf": _scanned_pdf,
    "blank.pdf": _blank_pdf,
    "page-1.jpg": _photographed(1),
    "page-2-turned.jpg": _photographed(2, turned=True),
    "page-3.jpg": _photographed(3),
    "two-in-one.jpg": _two_in_one,
    "transparent.png": _transparent,
}
