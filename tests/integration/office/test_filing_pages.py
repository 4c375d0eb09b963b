"""What officers do with filings, payments and whole submissions on their pages; and the lists of what waits for them."""

import factories
import pytest
from factories.browser import Browser
from factories.query_count import QueryCount
from integration.office.stages import Awarded, awarded
from sqlalchemy import Engine, select

from shared import clock
from shared.database import transaction
from shared.people import operations as people
from shared.people.models import Role
from shared.submissions.models import Filing

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def play(engine: Engine) -> Awarded:
    return awarded()


def test_programme_page_shows_every_stage_with_dates_offices_and_counts(play: Awarded) -> None:
    play.file(0)
    department = play.browser("department")
    page = department.get("/office/programmes/stages?lang=en")
    for text in (
        "Plan by 31 December 2020, 23:59 · submitted by the applicant · accepted once the checks pass accepted 2",
        "Selection completed Submissions: 2 · ballots submitted: 2",
        "Money to be paid: 2, 140,000 baht",
        "Record by 31 December 2099, 23:59 · submitted by the provincial office · accepted by the department "
        "being prepared 1 submitted, being checked 1",
    ):
        assert text in page
    assert (
        play.groups[0].reference not in department.get("/office/programmes/stages?stage=record&filing=open").partition("ใบสมัคร ทุกสถานะ")[2]
    )


def test_submission_page_shows_what_was_filed_and_what_follows(play: Awarded) -> None:
    play.file(0)
    page = play.browser("province").get(f"{play.page()}?lang=en")
    for text in (
        "Selection: awarded Gold · 90,000 baht",
        "Judging Selection · Central",
        "Money · 90,000 baht to be paid",
        "Record checked, to be accepted the provincial office submits by 31 December 2099, 23:59 · accepted by the department",
        "Version 1 checked, to be accepted province",
        "Number BPM-1",
        "Remark internal ลับ",
        "Plan accepted the applicant submits by 31 December 2020, 23:59",
        "คลิป.mp4",
    ):
        assert text in page
    assert page.count("Receipt ST63-0001-") == 2
    assert "Accept" not in page.replace("Accepted", "")
    assert (
        "Return for changes"
        not in play.browser("department").get(f"{play.page()}?lang=en").partition("Plan accepted")[2].partition("Record checked")[0]
    )


def test_members_of_the_committee_see_nothing_internal_and_no_payments(play: Awarded) -> None:
    play.file(0)
    with transaction() as session:
        chair = factories.account(session, "chair", Role.CHAIR, programme_id=play.groups[0].programme_id, committee="central")
        link = factories.token_of(people.make_sign_in_link(session, chair, now=clock.now()))
    page = Browser("office", link).get(f"{play.page()}?lang=en")
    assert "Number BPM-1" in page
    for text in ("Remark", "ลับ", "90,000 baht to be paid", "02 000 0000"):
        assert text not in page


def test_filing_is_accepted_on_its_page_and_listed_no_more(play: Awarded) -> None:
    play.file(0)
    department = play.browser("department")
    waiting = department.get("/office/to-accept")
    assert f"Record · {play.groups[0].reference}" in waiting
    assert f'href="{play.page()}#stage-record"' in department.client.get("/office/to-accept").text
    page = department.post(f"{play.page()}/stages/record/accept", reason="ครบถ้วน")
    assert "Record รับแล้ว" in page
    assert "เหตุผล: ครบถ้วน" in page
    assert "ไม่มีงานที่รอรับในขณะนี้" in department.get("/office/to-accept")


def test_own_work_is_not_offered_and_refused_with_what_was_typed(play: Awarded) -> None:
    play.file(0, by="department")
    department = play.browser("department")
    page = department.client.get(play.page()).text
    assert f"{play.page()}/stages/record/accept" not in page
    assert "เจ้าหน้าที่อื่นต้องเป็นผู้รับ" in page
    assert "จึงรับเองไม่ได้" in department.post(f"{play.page()}/stages/record/accept", 403, reason="ของผมเอง")


