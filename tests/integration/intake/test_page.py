"""A group's page, as its browser shows it while real files are sent, checked, mended and handed in."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from factories.browser import words
from factories.doors import CHECKING, work
from factories.tus import Sender, close, sender_of
from media.corpus import media
from sqlalchemy import update

from shared.database import transaction
from shared.submissions.models import Upload


def page(browser: httpx2.Client, sender: Sender, **query: str) -> str:
    """Open the group's page, and return what it reads."""
    answer = browser.get(f"/s/submissions/{sender.submission}", params=query)
    assert answer.status_code == 200
    return words(answer.text)


def send(browser: httpx2.Client, sender: Sender, kind: str, name: str, filename: str) -> str:
    """Send a file of the corpus by the plain form, and return what the page reads then."""
    files = {"file": (filename, media(name).read_bytes(), "application/octet-stream")}
    answer = browser.post(f"/api/intake/submissions/{sender.submission}/items/{kind}", files=files)
    assert (answer.status_code, answer.url.path) == (200, f"/s/submissions/{sender.submission}"), answer.text
    return words(answer.text)


def may_hand_in(browser: httpx2.Client, sender: Sender) -> bool:
    """Say whether the page has the button."""
    return f'action="/s/submissions/{sender.submission}/submit"' in browser.get(f"/s/submissions/{sender.submission}").text


def hand_in(browser: httpx2.Client, sender: Sender) -> str:
    """Press the button, and return what the page reads then."""
    answer = browser.post(f"/s/submissions/{sender.submission}/submit")
    assert (answer.status_code, answer.url.path) == (200, f"/s/submissions/{sender.submission}"), answer.text
    return words(answer.text)


def move_deadline(sender: Sender, by: timedelta) -> None:
    """Have the deadline lie so far from now, with an hour of grace, and every file begun a minute before it."""
    deadline = datetime.now(UTC) + by
    close(deadline)
    with transaction() as session:
        session.execute(update(Upload).where(Upload.submission_id == sender.submission).values(created_at=deadline - timedelta(minutes=1)))


def test_plan_and_clip_are_sent_checked_handed_in_and_accepted(browser: httpx2.Client, sender: Sender) -> None:
    read = page(browser, sender)
    assert "กลุ่มออมทรัพย์ที่ 1" in read
    assert "เลขที่ใบสมัคร LT63-0001" in read
    assert "กำลังเตรียมส่ง ขั้นต่อไป อัปโหลด: แผน, คลิป" in read
    assert not may_hand_in(browser, sender)

    assert "กำลังตรวจ แผนธุรกิจ.pdf" in send(browser, sender, "plan", "plan.pdf", "แผนธุรกิจ.pdf")
    assert "ขั้นต่อไป อัปโหลด: คลิป" in page(browser, sender)
    assert not may_hand_in(browser, sender)
    send(browser, sender, "clip", "h264.mp4", "คลิป.mp4")
    work(CHECKING)
    read = page(browser, sender)
    assert "ตรวจแล้ว ใช้ได้ แผนธุรกิจ.pdf · 1 KB · 3 หน้า" in read
    assert "ตรวจแล้ว ใช้ได้ คลิป.mp4" in read
    assert "· 0:06 นาที" in read
    assert "ไฟล์ครบแล้ว กดปุ่มส่งผลงาน" in read
    assert may_hand_in(browser, sender)

    read = hand_in(browser, sender)
    assert "ส่งแล้ว กำลังตรวจไฟล์ ขั้นต่อไป ไม่ต้องทำอะไร ระบบกำลังตรวจไฟล์และจะแจ้งผลทางข้อความ" in read
    assert "เปลี่ยนไฟล์" in read
    assert not may_hand_in(browser, sender)
    work(CHECKING)
    read = page(browser, sender)
    assert "รับแล้ว รอกรรมการพิจารณา ขั้นต่อไป ไม่ต้องทำอะไร ระบบจะแจ้งผลทางข้อความ รอคณะกรรมการเริ่มพิจารณา" in read
    assert not may_hand_in(browser, sender)
    told = ("รับผลงานแล้ว", "ส่งผลงาน", "ตรวจไฟล์ คลิป.mp4 แล้ว", "ได้รับไฟล์ แผนธุรกิจ.pdf ครบแล้ว", "เปิดหน้าส่งผลงานครั้งแรก")
    history = read[read.index("สิ่งที่เกิดขึ้น") :]
    assert sorted(told, key=history.index) == list(told)


