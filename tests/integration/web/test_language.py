"""Thai first; English for who asks for it."""

from uuid import uuid4

import pytest
from factories.browser import Browser
from sqlalchemy import Engine

pytestmark = pytest.mark.usefixtures("engine")


def lang(browser: Browser, path: str, **headers: str) -> str:
    """Return the language a page says it is in."""
    page = browser.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()}).text
    return page.partition('<html lang="')[2][:2]


def test_page_is_thai_unless_english_is_asked_for() -> None:
    browser = Browser("office")
    assert lang(browser, "/sign-in") == "th"
    assert lang(browser, "/sign-in", Accept_Language="en-US,en;q=0.9") == "th"
    assert lang(browser, "/sign-in?lang=xx") == "th"
    assert lang(browser, "/sign-in?lang=en") == "en"


def test_choice_is_kept_until_another_is_made() -> None:
    browser = Browser("office")
    assert [lang(browser, path) for path in ("/?lang=en", "/", "/nothing", "/?lang=th", "/")] == ["en", "en", "en", "th", "th"]
    assert lang(Browser("office"), "/") == "th"


def test_cookie_that_is_no_language_is_thai() -> None:
    assert lang(Browser("office"), "/", Cookie="lang=<script>") == "th"


def test_other_language_is_one_click_away() -> None:
    browser = Browser("office")
    assert '<a href="?lang=en" lang="en">English</a>' in browser.client.get("/").text
    assert '<a href="?lang=th" lang="th">ภาษาไทย</a>' in browser.client.get("/?lang=en").text


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ("", {}, "th"),
        ("", {"Accept-Language": "en"}, "en"),
        ("", {"Accept-Language": "en", "Cookie": "lang=th"}, "th"),
        ("", {"Cookie": "lang=en"}, "en"),
        ("?lang=th", {"Accept-Language": "en", "Cookie": "lang=en"}, "th"),
        ("?lang=en", {}, "en"),
    ],
)
def test_program_is_told_in_the_language_of_query_cookie_or_header(
    engine: Engine, query: str, headers: dict[str, str], language: str
) -> None:
    problem = Browser("intake").client.get(f"/api/intake/submissions/{uuid4()}{query}", headers=headers).json()
    assert problem["detail"] == problem[f"detail_{language}"]
