"""The page that shows what pages are made of."""

import re
from pathlib import Path

import pytest
from factories.browser import words
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from services.web import templates
from services.web.factory import create_app
from services.web.styleguide import components
from shared.settings import settings

MACROS = re.findall(r"\{% macro (\w+)\(", (templates.HERE / "components.html").read_text())
SHOWN = {
    "status_tag": ("ตรวจแล้ว ใช้ได้ ต้องแก้ไข กำลังตรวจ", "checked, fine needs changes being checked"),
    "money": ("90,000 บาท", "90,000 baht"),
    "instant": ("10 กรกฎาคม 2569", "10 July 2026"),
    "day": ("10 กรกฎาคม 2569", "10 July 2026"),
    "file_facts": ("50 MB · 5:00 นาที 178 KB · 5 หน้า", "50 MB · 5:00 min 178 KB · 5 pages"),
    "file_line": ("ตรวจแล้ว ใช้ได้ clip.mp4 · 50 MB · 5:00 นาที", "needs changes plan.pdf · 178 KB · 5 pages"),
    "address": (
        "ต.Bang Phun อ.Mueang จ.Pathum Thani",
        "Tambon Bang Phun, Amphoe Mueang, Pathum Thani",
    ),
    "history": ("ส่งกลับให้แก้ไข · ระบบ · 10 กรกฎาคม 2569", "Reason: clip_too_long"),
    "progress": ("42 %", "42 %"),
    "empty": ("ยังไม่มีไฟล์ อัปโหลดไฟล์แรกได้เลย", "No files yet. Upload the first one."),
    "reason_step": ("พักคิว", "Pause"),
    "confirm_step": ("หลังยื่นแล้วแก้ไขไม่ได้", "You cannot change it until the check has finished."),
}


@pytest.fixture
def client(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A service whose setting shows the page."""
    monkeypatch.setattr(settings(), "styleguide", True)
    return TestClient(create_app("office", "Omsap office", folder=tmp_path))


@pytest.mark.parametrize("name", MACROS)
def test_every_component_is_shown_in_both_languages(client: TestClient, name: str) -> None:
    for language, text in zip(("th", "en"), SHOWN[name], strict=True):
        page = client.get(f"/styleguide?lang={language}").text
        (section,) = re.findall(rf'<section id="component-{name}">(.*?)</section>', page, re.DOTALL)
        assert text in words(section)


def test_every_component_documents_its_arguments() -> None:
    assert [one.name for one in components()] == MACROS
    for one in components():
        for argument in one.arguments.split(", "):
            assert f"{argument.partition('=')[0]}: " in one.description, one.name


def test_page_is_off_unless_a_setting_turns_it_on(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "styleguide", False)
    assert client.get("/styleguide").status_code == 404
