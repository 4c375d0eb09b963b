"""Write documents part by part, so that anything in them can be changed (ECMA-376 part 2; ODF 1.3 part 2; ISO 32000-1, 7.5)."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pikepdf

TYPES, RELATIONS = (
    "http://schemas.openxmlformats.org/package/2006/content-types",
    "http://schemas.openxmlformats.org/package/2006/relationships",
)
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>แผน</w:t></w:r></w:p></w:body></w:document>'
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file, deflated."""
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
        return out.getvalue()


def docx(parts: Mapping[str, str | bytes] | None = None, *, relations: str = "") -> bytes:
    """Return a document that an office suite opens, with parts changed or added and relations of its text."""
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
            'document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE_RELATIONS}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            "word/document.xml": BODY,
            "docProps/app.xml": "<Properties><Pages>4</Pages></Properties>",
            **(parts or {}),
        }
    )


def odt(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an ODT with parts changed or added."""
    content = "<office:document-content/>"
    return package({"mimetype": ODT_TYPE, "content.xml": content, "meta.xml": "<office:meta/>", **parts})


def pdf(change: Callable[[pikepdf.Pdf], None], *, encryption: pikepdf.Encryption | None = None) -> bytes:
    """Return a PDF of two pages after a change."""
    with io.BytesIO() as out:
        made = pikepdf.new()
        for _ in range(2):
            made.add_blank_page()
        change(made)
        made.save(out, static_id=encryption is None, encryption=encryption or False)
        return out.getvalue()


def raw_pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects as they stand; the catalogue is 1."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    out += b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start)
    return bytes(out)
