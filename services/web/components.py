"""What the macros of `components.html` are given. Any object with the same fields will do, as `shared.submissions.history.HistoryLine`."""

from datetime import datetime

from services.web.templates import PageModel
from shared.text import Tag, Text

IN_FULL = Text(
    "หมู่ที่ {village_no} ตำบล{tambon} อำเภอ{amphoe} จังหวัด{province}",
    "Moo {village_no}, Tambon {tambon}, Amphoe {amphoe}, {province} Province",
)
SHORT = Text(
    "หมู่ที่ {village_no} ต.{tambon} อ.{amphoe} จ.{province}",
    "Moo {village_no}, Tambon {tambon}, Amphoe {amphoe}, {province} Province",
)
AREA = Text("ต.{tambon} อ.{amphoe} จ.{province}", "Tambon {tambon}, Amphoe {amphoe}, {province}")
DISTRICT = Text("ต.{tambon} อ.{amphoe}", "Tambon {tambon}, Amphoe {amphoe}")


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
    """The address of a group, its parts as the register has them, in the forms that pages write it."""

    village_no: str
    tambon: str
    amphoe: str
    province: str

    @property
    def in_full(self) -> Text:
        """The whole address, every word written out."""
        return IN_FULL.fill(**self.model_dump())

    @property
    def short(self) -> Text:
        """The whole address, in the usual abbreviations."""
        return SHORT.fill(**self.model_dump())

    @property
    def area(self) -> Text:
        """The address without the village."""
        return AREA.fill(**self.model_dump())

    @property
    def district(self) -> Text:
        """The sub-district and district, beside a column that names the province."""
        return DISTRICT.fill(**self.model_dump())
