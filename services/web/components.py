"""What the macros of `components.html` are given. Any object with the same fields will do, as `shared.submissions.history.HistoryLine`."""

from datetime import datetime

from services.web.templates import PageModel
from shared.text import Tag, Text
from shared.thai import places

PARTS = {
    "tambon": Text("ต.{name}", "Tambon {name}"),
    "amphoe": Text("อ.{name}", "Amphoe {name}"),
    "province": Text("จ.{name}", "{name}"),
}
OF_CAPITAL = {"tambon": Text("แขวง{name}", "{name}"), "amphoe": Text("เขต{name}", "{name}"), "province": Text("{name}", "{name}")}
"""In the capital the parts have other words before them."""
CAPITAL = "10"
"""Its code."""


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
    """Where somebody is, by the Thai names of places, in the forms that pages write it; what is not known is empty."""

    tambon: str = ""
    amphoe: str = ""
    province: str = ""

    @property
    def area(self) -> Text:
        """All of it, in the usual abbreviations."""
        return self._written("tambon", "amphoe", "province")

    @property
    def district(self) -> Text:
        """The sub-district and district, beside a column that names the province."""
        return self._written("tambon", "amphoe")

    def _written(self, *parts: str) -> Text:
        capital = places.place(CAPITAL)
        words = OF_CAPITAL if capital is not None and self.province == capital.th else PARTS
        names = self.model_dump()
        written = [words[part].fill(name=names[part]) for part in parts if names[part]]
        return Text(" ".join(one.th for one in written), ", ".join(one.en for one in written))
