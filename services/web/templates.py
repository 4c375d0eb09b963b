"""Pages: a typed model and its Jinja2 template, with a text in both languages side by side, `t("ไทย {name}", "English {name}", name=…)`.

A slot takes a text or a value, which is escaped, or what a macro made, which is not.
"""

import gzip
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import HTMLResponse

from services.web.assets import module_tags, module_urls, static_url
from services.web.language import COOKIE, YEAR, language_of
from shared.text import Text
from shared.thai import dates
from shared.thai.figures import length, megabytes

BRAND = Text("ออมทรัพย์", "Omsap")
OTHER_LANGUAGE = Text("English", "ภาษาไทย")
HERE = Path(__file__).parent / "templates"
COMPRESSION = 6
"""Of 9. Requests made by other sites come without cookies, so nobody can probe by its length what a person's page holds."""
_environment = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
)
_folders: list[Path] = [HERE]


def add_folder(folder: Path) -> None:
    """Let pages be found in a service's own `templates` folder; their names begin with the service's."""
    if folder not in _folders:
        _folders.append(folder)
        _environment.loader = FileSystemLoader(_folders)


class Visitor(Protocol):
    """Who looks at a page, as far as the kit needs to know; services put it at `request.state.person`."""

    @property
    def name(self) -> str:
        """Their name, as the page's head shows it."""

    @property
    def is_signed_in(self) -> bool:
        """Whether they have an account, and so a way to sign out."""


class PageModel(BaseModel):
    """A part of a page: typed fields, and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Page(PageModel):
    """What a template is given: its fields are the template's variables, typed, and there are no others.

    A subclass names its `template` and holds models, texts, enums and lists of them; never `Any`, a dict or a tuple (a test holds it).
    """

    template: ClassVar[str]


def show(request: Request, page: Page, *, status_code: int = HTTPStatus.OK, headers: dict[str, str] | None = None) -> HTMLResponse:
    """Return a page in the request's language."""
    language = language_of(request)

    def t(th: str | Text, en: str = "", **slots: object) -> str:
        text = (th if isinstance(th, Text) else Text(th, en)).read(language)
        if not slots:
            return text
        return escape(text).format(**{name: value.read(language) if isinstance(value, Text) else value for name, value in slots.items()})

    visitor: Visitor | None = request.scope.get("state", {}).get("person")
    text = _environment.get_template(page.template).render(
        request=request,
        lang=language,
        t=t,
        static=static_url,
        module=module_tags,
        modules=module_urls,
        brand=BRAND,
        other_language=OTHER_LANGUAGE,
        visitor=visitor,
        person=visitor,
        date=_in(language, dates.long_date),
        moment=_in(language, dates.long_moment),
        **{name: getattr(page, name) for name in type(page).model_fields},
    )
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    response = HTMLResponse(gzip.compress(text.encode(), COMPRESSION) if is_packed else text, status_code, headers=headers)
    response.headers.update({"Cache-Control": "no-store", "Vary": "Accept-Encoding"} | ({"Content-Encoding": "gzip"} if is_packed else {}))
    if request.query_params.get("lang") in ("th", "en"):
        response.set_cookie(COOKIE, language, max_age=YEAR, samesite="lax", httponly=True)
    return response


def _in(language: str, form: Callable[[datetime, str], str]) -> Callable[[datetime | str], str]:
    def filtered(value: datetime | str) -> str:
        return form(datetime.fromisoformat(value) if isinstance(value, str) else value, language)

    return filtered


def baht(amount: Decimal | str | float) -> str:
    """Return an amount with thousands apart, without satang when there are none: 90000.00 → 90,000."""
    value = Decimal(str(amount))
    return f"{value:,.0f}" if value == value.to_integral() else f"{value:,.2f}"


_environment.filters.update(length_of_time=length, megabytes=megabytes, baht=baht)
