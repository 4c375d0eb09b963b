"""The pictures of the README: `make pictures` plays a small programme, looks at its pages in chromium, and writes them."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from browser.browser import DESK, chromium, page
from browser.telephone import Telephone
from playwright.sync_api import Browser, expect
from rich.console import Console

from deploy.demo import cast, clips, groups, plans, story, telling
from deploy.local.background import BackgroundStack
from services.client import sending
from services.client.server import Server
from shared import flow

PICTURES = Path(story.__file__).parent / "pictures"
COUNT = 12
SMALL: dict[str, Any] = {"device_scale_factor": 0.75}
CHECKED_MS = 30_000
PAINTED_MS = 1_500
"""What a page shows after it was moved is not painted at once where no graphics card helps: without this, the top can be empty."""


def main() -> None:
    """Play, open and photograph."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as name, chromium() as browser:
        stack = BackgroundStack(Path(name))
        try:
            os.environ.update(stack.description["environment"])
            flow.install()  # the play makes accounts in this process, and each is an event
            files = Path(name) / "files"
            played, _ = story.play(stack.describe, files, teller=telling.Teller(Console(stderr=True)), count=COUNT)
            _decision(browser, played.base_url, played.cast.slug)
            _telephone(browser, story.prepare(played.base_url, count=COUNT).to_json(), files)
        finally:
            stack.discard()


def _decision(browser: Browser, base_url: str, slug: str) -> None:
    """The desk of the department when a round is decided."""
    desk = page(browser, DESK)
    desk.goto(cast.sign_in_link("department@omsap.example", base_url))
    if (enter := desk.get_by_role("button", name="เข้าสู่ระบบ")).count():
        enter.click()
    desk.goto(f"{base_url}/office/programmes/{slug}/rounds/selection")
    desk.screenshot(path=PICTURES / "decision.png")


def _telephone(browser: Browser, stage: dict[str, Any], files: Path) -> None:
    """The states of a group's page, as a telephone with a weak signal shows them."""
    plan, good, long = files / "แผนธุรกิจ.pdf", files / "คลิปกลุ่มของเรา.mp4", files / "คลิปยาว.mov"
    plan.write_bytes(plans.plan("SG-0001", "กลุ่มออมทรัพย์", "ขนมไข่"))
    clips.good_clip(0).make(files).rename(good)
    clips.long_clip(1).make(files).rename(long)
    first, second = stage["groups"][:2]
    with Telephone(browser, first, "plan", **SMALL) as phone:
        _shoot(phone, "1-begin")
        phone.open("clip")
        phone.choose(long)
        phone.shows("โปรดตัดออกอย่างน้อย")
        _shoot(phone, "2-too-long", "#task-clip form")
        phone.send(good)
        phone.sends_beyond(good.stat().st_size, 0.3)
        _shoot(phone, "3-sending", "#task-clip form")
        phone.lose_signal()
        phone.shows("ยังอยู่")
        _shoot(phone, "4-no-signal", "#task-clip form")
        phone.signal(20_000)
        phone.open("plan")
        phone.send(plan, "plan")
        expect(phone.page.locator("#state-plan")).to_contain_text("ใช้ได้", timeout=CHECKED_MS)
        expect(phone.page.locator("#state-clip")).to_contain_text("ใช้ได้", timeout=CHECKED_MS)
        phone.open("hand_in")
        _shoot(phone, "6-check", "#task-hand_in")
        phone.page.locator("#check form button").click()
        expect(phone.page.locator("#summary")).to_contain_text("ใบรับ", timeout=CHECKED_MS)
        expect(phone.page.locator("#summary")).to_contain_text("รับแล้ว", timeout=CHECKED_MS)
        _shoot(phone, "7-handed-in")
        phone.page.goto(f"{stage['base_url']}/s/submissions/{first['submission']}/receipt")
        _shoot(phone, "8-receipt")
    server = Server(stage["base_url"], second["token"])
    groups.send(server, "plan", plan)
    groups.send(server, "clip", long)
    sending.checked(server)
    with Telephone(browser, second, **SMALL) as phone:
        _shoot(phone, "5-to-mend")


def _shoot(phone: Telephone, name: str, part: str = "#main") -> None:
    """Photograph what the telephone shows when a part of the page stands at its top, or in its middle if there is room."""
    phone.page.locator(part).evaluate("part => part.scrollIntoView({ block: part.offsetHeight < innerHeight ? 'center' : 'start' })")
    phone.page.wait_for_timeout(PAINTED_MS)
    phone.page.screenshot(path=PICTURES / f"group-{name}.jpg", type="jpeg", quality=70)


if __name__ == "__main__":
    main()
