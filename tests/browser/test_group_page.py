"""A group's page in a browser: light, readable by everybody, one task at a time, and moving by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from browser.browser import DESK, PHONE, overflows, page
from browser.readable import is_readable
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import create_engine, text

from deploy.demo import clips, plans
from deploy.local.background import BackgroundStack

SMALL = ViewportSize(width=360, height=740)
GROUPS = 20
FIRST_VISIT_BYTES = 100_000
NEWS_MS = 30_000
POLLED_MS = 25_000
SLOW_BYTES_A_SECOND = 100_000


class Groups:
    """The groups of a prepared programme, each with its link, and what others do to their submissions."""

    def __init__(self, prepared: dict[str, Any], live: BackgroundStack, files: dict[str, Path]) -> None:
        self._prepared, self._live, self._files = prepared, live, files
        self._left = iter(prepared["groups"])
        self._taken: list[Group] = []

    def take(self, *sent: str, hand_in: bool = False) -> "Group":
        """A group that nobody used, which has sent these of `plan`, `clip` and `long`."""
        group = Group(self._prepared["base_url"], next(self._left))
        self._taken.append(group)
        for name in sent:
            group.send(self._files[name])
        if hand_in:
            group.ask("POST", "/submit")
        return group

    def close(self) -> None:
        """Close the connections of every group."""
        for group in self._taken:
            group.close()

    def open_round(self) -> None:
        """Let the committee begin."""
        token = self._prepared["officers"][0]["token"]
        path = f"{self._prepared['base_url']}/api/office/programmes/{self._prepared['programme']}/rounds/screening/open"
        assert httpx2.post(path, headers={"Authorization": f"Bearer {token}"}).is_success

    def end_the_time(self) -> None:
        """Have the deadline lie in the past."""
        engine = create_engine(self._live.description["environment"]["OMSAP_DATABASE_URL"])
        past = "UPDATE programmes SET document = jsonb_set(document, '{milestones,0,by}', '\"2020-05-29T16:59:59Z\"') WHERE slug = :slug"
        with engine.begin() as connection:
            connection.execute(text(past), {"slug": self._prepared["programme"]})
        engine.dispose()


class Group:
    """One group: its page, and what another device of it does."""

    def __init__(self, base_url: str, links: dict[str, str]) -> None:
        self.link, self._submission = links["link"], links["submission"]
        self._client = httpx2.Client(base_url=base_url, headers={"Authorization": f"Bearer {links['token']}"}, timeout=60)

    def close(self) -> None:
        self._client.close()

    def ask(self, method: str, path: str = "", **parts: Any) -> dict[str, Any]:
        answer = self._client.request(method, f"/api/intake/submissions/{self._submission}{path}", **parts)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def send(self, file: Path) -> None:
        kind = "plan" if file.suffix == ".pdf" else "clip"
        self.ask("POST", f"/items/{kind}", files={"file": (file.name, file.read_bytes(), "application/octet-stream")})

    def open(self, browser: Browser, size: ViewportSize, task: str = "", **options: Any) -> Page:
        shown = page(browser, size, **options)
        shown.goto(self.link)
        if task:
            shown.goto(f"{shown.url}?task={task}")
        return shown


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A plan, a good clip and one that is too long."""
    folder = tmp_path_factory.mktemp("files")
    plan = folder / "แผนธุรกิจ.pdf"
    plan.write_bytes(plans.plan("SG-0001", "กลุ่มออมทรัพย์", "ขนมไข่"))
    return {"plan": plan, "clip": clips.good_clip(0).make(folder), "long": clips.long_clip(0).make(folder)}


@pytest.fixture(scope="module")
def groups(prepared: dict[str, Any], live: BackgroundStack, files: dict[str, Path]) -> Iterator[Groups]:
    """A programme of its own with groups that were invited."""
    made = Groups(prepared, live, files)
    yield made
    made.close()


STATES: dict[str, Callable[[Groups], tuple[Group, str, str]]] = {
    "nothing sent": lambda groups: (groups.take(), "", "ยังไม่ได้ส่ง"),
    "one sent": lambda groups: (groups.take("plan"), "plan", "อัปโหลด: คลิปวิดีโอ"),
    "failed": lambda groups: (groups.take("plan", "long"), "", "แก้ไข: เลือกคลิปวิดีโอใหม่"),
    "all good": lambda groups: (groups.take("plan", "clip"), "", "พร้อมส่ง"),
    "good clip": lambda groups: (groups.take("plan", "clip"), "clip", "ตรวจแล้ว ใช้ได้"),
    "handed in": lambda groups: (groups.take("plan", "clip", hand_in=True), "", "รอคณะกรรมการเริ่มพิจารณา"),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_read_by_everybody(groups: Groups, browser: Browser, state: str) -> None:
    group, task, words = STATES[state](groups)
    for size in (SMALL, DESK):
        shown = group.open(browser, size, task)
        expect(shown.locator("#main")).to_contain_text(words, timeout=NEWS_MS)
        is_readable(shown)
        shown.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not overflows(shown)
        shown.context.close()


def test_first_visit_is_small(groups: Groups, browser: Browser) -> None:
    shown = page(browser, PHONE)
    carried: list[int] = []
    wire = shown.context.new_cdp_session(shown)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: carried.append(int(event["encodedDataLength"])))
    shown.goto(groups.take().link)
    shown.wait_for_timeout(1500)
    assert len(carried) > 5  # the page with its sheets, fonts and scripts
    print(f"first visit: {sum(carried)} bytes")
    assert sum(carried) < FIRST_VISIT_BYTES, carried


