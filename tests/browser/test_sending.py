"""Sending from a telephone in a village: 400 kbit/s, cuts, closed tabs, a second telephone. Nothing that arrived is sent again."""

import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from browser.browser import overflows
from browser.telephone import Telephone, delete, is_the_same, nobody_answers, uploads_of
from playwright.sync_api import Browser, Route, expect

from deploy.demo import clips, plans

GROUPS = 15
CHUNK = 256 * 1024
"""The most that a telephone sends at once before it knows the speed."""


@pytest.fixture(scope="module")
def groups(prepared: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The first programme's groups, one after the other; each test takes one of its own."""
    return iter(prepared["groups"][::-1])


@pytest.fixture
def group(groups: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return next(groups)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="module")
def clip(folder: Path) -> Path:
    """A minute of video, under 1 MB: some 15 seconds of a weak signal."""
    return clips.Clip(2, 60).make(folder).rename(folder / "กลุ่มของเรา.webm")


@pytest.fixture(scope="module")
def other(folder: Path) -> Path:
    return clips.Clip(0, 45).make(folder)


def recorded_in_a_browser(clip: Path) -> Path:
    """Write a clip as MediaRecorder does: without saying how long it is."""
    path = clip.with_name(f"recorded-{clip.stem}.webm")
    with path.open("wb") as file:
        subprocess.run(["ffmpeg", "-v", "error", "-i", clip, "-c", "copy", "-f", "webm", "-live", "1", "-"], check=True, stdout=file)
    return path


def test_clip_too_long_is_refused_within_a_second_and_not_sent(browser: Browser, group: dict[str, Any], folder: Path) -> None:
    with Telephone(browser, group, kbit=None) as phone:
        phone.choose(clips.Clip(2, 10).make(folder))
        phone.shows("ยาว 0:10 นาที")  # the scripts are here now
        for long in (clips.Clip(0, 340).make(folder), recorded_in_a_browser(clips.Clip(2, 340).make(folder))):
            phone.choose(long)
            phone.shows("คลิปนี้ยาว 5:40 นาที กำหนดไม่เกิน 5:00 นาที โปรดตัดออกอย่างน้อย 40 วินาที", within_ms=1000)
            expect(phone.form().get_by_role("alert")).to_be_focused()
            expect(phone.form().get_by_text("บันทึกสำเนา")).to_be_visible()
            phone.press("ส่งไฟล์นี้")
            expect(phone.form().get_by_role("alert")).to_be_focused()
            assert not overflows(phone.page)
        assert phone.asked == []
    assert uploads_of(group) == []


def test_parts_that_do_not_arrive_at_first_are_fetched_again(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    tries = count()
    with Telephone(browser, group, kbit=None) as phone:
        phone.page.route("**/sending/*.js", lambda route: route.abort() if next(tries) < 3 else route.continue_())
        phone.send(clip)
        phone.shows("ยังเตรียมส่งไฟล์ไม่เสร็จเพราะสัญญาณไม่ดี กำลังลองใหม่เอง")
        phone.shows("ได้รับครบแล้ว")
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_what_cannot_be_right_is_refused_and_what_cannot_be_known_is_not(browser: Browser, group: dict[str, Any], folder: Path) -> None:
    empty, letter, strange = folder / "ว่าง.mp4", folder / "จดหมาย.pdf", folder / "แปลก.mp4"
    empty.write_bytes(b"")
    letter.write_bytes(b"%PDF-1.7")
    strange.write_bytes(b"\0\0\0\x18ftypxxxx" + bytes(5000))
    with Telephone(browser, group, kbit=None) as phone:
        phone.choose(empty)
        phone.shows("ไฟล์ ว่าง.mp4 ว่างเปล่า (0 ไบต์)")
        phone.choose(letter)
        phone.shows("ไฟล์ จดหมาย.pdf ไม่ใช่ชนิดที่รับ รับเฉพาะ MP4, MOV, WEBM, MKV, 3GP")
        phone.choose(strange)
        phone.shows("โทรศัพท์เครื่องนี้อ่านความยาวคลิปไม่ได้ ส่งได้ตามปกติ")
        expect(phone.form().get_by_role("alert")).to_be_hidden()
        assert phone.asked == []


@pytest.mark.story
def test_upload_goes_on_by_itself_after_cuts(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    size = clip.stat().st_size
    with Telephone(browser, group) as phone:
        phone.choose(clip)
        phone.shows("ที่วัดได้ (เป็นการประมาณ")
        phone.press("ส่งไฟล์นี้")
        for share in (0.25, 0.55):
            phone.sends_beyond(size, share)
            phone.lose_signal()
            phone.shows("ไม่มีสัญญาณอินเทอร์เน็ต")
            phone.shows("ยังอยู่ครบ จะส่งต่อเองเมื่อมีสัญญาณ")
            phone.page.wait_for_timeout(1500)
            phone.signal(400)
        phone.shows("ได้รับครบแล้ว")
        assert phone.count("POST") == 1
        assert not overflows(phone.page)
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_closed_tab_is_gone_on_with_from_another_telephone(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    size = clip.stat().st_size
    with Telephone(browser, group) as phone:
        phone.send(clip)
        phone.sends_beyond(size, 0.6)
        gone = phone.gone(size)
    with Telephone(browser, group) as phone:
        phone.shows("เลือกไฟล์เดิมเพื่อส่งต่อ")
        phone.choose(clip)  # nothing more is to be pressed
        phone.shows("ไม่ต้องส่งซ้ำ")
        phone.shows("ได้รับครบแล้ว")
        assert phone.count("POST") == 0
        first = next(offset for method, offset in phone.asked if method == "PATCH")
        assert first is not None
        assert gone - first <= CHUNK
        assert first > 0
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_other_file_for_an_unfinished_upload_is_asked_about(browser: Browser, group: dict[str, Any], clip: Path, other: Path) -> None:
    with Telephone(browser, group) as phone:
        phone.send(clip)
        phone.sends_beyond(clip.stat().st_size, 0.3)
    with Telephone(browser, group, kbit=4000) as phone:
        phone.send(other)
        phone.shows("มีไฟล์ที่ส่งค้างอยู่")
        phone.shows("แต่ไฟล์ที่เลือกตอนนี้")
        assert phone.asked == []
        with phone.page.expect_file_chooser():
            phone.press("เลือกไฟล์เดิม เพื่อส่งต่อ")
        assert phone.asked == []
        phone.choose(other)
        phone.press("เริ่มใหม่ด้วยไฟล์นี้ (ลบส่วนที่ค้าง)")
        phone.shows("ได้รับครบแล้ว")
        assert [method for method, _ in phone.asked][:2] == ["DELETE", "POST"]
        phone.choose(other)
        phone.shows("ไฟล์นี้ส่งมาถึงแล้ว")
        phone.press("ไม่ส่งซ้ำ")
        assert phone.count("POST") == 1
    (upload,) = uploads_of(group)
    assert is_the_same(upload, other)


def test_file_is_known_again_by_what_is_in_it(browser: Browser, group: dict[str, Any], clip: Path, folder: Path) -> None:
    changed, renamed = folder / "changed" / clip.name, folder / "1000012345.webm"
    changed.parent.mkdir()
    changed.write_bytes(clip.read_bytes()[:-1] + b"x")
    renamed.write_bytes(clip.read_bytes())
    with changed.open("r+b") as file:
        file.seek(1000)
        file.write(b"another film")
    with Telephone(browser, group) as phone:
        phone.send(clip)
        phone.sends_beyond(clip.stat().st_size, 0.5)
    with Telephone(browser, group, kbit=4000) as phone:
        phone.choose(changed)
        phone.shows("มีไฟล์ที่ส่งค้างอยู่")
        phone.choose(renamed)
        phone.shows("ไม่ต้องส่งซ้ำ")
        phone.shows("ได้รับครบแล้ว")
        assert phone.count("POST") == 0
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_two_clicks_and_a_lost_answer_begin_one_upload(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    creations = count()

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and next(creations) == 0:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    with Telephone(browser, group, kbit=8000) as phone:
        phone.away(lose_the_first_answer)
        phone.choose(clip)
        phone.form().get_by_role("button", name="ส่งไฟล์นี้").dblclick()
        phone.shows("ได้รับครบแล้ว")
        assert phone.count("POST") == 1
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_server_that_is_away_and_then_busy_is_waited_for(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    refusals = count()

    def is_busy_twice(route: Route) -> None:
        if next(refusals) < 2:
            route.fulfill(status=503, headers={"Retry-After": "1", "Tus-Resumable": "1.0.0"})
        else:
            route.continue_()

    size = clip.stat().st_size
    with Telephone(browser, group, kbit=800) as phone:
        phone.send(clip)
        phone.sends_beyond(size, 0.3)
        phone.away(nobody_answers)
        phone.shows("สัญญาณสะดุด")
        phone.page.wait_for_timeout(2000)
        phone.back()
        phone.away(is_busy_twice)
        phone.shows("ระบบยังรับไฟล์ไม่ได้ในขณะนี้")
        phone.shows("ได้รับครบแล้ว")
        assert phone.count("POST") == 1  # a HEAD that is answered with an error does not begin anew
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_connection_on_which_nothing_moves_is_given_up(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    hung: list[Route] = []

    def hang_once(route: Route) -> None:
        if route.request.method == "PATCH" and not hung:
            hung.append(route)
        else:
            route.continue_()

    with Telephone(browser, group, kbit=4000) as phone:
        phone.away(hang_once)
        phone.send(clip)
        phone.shows("สัญญาณสะดุด", within_ms=30_000)
        phone.shows("ได้รับครบแล้ว")
        phone.back()
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_second_telephone_takes_over_and_the_first_says_so(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    size = clip.stat().st_size
    with Telephone(browser, group) as first, Telephone(browser, group, kbit=1600) as second:
        first.send(clip)
        first.sends_beyond(size, 0.4)
        first.lose_signal()
        second.page.reload()
        second.open("clip")
        second.choose(clip)
        second.sends_beyond(size, 0.7)
        first.signal(400)
        first.shows("ไฟล์นี้กำลังส่งจากเครื่องอื่นหรือหน้าต่างอื่น")
        second.shows("ได้รับครบแล้ว")
        first.shows("ได้รับครบแล้ว")
        assert second.count("HEAD") <= 2  # interrupted once at most: the first asked, saw, and left it alone
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_upload_that_is_gone_from_the_server_begins_anew_by_itself(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    with Telephone(browser, group, kbit=1600) as phone:
        phone.send(clip)
        phone.sends_beyond(clip.stat().st_size, 0.3)
        phone.press("หยุดชั่วคราว")
        phone.shows("ยังอยู่ครบ กด “ส่งต่อ” เมื่อพร้อม")
        delete(group, uploads_of(group)[0])
        phone.press("ส่งต่อ")
        phone.shows("กำลังส่งใหม่ตั้งแต่ต้น")
        phone.shows("ได้รับครบแล้ว")
    (upload,) = uploads_of(group)
    assert is_the_same(upload, clip)


def test_cancelled_upload_leaves_nothing_behind(browser: Browser, group: dict[str, Any], clip: Path) -> None:
    with Telephone(browser, group) as phone:
        phone.send(clip)
        phone.sends_beyond(clip.stat().st_size, 0.2)
        phone.press("ยกเลิก")
        phone.shows("จะถูกลบ")
        phone.press("ยกเลิกและลบ")
        phone.shows("ยกเลิกแล้ว")
    assert uploads_of(group) == []


def test_clip_and_pages_are_sent_side_by_side(browser: Browser, group: dict[str, Any], clip: Path, folder: Path) -> None:
    pages = [folder / f"หน้า-{number}.pdf" for number in (1, 2, 3)]
    for number, path in enumerate(pages):
        path.write_bytes(plans.plan(f"SG-{number}", "กลุ่มออมทรัพย์", "ขนมไข่"))
    with Telephone(browser, group, kbit=1600) as phone:
        phone.send(clip)
        phone.sends_beyond(clip.stat().st_size, 0.1)
        phone.open("plan")
        phone.page.set_input_files("#file-plan", [str(path) for path in pages])
        phone.shows("3 ไฟล์ · รวม", "plan")
        phone.press("ส่งไฟล์นี้", "plan")
        phone.shows("ได้รับครบแล้ว", "plan")
        phone.shows("ได้รับครบแล้ว")
    assert is_the_same(uploads_of(group)[0], clip)
    sent = uploads_of(group, "plan")
    assert [upload["filename"] for upload in sent] == [path.name for path in pages]
    assert all(is_the_same(upload, path) for upload, path in zip(sent, pages, strict=True))
