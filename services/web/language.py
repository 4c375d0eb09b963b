"""Thai first: which language a request reads."""

from typing import Literal

from starlette.requests import HTTPConnection

from services.web.audience import is_person

Language = Literal["th", "en"]
COOKIE = "lang"
YEAR = 365 * 24 * 3600


def language_of(request: HTTPConnection) -> Language:
    """Return the language asked for in the address, else the one chosen before, else Thai.

    Accept-Language does not count for people: many Thai telephones speak English by default. A program that sends no cookie may use it.
    """
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE)
    if asked in ("th", "en"):
        return "en" if asked == "en" else "th"
    accepted = request.headers.get("accept-language", "")
    return "en" if accepted.startswith("en") and not is_person(request) else "th"