def test_page_moves_by_itself_to_the_committee(groups: Groups, browser: Browser, files: dict[str, Path]) -> None:
    group = groups.take()
    shown = group.open(browser, PHONE)
    shown.evaluate("window.isTheSamePage = true")
    group.send(files["plan"])
    expect(shown.locator("#state-plan")).to_have_text("ใช้ได้", timeout=NEWS_MS)
    group.send(files["clip"])
    expect(shown.locator("#state-hand_in")).to_have_text("พร้อมส่ง", timeout=NEWS_MS)
    expect(shown.locator("#told")).to_contain_text("ไฟล์ครบแล้ว")  # for those who listen
    group.ask("POST", "/submit")
    expect(shown.locator("#summary")).to_contain_text("รอคณะกรรมการเริ่มพิจารณา", timeout=NEWS_MS)
    groups.open_round()
    expect(shown.locator("#summary")).to_contain_text("อยู่กับคณะกรรมการ ลำดับที่", timeout=NEWS_MS)
    assert shown.evaluate("window.isTheSamePage")


def test_page_moves_where_streams_do_not_come_through(groups: Groups, browser: Browser, files: dict[str, Path]) -> None:
    group = groups.take()
    shown = page(browser, PHONE)
    shown.route("**/events?*", lambda route: route.fulfill(status=502, body="no streams here"))
    shown.goto(group.link)
    group.send(files["plan"])
    expect(shown.locator("#state-plan")).to_have_text("ใช้ได้", timeout=POLLED_MS)


def test_reader_stays_where_they_are_while_the_page_moves(groups: Groups, browser: Browser, files: dict[str, Path]) -> None:
    group = groups.take("plan")
    shown = group.open(browser, PHONE, task="hand_in")
    change = shown.locator("#check").get_by_role("link", name="ไปส่งไฟล์").first
    change.focus()
    group.send(files["clip"])
    expect(shown.locator("#check")).to_contain_text("ยาว 0:45 นาที", timeout=NEWS_MS)
    expect(shown.locator("#check").get_by_role("link", name="เปลี่ยน").last).to_be_focused()


def test_page_moves_where_htmx_does_not_run(groups: Groups, browser: Browser, files: dict[str, Path]) -> None:
    group = groups.take()
    shown = page(browser, PHONE)
    shown.route("**/htmx.min.js", lambda route: route.fulfill(body="#too-new#", content_type="text/javascript"))
    shown.goto(group.link)
    group.send(files["plan"])
    expect(shown.locator("#state-plan")).to_have_text("ใช้ได้", timeout=POLLED_MS)


def test_one_tap_leads_from_what_is_wrong_to_its_mending(groups: Groups, browser: Browser) -> None:
    group = groups.take("plan", "long")
    shown = group.open(browser, PHONE, task="plan")
    expect(shown.locator("#summary")).to_contain_text("คลิปยาว 5:20 นาที", timeout=NEWS_MS)
    shown.get_by_role("link", name="แก้ไข: เลือกคลิปวิดีโอใหม่").click()
    expect(shown.locator("#file-clip")).to_be_focused()
    expect(shown.locator("#files-clip")).to_contain_text("วิธีตัดคลิป")
    expect(shown.locator("#do-plan")).to_be_hidden()  # one thing at a time


def test_upload_goes_on_while_another_task_is_open(groups: Groups, browser: Browser, files: dict[str, Path]) -> None:
    group = groups.take("plan")
    shown = group.open(browser, PHONE, task="clip")
    shown.set_input_files("#file-clip", str(files["clip"]))
    wire = shown.context.new_cdp_session(shown)
    wire.send("Network.enable")
    slow = {"offline": False, "latency": 50, "downloadThroughput": SLOW_BYTES_A_SECOND, "uploadThroughput": SLOW_BYTES_A_SECOND}
    wire.send("Network.emulateNetworkConditions", slow)
    shown.locator('form[data-kind="clip"] [data-choosing] button').click()
    expect(shown.locator("#state-clip")).to_have_text("กำลังส่ง", timeout=NEWS_MS)
    shown.locator("#task-plan > summary").click()
    expect(shown.locator("#do-clip")).to_be_hidden()
    expect(shown.locator("#files-plan")).to_be_visible()
    expect(shown.locator("#state-clip")).to_have_text("ใช้ได้", timeout=NEWS_MS)


def test_without_javascript_every_step_is_a_link_or_a_form(groups: Groups, browser: Browser, files: dict[str, Path]) -> None:
    group = groups.take("plan")
    shown = group.open(browser, PHONE, java_script_enabled=False)
    shown.set_input_files("#file-clip", str(files["clip"]))
    shown.locator('form[data-kind="clip"] [data-choosing] button').click()
    for _ in range(20):
        if "ตรวจแล้ว ใช้ได้" in shown.locator("#task-clip").inner_text() or shown.locator("#state-clip").inner_text() == "ใช้ได้":
            break
        shown.wait_for_timeout(500)
        shown.get_by_role("link", name="ดูสถานะล่าสุด").click()
    shown.get_by_role("link", name="ไปตรวจทานและส่งผลงาน").click()
    shown.get_by_role("button", name="ส่งผลงาน", exact=True).click()
    expect(shown.locator("#summary")).to_contain_text("ส่งแล้วเมื่อ")


def test_late_group_is_told_whom_to_ask(groups: Groups, browser: Browser) -> None:
    group = groups.take("plan")
    groups.end_the_time()
    for size in (SMALL, DESK):
        shown = group.open(browser, size)
        expect(shown.locator("#summary")).to_contain_text("หมดเวลาส่งแล้ว โปรดติดต่อเจ้าหน้าที่พัฒนาชุมชนอำเภอ")
        is_readable(shown)
        assert shown.locator("input[type=file]").count() == 0
