"""A plan photographed page by page with a telephone: chosen at once, sent in order, read as one document."""

import io
import time
from pathlib import Path
from typing import Any

import httpx2
import pypdfium2  # type: ignore[import-untyped]  # it brings no types
import pytest
from browser.telephone import Telephone, uploads_of
from media.corpus import media
from playwright.sync_api import Browser, expect

from deploy.demo import clips

GROUPS = 2
PAGES = ("page-1.jpg", "page-2-turned.jpg", "page-3.jpg")
READY_SECONDS = 90


@pytest.fixture
def photographs(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"หน้า {number}.jpg" for number in (1, 2, 3)]
    for path, name in zip(made, PAGES, strict=True):
        path.write_bytes(media(name).read_bytes())
    return made


@pytest.mark.story
def test_photographed_pages_are_read_as_one_document(
    browser: Browser, prepared: dict[str, Any], photographs: list[Path], tmp_path: Path
) -> None:
    group = prepared["groups"][0]
    base = group["link"].split("/s/")[0]
    with Telephone(browser, group, "plan", kbit=None) as phone:
        phone.shows("เลือกไฟล์", "plan")
        expect(phone.page.locator("#file-plan")).to_have_js_property("multiple", True)
        phone.page.set_input_files("#file-plan", photographs)
        phone.shows("3 ไฟล์", "plan")
        phone.press("ส่งไฟล์นี้", "plan")
        expect(phone.page.locator("#files-plan").get_by_text("ตรวจแล้ว ใช้ได้")).to_have_count(3, timeout=60_000)
    assert [upload["filename"] for upload in uploads_of(group, "plan")] == [path.name for path in photographs]
    own = {"Authorization": f"Bearer {group['token']}"}
    at = f"{base}/api/intake/submissions/{group['submission']}"
    clip = clips.Clip(2, 10).make(tmp_path)
    httpx2.post(f"{at}/items/clip", headers=own, files={"file": (clip.name, clip.read_bytes())}, timeout=60).raise_for_status()
    httpx2.post(f"{at}/submit", headers=own, timeout=60).raise_for_status()
    officer = next(officer for officer in prepared["officers"] if officer["area"] is None)
    office = {"Authorization": f"Bearer {officer['token']}"}
    until, answer = time.monotonic() + READY_SECONDS, httpx2.Response(404)
    while answer.status_code == 404 and time.monotonic() < until:
        time.sleep(1)
        answer = httpx2.get(f"{base}/api/office/submissions/{group['submission']}/bound/plan", headers=office)
    with pypdfium2.PdfDocument(io.BytesIO(answer.raise_for_status().content)) as document:
        assert len(document) == len(PAGES)
