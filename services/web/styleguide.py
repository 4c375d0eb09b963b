"""`/styleguide`: every part that pages are made of, shown with what it is given. For who builds pages; off unless a setting turns it on."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.web.components import Address, FileLine, HistoryLine
from services.web.templates import HERE, Page, PageModel, show
from shared.errors import NotFound
from shared.settings import settings
from shared.text import Look, Tag, Text

router = APIRouter(include_in_schema=False)

_MACRO = re.compile(r"\{#(?P<description>(?:(?!#\}).)*)#\}\s*\{% macro (?P<name>\w+)\((?P<arguments>.*?)\) %\}", re.DOTALL)
AT = datetime(2026, 7, 10, 2, 30, tzinfo=UTC)


class Component(PageModel):
    """A macro of `components.html`: its name, its arguments as written there, and the comment above it."""

    name: str
    arguments: str
    description: str


class StyleguidePage(Page):
    """Every component, and what `styleguide/samples.html` shows them with."""

    template: ClassVar = "styleguide/page.html"
    components: list[Component]
    tags: list[Tag]
    files: list[FileLine]
    place: Address
    lines: list[HistoryLine]
    amount: Decimal
    at: datetime


@cache
def components() -> list[Component]:
    """Return the macros of `components.html`, in its order."""
    found = _MACRO.finditer((HERE / "components.html").read_text())
    return [Component(name=one["name"], arguments=one["arguments"], description=" ".join(one["description"].split())) for one in found]


@router.get("/styleguide")
def show_styleguide(request: Request) -> Response:
    """Show every component. Raises NotFound where the setting is off."""
    if not settings().styleguide:
        raise NotFound
    return show(request, samples())


def samples() -> StyleguidePage:
    """Return the page with something for each component to show."""
    good, bad = Tag(Text("ตรวจแล้ว ใช้ได้", "checked, fine"), Look.GOOD), Tag(Text("ต้องแก้ไข", "needs changes"), Look.BAD)
    others = [
        Tag(Text("กำลังตรวจ", "being checked"), Look.WAIT),
        Tag(Text("ทำได้เลย", "can be done now"), Look.READY),
        Tag(Text("ไม่บังคับ", "optional")),
    ]
    return StyleguidePage(
        components=components(),
        tags=[good, bad, *others],
        files=[
            FileLine(filename="clip.mp4", url="#", size_bytes=52_428_800, duration_seconds=299.96, tag=good),
            FileLine(filename="plan.pdf", url=None, size_bytes=182_272, pages=5, tag=bad),
        ],
        place=Address(tambon="Bang Phun", amphoe="Mueang", province="Pathum Thani"),
        lines=[
            HistoryLine(at=AT, text=Text("ส่งผลงานแล้ว", "Submitted"), by=Text("กลุ่ม", "Group")),
            HistoryLine(at=AT, text=Text("ส่งกลับให้แก้ไข", "Returned for changes"), by=Text("ระบบ", "System"), reason="clip_too_long"),
        ],
        amount=Decimal("90000"),
        at=AT,
    )
