"""What the macros of `components.html` are given. Any object with the same fields will do, as `shared.submissions.history.HistoryLine`."""

from datetime import datetime

from services.web.templates import PageModel
from shared.text import Tag, Text


class HistoryLine(PageModel):
    """What happened, when, by whom, and why where a reason was given."""

    at: datetime
    text: Text
    by: Text
    reason: str | None = None


class FileLine(PageModel):
    """A file: its name, where it is read (None: nowhere), its size in bytes, its length or number of pages, and its status."""

    filename: str
    url: str | None
    size_bytes: int
    duration_seconds: float | None = None
    pages: int | None = None
    tag: Tag | None = None


class Address(PageModel):
    """Where something is; every part is optional but the province."""

    village_no: str | None = None
    tambon: str | None = None
    amphoe: str | None = None
    province: str
