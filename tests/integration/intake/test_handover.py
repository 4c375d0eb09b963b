"""Another device goes on: a code on the one, a button on the other."""

import re
from datetime import timedelta

import factories
import pytest
from factories.browser import Browser, words
from factories.tus import FOREVER, ITEMS
from sqlalchemy import Engine, select, update

from shared import clock
from shared.database import transaction
from shared.people import operations as people
from shared.people.models import Code
from shared.submissions.models import Submission
from shared.submissions.sheet import Standing

CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@pytest.fixture
def first(engine: Engine, clean: None) -> Browser:
    """The group's browser."""
    with transaction() as session:
        programme = factories.programme(session, milestones=FOREVER, items=ITEMS)
        (submission,) = factories.submissions(session, programme, 1, status=Standing.INVITED)
        link = factories.token_of(people.make_link(session, submission_id=submission.id))
    browser = Browser("intake")
    browser.get(f"/s/{link}")
    return browser


def page_of(browser: Browser) -> str:
    """The address of the group's page."""
    with transaction() as session:
        return f"/s/submissions/{session.scalars(select(Submission.id)).one()}"


def code_from(browser: Browser) -> str:
    read = browser.post(f"{page_of(browser)}/handover")
    found = CODE.search(read)
    assert found, read
    return found[0]


def test_other_device_opens_the_groups_page_by_the_code(first: Browser) -> None:
    at = page_of(first)
    assert "ส่งต่อด้วยเครื่องอื่น" in first.get(at)
    assert CODE.search(first.get(f"{at}/handover")) is None
    code, other = code_from(first), Browser("intake")
    assert code in first.get(f"{at}/handover")
    other.get(at, 401)
    answer = other.client.post("/s/go", data={"code": code.lower().replace("-", "")}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, at)
    assert "กลุ่มออมทรัพย์ที่ 1" in other.get(at)
    history = first.get(at)
    assert "เปิดหน้านี้บนเครื่องอื่นด้วยรหัส" in history
    assert "ขอรหัสเพื่อทำต่อบนเครื่องอื่น" in history
    assert CODE.search(first.get(f"{at}/handover")) is None


def test_opening_the_address_uses_nothing_up(first: Browser) -> None:
    code, preview, other = code_from(first), Browser("intake"), Browser("intake")
    for _ in range(3):
        assert "เปิดบนเครื่องนี้" in preview.get(f"/s/go/{code}")
    preview.get(page_of(first), 401)
    assert other.client.post("/s/go", data={"code": code}).status_code == 200
    other.get(page_of(first))


def test_code_is_good_once_and_kind_words_follow(first: Browser) -> None:
    code = code_from(first)
    Browser("intake").post("/s/go", code=code)
    late = Browser("intake")
    for read in (late.post("/s/go", 422, code=code), late.get(f"/s/go/{code}", 422), late.post("/s/go", 422, code="AAAA-AAAA")):
        assert "รหัสนี้ใช้ไม่ได้ อาจพิมพ์ผิด หมดเวลา 15 นาที หรือใช้ไปแล้ว" in read
        assert "กด “ส่งต่อด้วยเครื่องอื่น”" in read
    late.get(page_of(first), 401)


def test_code_ends_after_its_minutes(first: Browser) -> None:
    code = code_from(first)
    with transaction() as session:
        session.execute(update(Code).values(expires_at=clock.now() - timedelta(seconds=1)))
    Browser("intake").post("/s/go", 422, code=code)


def test_new_code_ends_the_older(first: Browser) -> None:
    older, newer = code_from(first), code_from(first)
    assert older != newer
    Browser("intake").post("/s/go", 422, code=older)
    Browser("intake").post("/s/go", code=newer)


def test_qr_leads_to_the_public_address(first: Browser) -> None:
    page = first.client.post(f"{page_of(first)}/handover").text
    assert page.count("<svg") == 1
    assert "/s/go แล้วพิมพ์รหัส" in words(page)


def test_other_group_makes_no_code(first: Browser) -> None:
    stranger = Browser("intake")
    answer = stranger.client.post(f"{page_of(first)}/handover")
    assert answer.status_code == 401