def test_clip_that_failed_is_told_why_and_replaced_by_the_next(browser: httpx2.Client, sender: Sender) -> None:
    send(browser, sender, "plan", "plan.pdf", "แผน.pdf")
    send(browser, sender, "clip", "5-20.mp4", "ยาวไป.mp4")
    assert may_hand_in(browser, sender)
    hand_in(browser, sender)
    work(CHECKING)
    read = page(browser, sender)
    assert "ส่งกลับให้แก้ไข ขั้นต่อไป เปลี่ยนไฟล์ที่มีปัญหา แล้วกดส่งผลงาน" in read
    assert "ต้องแก้ไข ยาวไป.mp4" in read
    assert "· 5:20 นาที คลิปยาว 5:20 นาที เกินที่กำหนดไม่เกิน 5:00 นาที โปรดตัดคลิปให้สั้นลง แล้วส่งใหม่" in read
    assert not may_hand_in(browser, sender)

    send(browser, sender, "clip", "h264.mp4", "ตัดแล้ว.mp4")
    work(CHECKING)
    read = page(browser, sender)
    files, history = read.split("สิ่งที่เกิดขึ้น")
    assert "ตรวจแล้ว ใช้ได้ ตัดแล้ว.mp4" in files
    assert "ยาวไป.mp4" not in files
    assert "คลิปยาว 5:20" not in files
    assert "ตรวจไฟล์ ยาวไป.mp4 แล้ว" in history
    hand_in(browser, sender)
    work(CHECKING)
    assert "รับแล้ว รอกรรมการพิจารณา" in page(browser, sender)


def test_photo_that_failed_leaves_room_for_the_next(browser: httpx2.Client, sender: Sender) -> None:
    for name, filename in (("scan.jpg", "หนึ่ง.jpg"), ("text.mp4", "จดหมาย.jpg")):
        send(browser, sender, "photo", name, filename)
    work(CHECKING)
    assert "ต้องแก้ไข จดหมาย.jpg" in page(browser, sender)
    other = media("scan.jpg").read_bytes() + b"\0"  # the same picture again would take the place of the first
    browser.post(f"/api/intake/submissions/{sender.submission}/items/photo", files={"file": ("สอง.jpg", other, "image/jpeg")})
    files = page(browser, sender).split("สิ่งที่เกิดขึ้น")[0]
    assert ["หนึ่ง.jpg" in files, "สอง.jpg" in files, "จดหมาย.jpg" in files] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("one-frame-more.mp4", "ตรวจแล้ว ใช้ได้ คลิป.mp4"),
        ("half-a-second-more.mp4", "คลิปยาว 5:00.52 นาที เกินที่กำหนดไม่เกิน 5:00 นาที"),
        ("text.mp4", "ไฟล์นี้ไม่ใช่ชนิดที่รับ รับเฉพาะ MP4 (ดูจากเนื้อหาในไฟล์ ไม่ใช่ชื่อไฟล์)"),
    ],
)
def test_clip_is_judged_by_what_is_in_it(browser: httpx2.Client, sender: Sender, name: str, shown: str) -> None:
    send(browser, sender, "clip", name, "คลิป.mp4")
    work(CHECKING)
    assert shown in page(browser, sender)


def test_page_stays_in_the_language_that_was_chosen(browser: httpx2.Client, sender: Sender) -> None:
    assert "What to do next Upload: Plan, Clip" in page(browser, sender, lang="en")
    assert "What to do next" in page(browser, sender)
    assert "ขั้นต่อไป" in page(browser, sender, lang="th")
    assert "ขั้นต่อไป" in page(browser, sender)


def test_within_the_grace_what_was_begun_in_time_may_be_handed_in(browser: httpx2.Client, sender: Sender) -> None:
    send(browser, sender, "plan", "plan.pdf", "แผน.pdf")
    clip = media("h264.mp4").read_bytes()
    path = sender.begun(len(clip))
    sender.patch(path, 0, clip[:1000])
    move_deadline(sender, timedelta(minutes=-30))
    read = page(browser, sender)
    assert "ขั้นต่อไป อัปโหลด: คลิป" in read
    assert "เลือกไฟล์เดิมเพื่อส่งต่อ" in read
    assert 'id="file-clip"' in browser.get(f"/s/submissions/{sender.submission}").text
    assert 'id="file-plan"' not in browser.get(f"/s/submissions/{sender.submission}").text

    assert sender.patch(path, 1000, clip[1000:]).status == 204
    read = page(browser, sender)
    assert "ไฟล์ครบแล้ว กดปุ่มส่งผลงาน" in read
    assert "เลือกไฟล์" not in read
    assert may_hand_in(browser, sender)
    assert "ส่งแล้ว กำลังตรวจไฟล์" in hand_in(browser, sender)


def test_after_the_grace_nothing_is_offered_but_whom_to_ask(browser: httpx2.Client, sender: Sender) -> None:
    send(browser, sender, "plan", "plan.pdf", "แผน.pdf")
    send(browser, sender, "clip", "h264.mp4", "คลิป.mp4")
    move_deadline(sender, timedelta(hours=-2))
    read = page(browser, sender)
    assert "หมดเวลาส่งแล้ว โปรดติดต่อเจ้าหน้าที่" in read
    assert "เปลี่ยนไฟล์" not in read
    assert not may_hand_in(browser, sender)


def test_one_browser_holds_the_links_of_several_groups(browser: httpx2.Client, sender: Sender) -> None:
    other = sender_of(sender.web, 2)
    assert browser.get(f"/s/submissions/{other.submission}").status_code == 404
    browser.get(f"/s/{other.token}")
    assert "กลุ่มออมทรัพย์ที่ 2" in page(browser, other)
    assert "กลุ่มออมทรัพย์ที่ 1" in page(browser, sender)
