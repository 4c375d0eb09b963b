"""What a telephone filmed, as the committee watches it: upright, sought by pictures, on weak links; documents page by page."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from browser.browser import DESK, page
from browser.readable import is_readable
from media.corpus import media
from playwright.sync_api import Browser, Page, ViewportSize, expect

from deploy.demo import plans
from deploy.local.background import BackgroundStack

GROUPS = 2
SMALL = ViewportSize(width=360, height=740)
MADE_SECONDS = 120
SECONDS = 6
"""How long the clip is; each second it shows one green block more at its foot, see `media.phones`."""
LIT = """([video, places]) => {
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth; canvas.height = video.videoHeight;
    const context = canvas.getContext('2d');
    context.drawImage(video, 0, 0);
    return places.map(([x, y]) => [...context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data.slice(0, 3)]);
}"""
SEEK = """(video, at) => new Promise((done, fail) => {
    video.onseeked = () => done([video.currentTime, video.readyState]); video.onerror = () => fail(video.error.message);
    video.currentTime = at;
})"""


class Doors:
    """The public doors of a prepared programme, by who asks."""

    def __init__(self, prepared: dict[str, Any]) -> None:
        self.base_url, self.prepared = prepared["base_url"], prepared

    def ask(self, who: dict[str, Any], method: str, path: str, **parts: Any) -> Any:
        headers = {"Authorization": f"Bearer {who['token']}"}
        answer = httpx2.request(method, f"{self.base_url}/api/{path}", headers=headers, timeout=60, **parts)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def queue(self, step: str, name: str = "transcoding") -> None:
        self.ask(self.prepared["operator"], "POST", f"operations/queues/{name}/{step}", json={"reason": "ทดสอบ"})

    def hand_in(self, group: dict[str, Any], *files: tuple[str, str, bytes]) -> None:
        at = f"intake/submissions/{group['submission']}"
        for kind, name, content in files:
            self.ask(group, "POST", f"{at}/items/{kind}", files={"file": (name, content, "application/octet-stream")})
        self.ask(group, "POST", f"{at}/submit")

    def queues_with_work(self) -> list[str]:
        """Return the names of this programme's review queues in which a submission waits; the member sits in other programmes, too."""
        queues = self.ask(self.prepared["members"][0], "GET", "review/queues")["queues"]
        return [queue["name"] for queue in queues if queue["programme"] == self.prepared["programme"] and queue["waiting"]]

    def made(self, group: dict[str, Any], *names: str) -> None:
        """Wait until the files of a group have these copies."""
        member, until = self.prepared["members"][0], time.monotonic() + MADE_SECONDS
        while time.monotonic() < until:
            items = self.ask(member, "GET", f"review/submissions/{group['submission']}")["items"]
            if set(names) <= {name for item in items for upload in item["uploads"] for name in upload["copies"]}:
                return
            time.sleep(0.5)
        raise AssertionError(f"{names} were not made of {items}")


@pytest.fixture(scope="module")
def doors(prepared: dict[str, Any]) -> Doors:
    """The doors, with the clip of a telephone and a plan handed in and with the committee, before any web copy is made."""
    made = Doors(prepared)
    made.queue("pause")
    plan = plans.plan("SG-0001", "กลุ่มออมทรัพย์", "ขนมไข่")
    made.hand_in(prepared["groups"][0], ("plan", "แผนธุรกิจ.pdf", plan), ("clip", "IMG_0042.MOV", media("iphone.mov").read_bytes()))
    made.ask(prepared["officers"][0], "POST", f"office/programmes/{prepared['programme']}/rounds/screening/open")
    return made


class Member:
    """A member of the committee in a browser; what the browser complains of is noted."""

    def __init__(self, browser: Browser, link: str, assignment: str) -> None:
        """Sign in by `link`; `assignment` is the address of the page that is opened then."""
        self._browser, self._path = browser, assignment
        self.complaints: list[str] = []
        self.answers: list[tuple[str, int]] = []
        shown = page(browser, DESK)
        shown.goto(link)
        if (enter := shown.get_by_role("button", name="เข้าสู่ระบบ")).count():
            enter.click()
        self._state = shown.context.storage_state()
        shown.context.close()

    def open(self, size: ViewportSize = DESK, **options: Any) -> Page:
        """Open the page of the submission; it is a page of its own, with nothing kept."""
        shown = page(self._browser, size, storage_state=self._state, **options)
        shown.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        shown.on("pageerror", lambda error: self.complaints.append(str(error)))
        shown.on("response", lambda answer: self.answers.append((answer.url.rpartition("/")[2], answer.status)))
        shown.goto(self._path)
        return shown


