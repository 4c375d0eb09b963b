"""The pages as people use them: a group's phone, a member's desk; in Thai."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
from browser.browser import DESK, PHONE, overflows, page
from playwright.sync_api import Browser, Page, expect

from deploy.demo import clips, plans
from deploy.local.background import BackgroundStack

CHECKED_MS = 30_000
SEEK = """video => new Promise(done => {
    video.onseeked = () => done(video.currentTime); video.onerror = () => done(-1); video.currentTime = 20;
})"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A plan, a clip that is too long, and a good one."""
    folder = tmp_path_factory.mktemp("files")
    plan = folder / "แผนธุรกิจ.pdf"
    plan.write_bytes(plans.plan("SG-0001", "กลุ่มออมทรัพย์", "ขนมไข่"))
    return plan, clips.long_clip(0).make(folder), clips.good_clip(0).make(folder)


def send(shown: Page, kind: str, file: Path) -> None:
    shown.set_input_files(f"#file-{kind}", str(file))
    shown.locator(f'form[data-kind="{kind}"] button').click()


@pytest.mark.story
def test_group_sends_mends_and_hands_in_on_a_phone(prepared: dict[str, Any], browser: Browser, files: tuple[Path, Path, Path]) -> None:
    plan, long_clip, good_clip = files
    shown = page(browser, PHONE)
    shown.goto(prepared["groups"][0]["link"])
    token = prepared["groups"][0]["token"]
    assert token not in shown.url
    expect(shown.locator("h1")).to_contain_text("กลุ่มออมทรัพย์")
    assert not overflows(shown)
    send(shown, "plan", plan)
    expect(shown.locator("#state-plan")).to_have_text("ใช้ได้", timeout=CHECKED_MS)
    shown.get_by_role("link", name="ต่อไป: คลิปวิดีโอ").click()
    send(shown, "clip", long_clip)
    expect(shown.locator('form[data-kind="clip"]')).to_contain_text("คลิปยาวเกินกำหนด")  # before a byte is sent
    send(shown, "clip", good_clip)
    expect(shown.locator("#state-clip")).to_have_text("ใช้ได้", timeout=CHECKED_MS)
    shown.get_by_role("link", name="ต่อไป: ตรวจทานและส่งผลงาน").click()
    expect(shown.locator("#check")).to_contain_text("ยาว 0:45 นาที")
    shown.get_by_role("button", name="ส่งผลงาน", exact=True).click()
    expect(shown.locator("#summary")).to_contain_text("รอคณะกรรมการเริ่มพิจารณา", timeout=CHECKED_MS)
    assert not overflows(shown)


@pytest.mark.story
def test_group_without_javascript_sends_by_the_plain_form(
    prepared: dict[str, Any], browser: Browser, files: tuple[Path, Path, Path]
) -> None:
    shown = page(browser, PHONE, java_script_enabled=False)
    shown.goto(prepared["groups"][1]["link"])
    send(shown, "plan", files[0])
    expect(shown.locator("#files-plan")).to_contain_text("แผนธุรกิจ.pdf")


@pytest.mark.story
def test_member_takes_watches_and_marks(prepared: dict[str, Any], live: BackgroundStack, browser: Browser) -> None:
    authorization = {"Authorization": f"Bearer {prepared['officers'][0]['token']}"}
    at = f"{prepared['base_url']}/api/office/programmes/{prepared['programme']}/rounds/screening/open"
    assert httpx2.post(at, headers=authorization).is_success
    argv = [sys.executable, "-m", "services.cli.main", "user", "link", prepared["members"][0]["email"], "--data", str(live.folder)]
    link = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()
    shown = page(browser, DESK)
    shown.goto(link)
    button = shown.get_by_role("button", name="เข้าสู่ระบบ")
    if button.count():
        button.click()
    shown.goto(f"{prepared['base_url']}/review")
    shown.get_by_role("button", name="รับงานชิ้นถัดไป").first.click()
    expect(shown.locator("video")).to_be_visible()
    assert shown.locator("video").evaluate(SEEK) == pytest.approx(20, abs=1)
    marks = shown.locator('input[type="number"]').all()
    marks[0].fill("8")
    expect(shown.locator("[data-missing]")).to_have_text(f"(ยังขาด {len(marks) - 1})")
    shown.context.set_offline(True)
    for mark in marks:
        mark.fill("8")
    expect(shown.locator("[data-total]")).to_have_text("80.00")  # at each key, also without a connection
    marks[-1].blur()
    expect(shown.locator("#saved")).to_contain_text("ติดต่อระบบไม่ได้", timeout=CHECKED_MS)
    shown.context.set_offline(False)
    shown.locator("#comment").fill("ทำบัญชีเรียบร้อย")
    shown.locator("#comment").blur()
    expect(shown.locator("#saved")).to_contain_text("บันทึกร่างล่าสุด", timeout=CHECKED_MS)
    marks[0].fill("99")
    marks[0].blur()
    expect(marks[0]).to_have_attribute("aria-invalid", "true", timeout=CHECKED_MS)
    assert marks[0].input_value() == "99"  # what was typed stays as it was typed
    marks[0].fill("9")
    shown.locator("#comment").focus()
    expect(marks[0]).to_have_attribute("aria-invalid", "false", timeout=CHECKED_MS)
    expect(shown.locator("#comment")).to_be_focused()
    shown.reload()
    assert (marks[0].input_value(), shown.locator("#comment").input_value()) == ("9", "ทำบัญชีเรียบร้อย")
    shown.set_viewport_size(PHONE)
    assert not overflows(shown)
