"""A round in the office's pages: opened, closed, its ties ordered, decided, signed, published; and what the public then reads."""

from typing import Any

import pytest
from factories.browser import Browser
from factories.doors import work
from sqlalchemy import select

from shared.awards.models import Decision
from shared.database import transaction
from shared.submissions.models import Submission

pytestmark = pytest.mark.usefixtures("clean")
AT = "/office/programmes/little"
ROUND = f"{AT}/rounds/selection"
Browsers = dict[str, Browser]


def submission_ids() -> dict[str, str]:
    """Return the ids of submissions by the last digit of their references."""
    with transaction() as session:
        return {reference[-1]: str(id_) for id_, reference in session.execute(select(Submission.id, Submission.reference))}


def decision() -> Decision:
    """Return the decision that was made last."""
    with transaction() as session:
        return session.scalars(select(Decision).order_by(Decision.made_at.desc()).limit(1)).one()


def order(*places: str, reason: str = "กิจการเข้มแข็งกว่า", **more: str) -> dict[str, Any]:
    """Return what the form sends of the one tie: a place for the second and for the third submission, and why."""
    ids = submission_ids()
    return {"tie": ["0", "0"], "submission": [ids["2"], ids["3"]], "place": list(places), "reason": [reason], **more}


def test_close_is_refused_naming_whose_ballots_are_missing(browsers: Browsers) -> None:
    officer = browsers["officer"]
    assert "คัดเลือก เปิดให้กรรมการพิจารณา" in officer.post(f"{ROUND}/open")
    work()
    page = officer.post(f"{ROUND}/close", 409)
    assert "ยังปิดรอบไม่ได้ ใบให้คะแนนยังไม่ครบ" in page
    assert "central1 · ขาด 5 ใบ (LT63-0001, LT63-0002, LT63-0003, LT63-0004, LT63-0005)" in page
    assert "central2 · ขาด 5" in page
    assert "เปิดให้กรรมการพิจารณา" in officer.get(ROUND)
    browsers["chair"].post(f"{ROUND}/close", 403)


def test_tied_submissions_are_ordered_by_people_with_a_reason(judged: Browsers) -> None:
    officer = judged["officer"]
    officer.post(f"{ROUND}/close")
    page = officer.get(ROUND)
    assert "เส้นตัด หลังลำดับที่ 2" in page
    assert "คะแนนของใบสมัคร: ค่าเฉลี่ยของทุกใบให้คะแนน (mean รุ่นที่ 1)" in page
    assert "คะแนนเท่ากัน 80.0000 · คร่อมเส้นตัดหลังลำดับที่ 2" in page
    assert "ไม่ซ้ำกัน" in officer.post(f"{ROUND}/decisions", 422, **order("1", "1"))
    assert "คะแนนเท่ากันคร่อมเส้นตัด (LT63-0002, LT63-0003)" in officer.post(f"{ROUND}/decisions", 409)
    refused = officer.client.post(f"{ROUND}/decisions", data=order("2", "1", reason="  "))
    assert refused.status_code == 422
    assert "โปรดระบุเหตุผล" in refused.text
    assert refused.text.count('<option value="2" selected>') == 1
    preview = officer.post(f"{ROUND}/decisions", **order("2", "1", dry_run="true"))
    assert preview.index("LT63-0003") < preview.index("LT63-0002")
    assert "รอประธานลงนาม" not in officer.get(ROUND)
    made = officer.post(f"{ROUND}/decisions", **order("2", "1"))
    assert "สรุปผลแล้ว รอประธานลงนาม" in made
    assert "LT63-0003 → LT63-0002 เหตุผล: กิจการเข้มแข็งกว่า" in made
    officer.post(f"{ROUND}/decisions", **order("1", "2"))
    assert [tie.references for tie in decision().ties] == [["LT63-0002", "LT63-0003"]]


def test_decision_is_made_signed_and_published_by_forms_and_then_public(judged: Browsers) -> None:
    officer, chair = judged["officer"], judged["chair"]
    officer.post(f"{ROUND}/close")
    officer.post(f"{ROUND}/decisions", **order("2", "1"))
    at, digest = f"{ROUND}/decisions/{decision().id}", decision().digest
    assert f'name="digest" value="{digest}"' in chair.client.get(ROUND).text
    assert "ลงนาม" not in officer.client.get(ROUND).text.replace("รอประธานตรวจและลงนาม", "").replace("รอประธานลงนาม", "")
    officer.post(f"{at}/sign", 403, digest=digest)
    chair.post(f"{ROUND}/decisions", 403, **order("1", "2"))
    assert "ประธานยังไม่ได้ลงนาม" in officer.post(f"{at}/publish", 409)
    assert "เปลี่ยนไปจากที่ท่านเห็น" in chair.post(f"{at}/sign", 409, digest="0" * 64)
    assert "ประธานลงนามแล้ว รอประกาศ" in chair.post(f"{at}/sign", digest=digest)
    chair.post(f"{at}/publish", 403)
    assert "ยังไม่มีผลที่ประกาศ" in Browser("office").get("/")
    assert "ระบบกำลังบันทึกผลและแจ้งทุกกลุ่ม" in officer.post(f"{at}/publish")
    work()
    page = officer.get(ROUND)
    assert "ดีเด่น 2 ราย รายละ 90,000 บาท · ดี 2 ราย รายละ 50,000 บาท · รวม 280,000 บาท" in page
    for step in ("เปิดรอบ · officer", "ปิดรอบ · officer", "สรุปผล · officer", "ประธานลงนาม · chair", "ประกาศผล · officer"):
        assert step in page
    public = Browser("office").get("/")
    assert "· 4 กลุ่ม · รวม 280,000 บาท" in public
    assert "ดีเด่น · รายละ 90,000 บาท · 2 กลุ่ม" in public
    assert "กลุ่มออมทรัพย์ที่ 3 ต.คลองเขื่อน อ.คลองเขื่อน ฉะเชิงเทรา ขนมไข่" in public
    for text in ("กลุ่มออมทรัพย์ที่ 5", "LT63", "นางสมใจ", "0000000000", "groups.example", "80.0000"):
        assert text not in public


def test_closed_round_is_opened_again_with_a_reason(judged: Browsers) -> None:
    officer = judged["officer"]
    officer.post(f"{ROUND}/close")
    assert "โปรดระบุเหตุผลที่เปิดรอบใหม่" in officer.post(f"{ROUND}/reopen", 422, reason=" ")
    page = officer.post(f"{ROUND}/reopen", reason="กรรมการขอแก้คะแนน")
    assert "เปิดให้กรรมการพิจารณา" in page
    assert "เปิดรอบอีกครั้ง · officer" in page
    assert "เหตุผล: กรรมการขอแก้คะแนน" in page
