"""The officers' pages, as a browser shows and sends them."""

from typing import Any

import factories
import pytest
from factories import NOW
from factories.browser import Browser
from factories.query_count import QueryCount
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from shared.database import new_id, transaction
from shared.programmes import queries as programmes
from shared.programmes.models import Group
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.sheet import Standing
from shared.validation.models import FindingRow

pytestmark = pytest.mark.usefixtures("clean")
AT = "/office/programmes/little"
ROUND = f"{AT}/rounds/selection"
Browsers = dict[str, Browser]


def submission_ids() -> dict[str, str]:
    """Return the ids of submissions by the last digit of their references."""
    with transaction() as session:
        return {reference[-1]: str(id_) for id_, reference in session.execute(select(Submission.id, Submission.reference))}


def sent(session: Session, submission: Submission, **columns: Any) -> Upload:
    """Return a file that failed its check."""
    return factories.upload(session, submission.id, status=UploadStatus.FAILED, **columns)


def test_nobody_known_is_led_to_the_sign_in_page(engine: Engine) -> None:
    browser = Browser("office")
    for path in ("/office", AT, ROUND, f"/office/submissions/{new_id()}"):
        answer = browser.client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


def test_office_is_for_staff_of_the_office(browsers: Browsers) -> None:
    assert "สำหรับเจ้าหน้าที่เท่านั้น" in browsers["operator"].get("/office", 403)
    browsers["operator"].get(AT, 403)
    browsers["operator"].get(f"/office/submissions/{submission_ids()['1']}", 403)


def test_list_counts_what_each_may_see(browsers: Browsers) -> None:
    with transaction() as session:
        programme = programmes.programme(session, "little")
        factories.submissions(session, programme, 1, province="ลำปาง", first=6, status=Standing.RETURNED)
    assert "ส่งกลับให้แก้ไข 1 รับแล้ว รอกรรมการพิจารณา 5" in browsers["officer"].get("/office")
    own = browsers["lampang"].get("/office")
    assert "ส่งกลับให้แก้ไข 1" in own
    assert "รับแล้ว" not in own
    assert "ยังไม่มีใบสมัครที่ท่านดูได้" in browsers["administrator"].get("/office")


def test_officer_of_a_province_sees_its_submissions_and_no_ranking(judged: Browsers) -> None:
    with transaction() as session:
        programme = programmes.programme(session, "little")
        (own,) = factories.submissions(session, programme, 1, province="ลำปาง", first=6, status=Standing.INVITED)
    lampang, ids = judged["lampang"], submission_ids()
    page = lampang.get(AT)
    assert "LT63-0006" in page
    assert "LT63-0001" not in page
    assert "ปิดรอบ" not in page
    assert "อันดับ" not in page
    assert "กลุ่มออมทรัพย์ที่ 6" in lampang.get(f"/office/submissions/{own.id}")
    assert "ไม่พบใบสมัครนี้" in lampang.get(f"/office/submissions/{ids['1']}", 404)
    judged["administrator"].get(f"/office/submissions/{ids['1']}", 404)
    lampang.get(ROUND, 403)
    for path in (f"{ROUND}/open", f"{ROUND}/close", f"{ROUND}/decisions", f"{AT}/invitations"):
        lampang.post(path, 403)


def test_submission_shows_contacts_files_findings_and_history(judged: Browsers) -> None:
    with transaction() as session:
        submission = session.scalars(select(Submission).order_by(Submission.reference).limit(1)).one()
        upload = sent(session, submission, facts={"type": "mp4", "duration_seconds": 320.4})
        found = {"found": "5:20", "allowed": "5:00"}
        session.add(FindingRow(id=new_id(), upload_id=upload.id, code="clip_too_long", severity="blocking", data=found, found_at=NOW))
    at = f"/office/submissions/{submission.id}"
    page = judged["officer"].get(at)
    for text in (
        "นางสมใจ ทองหลาง",
        "02 000 0000",
        "group1@groups.example",
        "หมู่ที่ 1 ที่ตั้ง ต.คลองเขื่อน อ.คลองเขื่อน จ.ฉะเชิงเทรา กิจการ ขนมไข่",
        "ต้องแก้ไข คลิป.mp4 · 2.4 MB · 5:20 นาที",
        "คลิปยาว 5:20 นาที เกินที่กำหนดไม่เกิน 5:00 นาที",
        "ส่งให้คณะกรรมการพิจารณา · ระบบ",
    ):
        assert text in page
    assert "คลิปยาว 5:20 นาที" in judged["officer"].get(AT)
    chair = judged["chair"].get(at)
    assert "คลิปยาว 5:20 นาที" in chair
    assert "02 000 0000" not in chair
    assert "นางสมใจ" not in chair


