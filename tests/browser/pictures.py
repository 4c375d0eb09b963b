"""The pictures of the README: `make pictures` plays a small programme, looks at its pages in chromium, and writes them."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

sys.path.insert(0, str(Path(__file__).parent))
from browser import DESK, PHONE, chromium, page

from deploy.demo import cast, clips, groups, plans, story, telling
from deploy.local.background import BackgroundStack
from services.cli import sending
from services.cli.server import Server

PICTURES = Path(story.__file__).parent / "pictures"
COUNT = 12


def main() -> None:
    """Play, open and photograph."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        stack = BackgroundStack(Path(name))
        try:
            os.environ.update(stack.description["environment"])
            _photograph(stack, Path(name))
        finally:
            stack.discard()


def _photograph(stack: BackgroundStack, folder: Path) -> None:
    files = folder / "files"
    played, _ = story.play(stack.describe, files, teller=telling.Teller(Console(stderr=True)), count=COUNT)
    stage = story.prepare(played.base_url, count=COUNT)
    link = stage.to_json()["groups"][0]
    plan, clip = files / "แผนธุรกิจ.pdf", files / "คลิปกลุ่มของเรา.mov"
    plan.write_bytes(plans.plan("SG-0001", "กลุ่มออมทรัพย์", "ขนมไข่"))
    clips.long_clip(1).make(files).rename(clip)
    server = Server(stage.base_url, link["token"])
    groups.send(server, "plan", plan)
    groups.send(server, "clip", clip)
    sending.checked(server)
    with chromium() as browser:
        phone = page(browser, PHONE | {"height": 1500})
        phone.goto(link["link"])
        phone.screenshot(path=PICTURES / "group.png")
        desk = page(browser, DESK)
        desk.goto(cast.sign_in_link("department@omsap.example", stage.base_url))
        if (enter := desk.get_by_role("button", name="เข้าสู่ระบบ")).count():
            enter.click()
        desk.goto(f"{stage.base_url}/office/programmes/{played.cast.slug}/rounds/selection")
        desk.screenshot(path=PICTURES / "decision.png")


if __name__ == "__main__":
    main()