def test_refused_verb_keeps_what_was_typed(play: Awarded) -> None:
    department = play.browser("department")
    answer = department.client.post(f"{play.page()}/stages/plan/extend", data={"until": "1/1/2563", "reason": "น้ำท่วมหนัก"})
    assert answer.status_code == 422
    assert "กำหนดใหม่ต้องช้ากว่ากำหนดเดิม" in answer.text
    assert ">น้ำท่วมหนัก</textarea>" in answer.text
    assert 'value="1/1/2563"' in answer.text
    answer = department.client.post(f"{play.page()}/stages/plan/extend", data={"until": "soon", "reason": "น้ำท่วมหนัก"})
    assert (answer.status_code, 'value="soon"' in answer.text, "โปรดระบุกำหนดส่งใหม่" in answer.text) == (422, True, True)
    page = department.post(f"{play.page()}/stages/plan/extend", until="๑๕ ม.ค. ๒๕๖๔", reason="น้ำท่วมหนัก")
    assert "ผู้สมัครส่งภายใน 15 มกราคม 2564 23.59 น." in page
    assert "ขยายเวลาส่ง: Plan · department" in page


def test_filing_is_returned_waived_and_coordinated_on_its_page(play: Awarded) -> None:
    department = play.browser("department")
    assert "Record ยกเว้น ไม่ต้องส่ง" in department.post(f"{play.page(1)}/stages/record/waive", reason="ทำในระบบเดิมแล้ว")
    assert "Record กำลังเตรียมส่ง" in department.post(f"{play.page(1)}/stages/record/ask-again")
    account = play.accounts["colleague"].id
    assert "ผู้ประสานงาน colleague" in department.post(f"{play.page(1)}/stages/record/coordinator", coordinator=str(account))
    play.file(1)
    assert "โปรดระบุเหตุผล" in department.post(f"{play.page(1)}/stages/record/return", 422, reason=" ")
    assert "Record ส่งกลับให้แก้ไข" in department.post(f"{play.page(1)}/stages/record/return", reason="เลขไม่ครบ")
    lampang = play.browser("lampang")
    lampang.post(f"{play.page(1)}/stages/record/accept", 404)
    province = play.browser("province")
    assert "ไม่มีสิทธิ์ทำรายการนี้" in province.post(f"{play.page(1)}/stages/record/waive", 403, reason="x")


def test_payment_is_marked_as_paid_and_submission_withdrawn(play: Awarded) -> None:
    department = play.browser("department")
    assert "โอนแล้ว บันทึกโดย department" in department.post(f"{play.page()}/payments/money/pay", note="โอน 001")
    assert "โปรดระบุเหตุผล" in department.post(f"{play.page()}/withdraw", 422, reason="")
    page = department.post(f"{play.page()}/withdraw", reason="กลุ่มเลิกกิจการ")
    assert f"เลขที่ใบสมัคร {play.groups[0].reference} ถอนแล้ว" in page
    assert "ต้องคืนเงิน" in page
    assert "ถอนใบสมัคร · department" in page
    assert "เหตุผล: กลุ่มเลิกกิจการ" in page
    assert "/withdraw" not in department.client.get(play.page()).text
    assert "ถอนใบสมัคร</summary>" not in play.browser("province").client.get(play.page(1)).text


def test_what_has_to_be_filed_leads_to_its_form_overdue_first(play: Awarded) -> None:
    with transaction() as session:
        late = session.scalars(select(Filing).where(Filing.stage == "record", Filing.submission_id == play.groups[1].id)).one()
        late.due_at = late.made_at
    province = play.browser("province")
    page = province.get("/office/to-file")
    first, second = (group.reference for group in play.groups)
    assert page.index(f"Record · {second}") < page.index("เลยกำหนด") < page.index(f"Record · {first}")
    assert f'href="/s/submissions/{play.groups[0].id}/stages/record"' in province.client.get("/office/to-file").text
    assert "เลยกำหนด" in province.get(play.page(1))
    assert "ไม่มีงานที่ต้องส่งในขณะนี้" in play.browser("lampang").get("/office/to-file")


def test_submission_page_takes_as_many_queries_for_three_versions_as_for_one(play: Awarded, query_count: QueryCount) -> None:
    play.file(0)
    province = play.browser("province")
    once = query_count(lambda: province.get(play.page()))
    play.file(0, number="BPM-2")
    play.file(0, number="BPM-3")
    assert query_count(lambda: province.get(play.page())) == once
