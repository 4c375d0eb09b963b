"""A stage's form in chromium: answers are saved as they are typed, what hangs on them follows at once, and nothing typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser.browser import DESK, PHONE, page
from browser.readable import is_readable
from factories.filers import FORM, LATER, OFFICE, People, item, play
from factories.processes import Web, start_web
from factories.stages import collect
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def web(stack: dict[str, Any]) -> Iterator[Web]:
    """A web process."""
    started = start_web("intake")
    yield started
    started.process.terminate()
    started.process.wait(20)


def several() -> People:
    """A programme of three stages."""
    report = collect("report", {"items": [item("paper")]}, by=LATER, **{"for": {"first": "accepted"}})
    return play(collect("first", FORM, by=LATER), collect("papers", OFFICE, by=LATER, filed_by=["district"]), report)


def opened(browser: Browser, web: Web, who: People, at: str = "/stages/first", size: Any = PHONE) -> Page:
    shown = page(browser, size)
    shown.goto(f"{web.url}/s/{who.link}")
    shown.goto(f"{web.url}{who.at}{at}")
    return shown


def saved(who: People, key: str) -> Any:
    return next(one for one in who.door()("GET", f"{who.api}/stages/first")["answers"] if one["key"] == key)["value"]


def test_a5_answer_is_said_to_be_saved_once_the_server_said_so_and_a_failed_save_stays_visible(browser: Browser, web: Web) -> None:
    who = several()
    shown = opened(browser, web, who)
    note = shown.locator("#question-title [data-saved]")
    shown.route("**/api/intake/submissions/**", lambda route: route.abort())
    shown.fill("#q-title", "ขนมไข่")
    expect(note).to_contain_text("ยังบันทึกไม่ได้", timeout=15_000)
    assert saved(who, "title") is None
    shown.unroute_all()
    expect(note).to_contain_text("บันทึกแล้ว", timeout=20_000)
    assert saved(who, "title") == "ขนมไข่"
    assert shown.input_value("#q-title") == "ขนมไข่"


def test_what_hangs_on_an_answer_is_shown_at_once_and_the_rest_stays(browser: Browser, web: Web) -> None:
    who = several()
    shown = opened(browser, web, who)
    expect(shown.locator("#question-which_tools")).to_be_hidden()
    shown.check("input[name='answers.kind'][value=tools]")
    expect(shown.locator("#question-which_tools")).to_be_visible()
    expect(shown.locator("#task-drawing")).to_be_visible()
    shown.fill("#q-which_tools", "จอบ")
    shown.check("input[name='answers.kind'][value=seeds]")
    expect(shown.locator("#question-which_tools")).to_be_hidden()
    expect(shown.locator("#question-kind [data-saved]")).to_contain_text("บันทึกแล้ว", timeout=15_000)
    expect(shown.locator("#question-which_tools [data-saved]")).to_contain_text("บันทึกแล้ว", timeout=15_000)
    assert (saved(who, "kind"), saved(who, "which_tools")) == ("seeds", "จอบ")


def test_a1_two_tabs_on_one_answer_show_both_texts(browser: Browser, web: Web) -> None:
    who = several()
    first, second = opened(browser, web, who), opened(browser, web, who)
    first.fill("#q-title", "แท็บหนึ่ง")
    expect(first.locator("#question-title [data-saved]")).to_contain_text("บันทึกแล้ว", timeout=15_000)
    bodies: list[str] = []

    def note(route: Route) -> None:
        if route.request.method == "PUT":
            bodies.append(route.request.post_data or "")
        route.continue_()

    second.route("**/api/intake/submissions/**", note)
    second.fill("#q-about", "ไม่ชน")
    second.fill("#q-title", "แท็บสอง")
    clash = second.locator("#question-title [data-clash]")
    expect(clash).to_contain_text("แท็บหนึ่ง", timeout=15_000)
    assert second.input_value("#q-title") == "แท็บสอง"
    assert all("requested" not in body for body in bodies)  # only what was changed in this tab is sent
    clash.get_by_role("button", name="ใช้ข้อความของท่าน").click()
    expect(second.locator("#question-title [data-saved]")).to_contain_text("บันทึกแล้ว", timeout=15_000)
    expect(second.locator("#question-about [data-saved]")).to_contain_text("บันทึกแล้ว", timeout=15_000)
    assert (saved(who, "title"), saved(who, "about")) == ("แท็บสอง", "ไม่ชน")


def test_row_is_added_and_the_sum_is_the_servers(browser: Browser, web: Web) -> None:
    who = several()
    shown = opened(browser, web, who)
    shown.fill("#q-budget-0-what", "จอบ")
    shown.fill("#q-budget-0-amount", "1,000.50")
    shown.locator("#question-budget [data-add-row]").click()
    shown.fill("#q-budget-1-what", "เสียม")
    shown.fill("#q-budget-1-amount", "0.25")
    expect(shown.locator("#question-budget [data-column=amount] strong")).to_have_text("1,000.75 บาท", timeout=15_000)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_are_readable(browser: Browser, web: Web, size: Any, language: str) -> None:
    who = several()
    for at in ("", "/stages/first", "/withdraw"):
        shown = opened(browser, web, who, f"{at}?lang={language}", size)
        is_readable(shown)
        shown.context.close()
