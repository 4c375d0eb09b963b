"""Workbooks, presentations and zips of pictures: honest, locked, broken, and with things inside that should not be (ECMA-376 part 1)."""

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import partial

from PIL import Image, ImageDraw

from media.attacks import Recipe, made_of, of_bytes
from media.packages import OFFICE_RELATIONS, RELATIONS, TYPES, docx, package

Parts = Mapping[str, str | bytes]
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument."
WORDS = "ค่าใช้จ่ายกลุ่มออมทรัพย์"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MIB = 1024 * 1024


def _office(main: str, type_: str, parts: Parts, relations: str = "") -> bytes:
    """Return an office document, whose list of types comes last: parts may stand in any order."""
    folder, _, name = main.rpartition("/")
    return package(
        {
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Target="/{main}" Type="{OFFICE_RELATIONS}/officeDocument" '
            'Id="a"/></Relationships>',
            f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            **parts,
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override ContentType="{type_}" '
            f'PartName="/{main}"/>{_types_of(parts)}</Types>',
        }
    )


def _types_of(parts: Parts) -> str:
    kinds = {
        "xl/worksheets/": "spreadsheetml.worksheet",
        "xl/externalLinks/": "spreadsheetml.externalLink",
        "xl/drawings/": "drawing",
        "ppt/slides/": "presentationml.slide",
    }
    found = {name: MAIN + kind for name in parts for folder, kind in kinds.items() if name.startswith(folder) and name.endswith(".xml")}
    return "".join(f'<Override PartName="/{name}" ContentType="{type_}+xml"/>' for name, type_ in found.items())


def xlsx(rows: str = "", *, parts: Parts | None = None, relations: str = "", type_: str = MAIN + "spreadsheetml.sheet.main+xml") -> bytes:
    """Return a workbook of one sheet with these rows."""
    link = f'<Relationship Id="s" Type="{OFFICE_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    sheets = '<sheets><sheet name="1" sheetId="1" r:id="s"/></sheets>'
    workbook = f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE_RELATIONS}">{sheets}</workbook>'
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return _office(
        "xl/workbook.xml", type_, {"xl/workbook.xml": workbook, "xl/worksheets/sheet1.xml": sheet, **(parts or {})}, link + relations
    )


def row(number: int, *values: str | int) -> str:
    """Return a row of texts, numbers and, where they begin with `=`, formulas."""
    cells = ""
    for value in values:
        if isinstance(value, int):
            cells += f"<c><v>{value}</v></c>"
        elif value.startswith("="):
            cells += f"<c><f>{value[1:]}</f></c>"
        else:
            cells += f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<row r="{number}">{cells}</row>'


def pptx(slides: int = 2, *, parts: Parts | None = None, type_: str = MAIN + "presentationml.presentation.main+xml") -> bytes:
    """Return a presentation of so many slides with a line of text each."""
    numbers = range(1, slides + 1)
    links = "".join(
        f'<Relationship Id="s{number}" Type="{OFFICE_RELATIONS}/slide" Target="slides/slide{number}.xml"/>' for number in numbers
    )
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in numbers)
    main = (
        f'<p:presentation xmlns:p="{SLIDE}" xmlns:r="{OFFICE_RELATIONS}"><p:sldIdLst>{listed}</p:sldIdLst>'
        '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="500000" y="500000"/>'
        '<a:ext cx="8000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r>'
        "</a:p></p:txBody></p:sp>"
    )
    tree = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    made = {
        f"ppt/slides/slide{number}.xml": f'<p:sld xmlns:p="{SLIDE}" xmlns:a="{DRAWING}"><p:cSld><p:spTree>{tree}'
        f"{shape.format(f'{WORDS} {number}')}</p:spTree></p:cSld></p:sld>"
        for number in numbers
    }
    return _office("ppt/presentation.xml", type_, {"ppt/presentation.xml": main, **made, **(parts or {})}, links)


