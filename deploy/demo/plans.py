"""Business plans as PDF: a few pages of Latin text, the Thai name in the document's properties.

The pages are set in a font every reader has, which has no Thai letters; real letters are typeset elsewhere.
"""

from io import BytesIO

import pikepdf

A4 = (0, 0, 595, 842)
HEADINGS = ("Summary", "What the group makes", "Markets", "Network with other groups", "Budget", "Welfare for the community")


def plan(code: str, name: str, business: str) -> bytes:
    """Return the plan of a group: a cover and a page a heading; the number of pages differs from group to group."""
    document = pikepdf.new()
    count = 2 + sum(code.encode()) % (len(HEADINGS) - 1)
    for number, heading in enumerate(HEADINGS[:count], 1):
        _page(document, [f"Business plan of group {code}", f"{number}. {heading}", "B.E. 2563"])
    with document.open_metadata() as properties:
        properties["dc:title"] = f"แผนธุรกิจ {name}"
        properties["dc:description"] = business
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: pikepdf.Pdf, lines: list[str]) -> None:
    text = " 0 -30 Td ".join(f"({line}) Tj" for line in lines)
    content = f"BT /F1 18 Tf 70 760 Td {text} ET".encode("ascii")
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=list(A4),
        Contents=document.make_stream(content),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font))),
    )
    document.pages.append(pikepdf.Page(document.make_indirect(page)))