def test_submissions_are_looked_for_and_an_empty_field_asks_for_nothing(browsers: Browsers) -> None:
    officer = browsers["officer"]
    found = officer.get(f"{AT}?q=0003&status=&province=")
    assert "LT63-0003" in found
    assert "LT63-0001" not in found
    assert "ไม่มีใบสมัครที่ตรงกับที่ค้นหา" in officer.get(f"{AT}?status=returned")
    assert "LT63-0001" not in officer.get(f"{AT}?province=ลำปาง")


def test_pages_take_as_many_queries_for_five_rows_as_for_one(judged: Browsers, query_count: QueryCount) -> None:
    officer = judged["officer"]
    assert query_count(lambda: officer.get(f"{AT}?q=0001")) == 22
    assert query_count(lambda: officer.get(AT)) == 22
    assert query_count(lambda: officer.get("/office")) == 5
    with transaction() as session:
        for slug in ("second", "third"):
            factories.programme(session, slug=slug, reference_prefix=slug.upper())
    assert query_count(lambda: officer.get("/office")) == 5


def test_target_groups_are_invited_by_a_button_that_goes_when_all_are(browsers: Browsers) -> None:
    with transaction() as session:
        programme = programmes.programme(session, "little")
        programme.next_reference = 7
        factories.group(session, programme, 7)
    officer = browsers["officer"]
    assert "เชิญแล้ว 5 จาก 6 กลุ่มเป้าหมาย ส่งคำเชิญอีก 1 กลุ่ม" in officer.get(AT)
    page = officer.post(f"{AT}/invitations")
    assert "เชิญแล้ว 6 จาก 6 กลุ่มเป้าหมาย" in page
    assert "ส่งคำเชิญอีก" not in page


def test_versions_of_the_document_are_listed_for_those_who_manage(browsers: Browsers) -> None:
    officer = browsers["officer"]
    assert "เอกสารโครงการฉบับที่ 1" in officer.get(AT)
    assert "1 1 มิถุนายน 2563 10.00 น. system" in officer.get(f"{AT}/versions")
    assert "เอกสารโครงการ" not in browsers["lampang"].get(AT)
    browsers["lampang"].get(f"{AT}/versions", 403)


def test_same_file_of_another_group_is_an_advice_to_officers_alone(judged: Browsers) -> None:
    with transaction() as session:
        first, second = session.scalars(select(Submission).order_by(Submission.reference).limit(2)).all()
        lampang = session.scalars(select(Submission).order_by(Submission.reference).offset(2).limit(1)).one()
        session.get_one(Group, lampang.group_id).province = "ลำปาง"
        for submission in (first, second, lampang):
            sent(session, submission, sha256="ab" * 32)
    page = judged["officer"].get(f"/office/submissions/{first.id}")
    assert f"ไฟล์นี้เหมือนกับไฟล์ของกลุ่มอื่นทุกไบต์ โปรดสอบถามกลุ่ม {second.reference} {lampang.reference}" in page
    page = judged["lampang"].get(f"/office/submissions/{lampang.id}")
    assert "ไฟล์ของกลุ่มอื่นทุกไบต์ โปรดสอบถามกลุ่ม นอกพื้นที่ของท่าน: 2" in page
    assert "ไฟล์ของกลุ่มอื่น" not in judged["chair"].get(f"/office/submissions/{first.id}")