@pytest.fixture(scope="module")
def member(doors: Doors, browser: Browser, live: BackgroundStack) -> Member:
    """The member who was given the clip."""
    argv = [sys.executable, "-m", "services.cli.main", "user", "link", doors.prepared["members"][0]["email"], "--data", str(live.folder)]
    link = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()
    until(lambda: doors.queues_with_work() != [], MADE_SECONDS)
    assignment = doors.ask(doors.prepared["members"][0], "POST", f"review/queues/{doors.queues_with_work()[0]}/claims")
    return Member(browser, link, f"{doors.base_url}/review/assignments/{assignment['id']}")


@pytest.fixture
def quiet(member: Member) -> Iterator[Member]:
    """The member, in whose browser nothing is to go wrong."""
    member.complaints.clear()
    member.answers.clear()
    yield member
    assert member.complaints == []


def colours(shown: Page, *places: tuple[float, float]) -> list[str]:
    """Return what a picture shows at places, each from 0 to 1: red, green, grey or white."""
    seen = shown.evaluate(LIT, [shown.locator("video").element_handle(), places])
    return [_named(*pixel) for pixel in seen]


def _named(red: int, green: int, blue: int) -> str:
    if red > green + 60 and red > blue + 60:
        return "red"
    if green > red + 60 and green > blue + 60:
        return "green"
    return "white" if min(red, green, blue) > 200 else "grey"


def blocks(shown: Page) -> int:
    """Return how many green blocks are at the foot of the picture."""
    places = [((second + 0.375) / 8, 0.96) for second in range(SECONDS)]
    return colours(shown, *places).count("green")


