"""An officer helps two groups on one screen: drags their files in, sees them checked, and hands over what a group tells."""

import base64
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from browser.browser import DESK, PHONE, overflows, page
from playwright.sync_api import Browser, Page, Route, expect

from deploy.demo import clips, plans
from deploy.local.background import BackgroundStack

CHECKED_MS = 30_000
GROUPS = 3
DRAGGED = """files => {
    const carried = new DataTransfer();
    for (const [name, type, content] of files)
        carried.items.add(new File([Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], name, { type }));
    return carried;
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A plan, a good clip and one that is too long."""
    folder = tmp_path_factory.mktemp("files")
    return {
        "plan": plans.plan("SG-0001", "กลุ่มออมทรัพย์", "ขนมไข่"),
        "clip": clips.good_clip(0).make(folder).read_bytes(),
        "long": clips.long_clip(0).make(folder).read_bytes(),
    }


def signed_in(browser: Browser, prepared: dict[str, Any], live: BackgroundStack) -> Page:
    """The department's officer at a desk."""
    argv = [sys.executable, "-m", "services.cli.main", "user", "link", prepared["officers"][0]["email"], "--data", str(live.folder)]
    shown = page(browser, DESK)
    shown.goto(subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip())
    shown.get_by_role("button", name="เข้าสู่ระบบ").click()
    return shown


def drag(shown: Page, *given: tuple[str, str, bytes]) -> None:
    """Drop files onto the table of groups."""
    carried = shown.evaluate_handle(DRAGGED, [[name, kind, base64.b64encode(content).decode()] for name, kind, content in given])
    shown.dispatch_event("#groups", "drop", {"dataTransfer": carried})


def test_officer_drags_files_for_two_groups_and_one_confirms_by_its_link(
    prepared: dict[str, Any], live: BackgroundStack, browser: Browser, files: dict[str, bytes], tmp_path: Path
) -> None:
    shown = signed_in(browser, prepared, live)
    shown.get_by_role("link", name="ช่วยกลุ่มส่งผลงาน").click()
    rows = shown.locator("#groups tbody tr")
    expect(rows).to_have_count(3)
    references = [rows.nth(number).get_attribute("data-reference") for number in range(3)]
    code = rows.nth(1).get_attribute("data-code")
    queue = shown.locator("#queue tbody tr")
    drag(
        shown,
        (f"แผนธุรกิจ {references[0]}.pdf", "application/pdf", files["plan"]),
        (f"{references[0]}_คลิป.mp4", "video/mp4", files["clip"]),
        (f"{code}.mp4", "video/mp4", files["long"]),
        ("ไม่มีชื่อ.pdf", "application/pdf", files["plan"]),
    )
    expect(queue).to_have_count(4)
    expect(queue.nth(3).locator("select").first).to_have_value("")  # the officer is asked whose it is
    queue.nth(3).locator("select").first.select_option(index=2)
    shown.get_by_role("button", name="เริ่มส่ง 4 ไฟล์").click()
    for number, words in enumerate(("ตรวจแล้ว ใช้ได้", "ตรวจแล้ว ใช้ได้", "คลิปยาว", "ตรวจแล้ว ใช้ได้")):
        expect(queue.nth(number)).to_contain_text(words, timeout=CHECKED_MS)
    expect(rows.nth(1)).to_contain_text("ต้องแก้ไข", timeout=CHECKED_MS)
    shown.set_viewport_size(PHONE)
    assert not overflows(shown)
    shown.set_viewport_size(DESK)
    rows.nth(0).get_by_role("button", name="ขอให้กลุ่มยืนยัน").click()
    expect(rows.nth(0)).to_contain_text("รอกลุ่มยืนยัน")
    code_input = rows.nth(0).get_by_label("รหัสยืนยัน 6 หลักที่กลุ่มบอก")
    code_input.fill("123")
    refreshed = "() => new Promise(done => document.addEventListener('omsap:refreshed', done, { once: true }))"
    shown.evaluate(refreshed)
    assert code_input.input_value() == "123"  # the page that moves by itself takes nothing from who types
    expect(code_input).to_be_focused()
    code_input.fill("")

    group = page(browser, PHONE)
    link = next(one["link"] for one in prepared["groups"] if one["submission"] == rows.nth(0).get_attribute("data-submission"))
    group.goto(link)
    expect(group.locator("#confirm")).to_contain_text("เตรียมผลงานให้แล้ว ตรวจดูแล้วกดยืนยันส่ง")
    assert not overflows(group)
    group.get_by_role("link", name="ตรวจดูและยืนยันส่ง").click()
    group.get_by_role("button", name="ยืนยันส่งผลงาน").click()
    expect(group.locator("#summary")).to_contain_text("รับแล้ว รอกรรมการพิจารณา", timeout=CHECKED_MS)
    expect(rows.nth(0)).to_contain_text("รับแล้ว", timeout=CHECKED_MS)


def test_half_sent_file_is_found_again_after_a_reload_and_goes_on(
    prepared: dict[str, Any], live: BackgroundStack, browser: Browser, files: dict[str, bytes]
) -> None:
    shown = signed_in(browser, prepared, live)
    shown.goto(f"{prepared['base_url']}/s/assist")
    reference = shown.locator("#groups tbody tr").last.get_attribute("data-reference")
    name, content = f"{reference}.mp4", files["clip"] + bytes(5 * 1048576)  # more than one piece; a player ignores what follows
    sent: list[Route] = []

    def once(route: Route) -> None:
        if sent:
            route.abort()
        else:
            sent.append(route)
            route.continue_()

    shown.route("**/api/intake/uploads/*", once)
    drag(shown, (name, "video/mp4", content))
    shown.get_by_role("button", name="เริ่มส่ง 1 ไฟล์").click()
    expect(shown.locator("#queue tbody tr")).to_contain_text("กำลังส่ง", timeout=CHECKED_MS)
    shown.wait_for_timeout(1500)
    shown.unroute("**/api/intake/uploads/*")
    shown.goto(f"{prepared['base_url']}/s/assist")
    queue = shown.locator("#queue tbody tr")
    expect(queue).to_contain_text("ส่งค้างไว้ เลือกไฟล์เดิมเพื่อส่งต่อ")
    drag(shown, (name, "video/mp4", content))
    expect(queue).to_have_count(1)
    expect(queue).to_contain_text("ส่งต่อจาก")
    shown.get_by_role("button", name="เริ่มส่ง 1 ไฟล์").click()
    expect(queue).to_contain_text("ตรวจแล้ว ใช้ได้", timeout=CHECKED_MS)


def test_other_phone_goes_on_by_the_code(prepared: dict[str, Any], browser: Browser) -> None:
    first, other = page(browser, PHONE), page(browser, PHONE)
    first.goto(prepared["groups"][1]["link"])
    first.get_by_role("link", name="ส่งต่อด้วยเครื่องอื่น").click()
    first.get_by_role("button", name="แสดงคิวอาร์โค้ดและรหัส").click()
    expect(first.locator("svg.qr")).to_be_visible()
    assert not overflows(first)
    other.goto(f"{prepared['base_url']}/s/go")
    other.get_by_label("รหัส 8 ตัวที่แสดงบนเครื่องเดิม").fill(first.locator(".short-code").inner_text())
    other.get_by_role("button", name="เปิดบนเครื่องนี้").click()
    expect(other.locator("h1")).to_have_text(first.locator("main a").first.inner_text().split(" · ")[0].removeprefix("← "))
