"""The public page before there is any result."""

import factories
import pytest
from factories.browser import Browser
from sqlalchemy import Engine

from shared.database import transaction
from shared.programmes.models import Programme
from shared.submissions.sheet import Standing

pytestmark = pytest.mark.usefixtures("clean")


def test_public_page_says_what_this_is_when_nothing_has_happened(engine: Engine) -> None:
    page = Browser("office").get("/")
    assert "ระบบรับและพิจารณาผลงาน" in page
    assert "เปิดหน้าของกลุ่มจากลิงก์ที่ส่งถึงกลุ่มของท่าน" in page
    assert "ขณะนี้ไม่มีโครงการที่เปิดรับผลงาน" in page
    assert "ยังไม่มีผลที่ประกาศ" in page
    assert "Submissions and results" in Browser("office").get("/?lang=en")


def test_public_page_names_programmes_that_have_invited_and_are_open(engine: Engine) -> None:
    later = [{**factories.document()["milestones"][0], "by": "2099-05-29T16:30:00+07:00"}]
    with transaction() as session:
        programme = factories.programme(session, milestones=later)
    assert "โครงการเล็ก" not in Browser("office").get("/")
    with transaction() as session:
        factories.submissions(session, session.get_one(Programme, programme.id), 1, status=Standing.INVITED)
    assert "โครงการเล็ก ทดสอบ กรม · ส่งผลงานได้ถึง 29 พฤษภาคม 2642 16.30 น." in Browser("office").get("/")