def until(what: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_page_waits_for_the_clip_and_keeps_what_is_typed(doors: Doors, quiet: Member) -> None:
    shown = quiet.open()
    expect(shown.locator("[data-player]")).to_contain_text("รอเตรียมคลิปสำหรับเปิดดูบนเว็บ")
    expect(shown.locator("[data-player] img")).to_be_visible()
    is_readable(shown)
    mark = shown.locator('input[type="number"]').first
    mark.fill("7")
    shown.locator("#comment").fill("กำลังพิมพ์")
    shown.evaluate("window.isTheSamePage = true")
    doors.queue("resume")
    expect(shown.locator("[data-player] video")).to_be_visible(timeout=MADE_SECONDS * 1000)
    expect(shown.locator("[data-sources]")).to_be_visible(timeout=MADE_SECONDS * 1000)
    expect(shown.locator(".player-strip button").first).to_be_visible()
    assert (mark.input_value(), shown.locator("#comment").input_value()) == ("7", "กำลังพิมพ์")
    assert shown.evaluate("window.isTheSamePage")
    shown.context.close()


@pytest.fixture
def ready(doors: Doors, quiet: Member) -> Member:
    """The member, when all copies are made."""
    doors.queue("resume")
    doors.made(doors.prepared["groups"][0], "web", "small", "sound", "thumbnails", "document")
    return quiet


@pytest.mark.parametrize("size", [SMALL, DESK], ids=["phone", "desk"])
def test_clip_of_a_telephone_plays_upright_and_can_be_sought(ready: Member, size: ViewportSize) -> None:
    shown = ready.open(size)
    video = shown.locator("video")
    expect(shown.locator(".player-strip button").first).to_be_visible()
    is_readable(shown)
    video.evaluate("video => { video.muted = true; return video.play(); }")
    until(lambda: video.evaluate("video => video.currentTime > 0.3 && !video.paused"))
    video.evaluate("video => video.pause()")
    assert video.evaluate("video => video.videoWidth < video.videoHeight")
    assert video.evaluate("video => video.duration") == pytest.approx(SECONDS, abs=0.2)
    assert video.evaluate(SEEK, 0.5)[0] == pytest.approx(0.5, abs=0.1)
    assert colours(shown, (0.08, 0.05), (0.92, 0.05), (0.5, 0.5)) == ["red", "grey", "grey"]
    assert blocks(shown) == 1
    at, ready_state = video.evaluate(SEEK, SECONDS - 0.4)
    assert at == pytest.approx(SECONDS - 0.4, abs=0.1)
    assert ready_state >= 2
    assert blocks(shown) == SECONDS
    assert ("web", 206) in ready.answers
    shown.context.close()


def test_pictures_lead_to_their_time_by_touch_and_by_keyboard(ready: Member) -> None:
    shown = ready.open(SMALL, has_touch=True)
    video, strip = shown.locator("video"), shown.locator(".player-strip")
    expect(strip.locator("button").first).to_be_visible()
    names = strip.locator("button").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert names[0] == "ไปที่ 0:00.0"
    assert len(set(names)) == len(names) >= 3
    strip.locator("button").nth(2).tap()
    third = strip.locator("button").nth(2)
    expect(third).to_have_attribute("aria-current", "true")
    begin = video.evaluate("video => video.currentTime")
    assert names[2] == f"ไปที่ 0:{begin:04.1f}"
    assert begin > 0
    assert strip.locator('[tabindex="0"]').count() == 1
    third.focus()
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("Enter")
    until(lambda: video.evaluate("video => video.currentTime") > begin)
    shown.keyboard.press("Home")
    shown.keyboard.press("Enter")
    until(lambda: video.evaluate("video => video.currentTime") == 0)
    assert shown.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    shown.context.close()


def test_smaller_clip_goes_on_at_the_same_time_and_is_remembered(ready: Member) -> None:
    shown = ready.open(SMALL)
    video = shown.locator("video")
    expect(shown.locator("[data-sources]")).to_be_visible()
    video.evaluate(SEEK, 3.5)
    shown.locator("[data-speed] select").select_option("1.5")
    for label, source, is_seen in (("เล็ก (240p)", "small", True), ("เสียงอย่างเดียว", "sound", False), ("เล็ก (240p)", "small", True)):
        shown.locator("label", has_text=label).click()
        until(lambda source=source: video.evaluate("video => video.currentSrc").endswith(f"/{source}"))  # type: ignore[misc]
        until(lambda: abs(video.evaluate("video => video.currentTime") - 3.5) < 0.1)
        until(lambda: video.evaluate("video => video.readyState") >= 2)
        assert video.evaluate("video => video.playbackRate") == 1.5
        assert (video.evaluate("video => video.videoHeight") > 0) == is_seen
    assert video.evaluate("video => Math.min(video.videoWidth, video.videoHeight)") <= 240
    assert blocks(shown) == 4
    shown.reload()
    until(lambda: video.evaluate("video => video.currentSrc").endswith("/small"))
    expect(shown.get_by_role("radio", name="เล็ก (240p)")).to_be_checked()
    shown.context.close()


def test_link_that_breaks_is_said_and_the_clip_goes_on(ready: Member) -> None:
    shown = ready.open()
    video = shown.locator("video")
    expect(shown.locator("[data-sources]")).to_be_visible()
    video.evaluate(SEEK, 2)
    shown.route("**/copies/small", lambda route: route.abort())
    shown.locator("label", has_text="เล็ก (240p)").click()
    expect(shown.locator("[data-broken]")).to_be_visible()
    expect(shown.locator("[data-unplayable]")).to_be_hidden()
    shown.unroute("**/copies/small")
    video.evaluate("video => { video.muted = true; }")
    shown.get_by_role("button", name="ดูต่อจากเดิม").click()
    until(lambda: video.evaluate("video => video.currentTime") > 2)
    expect(shown.locator("[data-broken]")).to_be_hidden()
    ready.complaints.clear()  # the browser has told of the broken link
    shown.context.close()


def test_without_javascript_the_clip_plays_and_smaller_ones_are_links(ready: Member) -> None:
    shown = ready.open(SMALL, java_script_enabled=False)
    expect(shown.locator("video")).to_be_visible()
    assert shown.locator("video").get_attribute("src")
    expect(shown.locator(".player-strip")).to_be_hidden()
    expect(shown.locator("[data-sources]")).to_be_hidden()
    expect(shown.get_by_role("link", name="เล็ก (240p)")).to_be_visible()
    shown.context.close()


def shows_pdf(shown: Page) -> bool:
    """Say whether the browser's own reader of PDF has come."""
    shown.wait_for_timeout(100)
    return any(frame.url.startswith("chrome-extension:") for frame in shown.frames)


def test_clip_and_plan_open_in_tabs_of_their_own(ready: Member) -> None:
    shown = ready.open()
    tab = shown.context.new_page()
    tab.goto(shown.url.partition("/review")[0] + str(shown.locator("video").get_attribute("src")))
    until(lambda: bool(tab.evaluate("document.querySelector('video').readyState >= 2")))
    tab.close()
    with shown.expect_popup() as opened:
        shown.locator(".document-pages a").nth(1).click()
    document = opened.value
    assert document.url.endswith("/copies/document#page=2")
    until(lambda: shows_pdf(document))
    shown.context.close()


def test_officer_watches_the_same_clip(doors: Doors, ready: Member, browser: Browser, live: BackgroundStack) -> None:
    argv = [sys.executable, "-m", "services.cli.main", "user", "link", doors.prepared["officers"][0]["email"], "--data", str(live.folder)]
    link = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()
    shown = page(browser, DESK)
    shown.goto(link)
    if (enter := shown.get_by_role("button", name="เข้าสู่ระบบ")).count():
        enter.click()
    shown.goto(f"{doors.base_url}/office/submissions/{doors.prepared['groups'][0]['submission']}")
    expect(shown.locator(".player-strip button").first).to_be_visible()
    assert shown.locator("video").evaluate(SEEK, 4)[0] == pytest.approx(4, abs=0.1)
    expect(shown.locator(".document-pages img").first).to_be_visible()
    is_readable(shown)
    shown.context.close()