def ods(content: str | None = None, *, parts: Parts | None = None) -> bytes:
    """Return an ODS of one cell, whose type comes last and packed."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    written = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="1">'
        f"{content or ''}<table:table-row><table:table-cell office:value-type='string'><text:p>{WORDS}</text:p></table:table-cell>"
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    entries = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="{type_}"/>' for name, type_ in (("/", ODS_TYPE), ("content.xml", "text/xml"))
    )
    manifest = f'<m:manifest xmlns:m="{names}:manifest:1.0" m:version="1.3">{entries}</m:manifest>'
    return package({"content.xml": written, "META-INF/manifest.xml": manifest, **(parts or {}), "mimetype": ODS_TYPE})


BLIP = (
    '<{space}:blipFill><a:blip r:link="p"/><a:stretch><a:fillRect/></a:stretch></{space}:blipFill><{space}:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="990600" cy="990600"/></a:xfrm><a:prstGeom prst="rect"/></{space}:spPr>'
)
"""A picture that lies elsewhere."""


def _outside(address: str, kind: str = "image") -> str:
    return f'<Relationship Id="p" Type="{OFFICE_RELATIONS}/{kind}" Target="{address}" TargetMode="External"/>'


def workbook_asking(address: str) -> Recipe:
    """Return a recipe for a workbook that shows a picture, the answer of a server, and a cell of a workbook, which lie elsewhere."""
    drawing = (
        f'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="{DRAWING}" '
        f'xmlns:r="{OFFICE_RELATIONS}"><xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="990600" cy="990600"/><xdr:pic>'
        f'<xdr:nvPicPr><xdr:cNvPr id="1" name="1"/><xdr:cNvPicPr/></xdr:nvPicPr>{BLIP.format(space="xdr")}</xdr:pic><xdr:clientData/>'
        "</xdr:absoluteAnchor></xdr:wsDr>"
    )
    rows = row(1, f'=_xlfn.WEBSERVICE("{address}")', "=[1]S!A1", f"='{address}'#S.A1", WORDS)
    sheet = f'<worksheet xmlns="{SHEET}" xmlns:r="{OFFICE_RELATIONS}"><sheetData>{rows}</sheetData><drawing r:id="d"/></worksheet>'
    names = '<sheetNames><sheetName val="S"/></sheetNames>'
    parts = {
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="d" '
        f'Type="{OFFICE_RELATIONS}/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
        "xl/drawings/drawing1.xml": drawing,
        "xl/drawings/_rels/drawing1.xml.rels": f'<Relationships xmlns="{RELATIONS}">{_outside(address)}</Relationships>',
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{SHEET}" xmlns:r="{OFFICE_RELATIONS}"><externalBook r:id="p">'
        f"{names}</externalBook></externalLink>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{RELATIONS}">{_outside(address, "externalLinkPath")}'
        "</Relationships>",
    }
    link = f'<Relationship Id="e" Type="{OFFICE_RELATIONS}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    return made_of(lambda: xlsx(parts=parts, relations=link))


def slides_asking(address: str) -> Recipe:
    """Return a recipe for a presentation that shows a picture which lies elsewhere."""
    shape = f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>{BLIP.format(space="p")}</p:pic>'
    tree = f'<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shape}'
    parts = {
        "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE_RELATIONS}"><p:cSld><p:spTree>{tree}'
        "</p:spTree></p:cSld></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": f'<Relationships xmlns="{RELATIONS}">{_outside(address)}</Relationships>',
    }
    return made_of(lambda: pptx(1, parts=parts))


def ods_asking(address: str) -> Recipe:
    """Return a recipe for an ODS whose table lies elsewhere, and one of whose cells asks a server."""
    asking = (
        f'<table:table-source xlink:href="{address}" xlink:type="simple" table:mode="copy-all"/><table:table-row><table:table-cell '
        f"table:formula='of:=WEBSERVICE(\"{address}\")'/></table:table-row>"
    )
    return made_of(lambda: ods(asking))


def picture(number: int = 1, form: str = "JPEG") -> bytes:
    """Return a picture on which the width of a black block tells which it is."""
    drawn = Image.new("RGB", (300, 400), (240, 240, 235))
    ImageDraw.Draw(drawn).rectangle((20, 20, 20 + 60 * number, 50), fill=(20, 20, 20))
    with io.BytesIO() as out:
        drawn.save(out, form)
        return out.getvalue()


def zip_of(entries: Mapping[str, bytes], *, packing: int = zipfile.ZIP_STORED, links: Mapping[str, str] | None = None) -> bytes:
    """Return a zip file as people make it; `links` are symbolic links, as unzip programs make them, by name."""
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", packing) as archive:
            for name, content in entries.items():
                archive.writestr(name, content, packing)
            for name, target in (links or {}).items():
                entry = zipfile.ZipInfo(name)
                entry.create_system, entry.external_attr = 3, 0o120777 << 16
                archive.writestr(entry, target)
        return out.getvalue()


def _locked(content: bytes) -> bytes:
    """Say of every entry that it is encrypted (APPNOTE 6.3.10, 4.4.4)."""
    made = bytearray(content)
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        found = made.find(mark)
        while found >= 0:
            made[found + at] |= 1
            found = made.find(mark, found + 4)
    return bytes(made)


def _thai_names(encoding: str) -> bytes:
    """Return a zip whose maker wrote Thai names without saying how."""
    made = zip_of({"xxxx-1.jpg": picture(), "xxxx-2.txt": b"letter"})
    return made.replace(b"xxxx", "รูป๑".encode(encoding)[:4]) if encoding == "cp874" else made


def _says_less() -> bytes:
    """Return a zip one of whose pictures unpacks to far more than it says."""
    made = bytearray(zip_of({"1.jpg": picture() + bytes(8 * MIB)}, packing=zipfile.ZIP_DEFLATED))
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<I", made, made.find(mark) + at, 5000)
    return bytes(made)


BUDGET = row(1, WORDS) + row(2, "เมล็ดพันธุ์", 1200) + row(3, "ปุ๋ย", 800) + row(4, "รวม", "=SUM(B2:B3)")
MACROS = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}
MACRO_SHEET, MACRO_SLIDES = (f"application/vnd.ms-{kind}.macroEnabled.main+xml" for kind in ("excel.sheet", "powerpoint.presentation"))
THREE = {f"IMG_{number}.jpg": picture(number) for number in (10, 2, 1)}
RECIPES: dict[str, Recipe] = {
    "budget.xlsx": made_of(lambda: xlsx(BUDGET)),
    "blank.xlsx": made_of(xlsx),
    "macros.xlsx": made_of(lambda: xlsx(BUDGET, parts=MACROS)),
    "macros-by-type.xlsx": made_of(lambda: xlsx(BUDGET, type_=MACRO_SHEET)),
    "old-macros.xlsx": made_of(lambda: xlsx(BUDGET, parts={"xl/macrosheets/sheet1.xml": "<x/>"})),
    "connected.xlsx": made_of(lambda: xlsx(BUDGET, parts={"xl/connections.xml": "<connections/>"})),
    "truncated.xlsx": made_of(lambda: xlsx(BUDGET)[:-200]),
    "broken.xlsx": made_of(lambda: xlsx(BUDGET).replace(b"xl/workbook.xml", b"xl/workbook.xmm")),
    "locked.xlsx": of_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(6000) + "EncryptedPackage".encode("utf-16-le")),
    "binary.xlsx": made_of(lambda: xlsx(BUDGET, type_="application/vnd.ms-excel.sheet.binary.macroEnabled.main")),
    "text-called.xlsx": made_of(docx),
    "bomb.xlsx": made_of(lambda: xlsx(BUDGET, parts={f"xl/media/{n}.bin": bytes(32 * MIB) for n in range(8)})),
    "budget.ods": made_of(ods),
    "locked.ods": made_of(lambda: ods(parts={"META-INF/manifest.xml": '<m:encryption-data m:checksum-type="SHA256"/>'})),
    "linked.ods": made_of(lambda: ods('<table:table-source xlink:href="http://127.0.0.1:9/a.ods"/>')),
    "slides.pptx": made_of(lambda: pptx(3)),
    "no-slides.pptx": made_of(lambda: pptx(0)),
    "show.pptx": made_of(lambda: pptx(type_=MAIN + "presentationml.slideshow.main+xml")),
    "macros.pptx": made_of(lambda: pptx(type_=MACRO_SLIDES)),
    "film-inside.pptx": made_of(lambda: pptx(parts={"ppt/media/media1.mp4": bytes(200)})),
    "pictures.zip": made_of(lambda: zip_of({**THREE, "a/4.PNG": picture(4, "PNG"), "a/": b""})),
    "mac.zip": made_of(lambda: zip_of({**THREE, "__MACOSX/._IMG_1.jpg": b"\0\5\x16\7", ".DS_Store": b"x", "a/Thumbs.db": b"x"})),
    "one.zip": made_of(lambda: zip_of({"1.jpg": picture()})),
    "empty.zip": made_of(lambda: zip_of({})),
    "only-leftovers.zip": made_of(lambda: zip_of({"a/": b"", "a/.DS_Store": b"x"})),
    "with-program.zip": made_of(lambda: zip_of({**THREE, "holiday.exe": b"MZ" + bytes(200)})),
    "with-wrong-ending.zip": made_of(lambda: zip_of({**THREE, "IMG_3.jpg": b"This is a letter."})),
    "with-heic.zip": made_of(lambda: zip_of({**THREE, "IMG_3.HEIC": b"\0\0\0\x18ftypheic" + bytes(200)})),
    "with-zip.zip": made_of(lambda: zip_of({**THREE, "more.zip": zip_of(THREE)})),
    "with-broken.zip": made_of(lambda: zip_of({**THREE, "IMG_3.jpg": picture()[:900], "IMG_4.png": picture(4, "PNG")[:300]})),
    "wrong-sum.zip": made_of(lambda: zip_of(THREE).replace(picture(2), picture(2)[:-9] + bytes(9))),
    "locked.zip": made_of(lambda: _locked(zip_of(THREE))),
    "truncated.zip": made_of(lambda: zip_of(THREE)[:2000]),
    "outside.zip": made_of(lambda: zip_of({"../../tmp/omsap-was-here.jpg": picture()})),
    "absolute.zip": made_of(lambda: zip_of({"/etc/cron.d/omsap.jpg": picture(), "C:/a.jpg": picture()})),
    "link.zip": made_of(lambda: zip_of({}, links={"picture.jpg": "/etc/hostname"})),
    "many.zip": made_of(lambda: zip_of({f"{number}.jpg": picture() for number in range(201)})),
    "bomb.zip": made_of(lambda: zip_of({f"{n}.jpg": picture() + bytes(32 * MIB) for n in range(8)}, packing=zipfile.ZIP_DEFLATED)),
    "says-less.zip": made_of(_says_less),
    "thai-windows.zip": made_of(partial(_thai_names, "cp874")),
    "mac-thai.zip": made_of(lambda: zip_of({"xxxxxx.txt": b"letter"}).replace(b"xxxxxx", "รู".encode())),
}
