"""Receipts as a group, its officers, and anybody who holds a code see them."""

from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote

import factories
import pikepdf
import pytest
from factories.browser import Browser
from factories.doors import Door
from factories.receipts import AT, DAY, OFFICER, SUMS, again, changed, handed_in, link_token, made
from sqlalchemy import update

from shared.database import transaction
from shared.events import SYSTEM
from shared.people import operations as people
from shared.people.models import Role
from shared.settings import secret_key, settings
from shared.submissions.models import Receipt
from shared.submissions.receipts import code
from shared.submissions.receipts.finding import genuine
from shared.submissions.sheet import Standing

pytestmark = pytest.mark.usefixtures("clean")
SECRETS = ("กลุ่มออมทรัพย์ที่ 1", "คลองเขื่อน", "ลับ", "สุดารัตน์", "สมใจ")
"""What a stranger may not read: group, place, file names, people."""
DEADLINE = datetime.fromisoformat("2020-05-29T23:59:59+07:00")


def group_of(receipt: Receipt) -> Browser:
    """The group's browser, come in by its link."""
    browser = Browser("intake")
    browser.get(f"/s/{link_token(receipt.submission_id)}")
    return browser


def officer(**where: str) -> Browser:
    """The browser of an officer of some area."""
    with transaction() as session:
        account = factories.account(session, f"officer-{where.get('province')}", Role.OFFICER, **where)
        link = factories.token_of(people.make_sign_in_link(session, account, now=datetime.now(tz=AT.tzinfo)))
    return Browser("intake", link)


def address(receipt: Receipt, ending: str = "") -> str:
    return f"/s/submissions/{receipt.submission_id}/receipt{ending}"


def test_group_reads_who_sent_what_when_with_every_sum() -> None:
    receipt = handed_in()
    read = group_of(receipt).get(address(receipt))
    assert f"เลขที่ใบรับ {receipt.code} เลขที่ใบสมัคร LT63-0001 ผู้สมัคร กลุ่มออมทรัพย์ที่ 1" in read
    assert "หมู่ที่ 1 ที่ตั้ง ต.คลองเขื่อน อ.คลองเขื่อน จ.ฉะเชิงเทรา กิจการ ขนมไข่" in read
    assert [word in read for word in ("นางสมใจ", "groups.example", "02 000 0000")] == [False, False, False]
    assert "ส่งผลงานเมื่อ 25 พฤษภาคม 2563 10.00 น. ผู้ส่ง กลุ่ม โดยลิงก์ของกลุ่มเอง" in read
    assert "คลิป-ลับ.mp4 173.9 MB (182,345,678 ไบต์) · ยาว 4:57 นาที · ได้รับครบ 25 พฤษภาคม 2563 10.00 น." in read
    assert "แผนธุรกิจ-ลับ.pdf 173.9 MB (182,345,678 ไบต์) · 12 หน้า" in read
    assert [sum_ in read for sum_ in SUMS.values()] == [True, True]
    assert [word in read for word in ("เจ้าหน้าที่ที่ช่วยส่ง", "หมดเวลาส่ง", "เริ่มส่ง")] == [False, False, False]


def test_receipt_issued_before_there_were_forms_of_applicants_reads_as_it_did() -> None:
    receipt, secret = handed_in(), secret_key()
    group = {"name": "กลุ่มเดิม", "village_no": "1", "tambon": "คลองเขื่อน", "amphoe": "คลองเขื่อน", "province": "ฉะเชิงเทรา"}
    document = {**receipt.document, "group": group}
    with transaction() as session:
        written = code.write(secret, reference=document["reference"], id_=receipt.id, document=document)
        session.execute(update(Receipt).where(Receipt.id == receipt.id).values(document=document, code=written))
        assert genuine(session, written, secret=secret).receipt.id == receipt.id
    read = group_of(receipt).get(address(receipt))
    assert "ผู้สมัคร กลุ่มเดิม ที่ตั้ง หมู่ที่ 1 ตำบลคลองเขื่อน อำเภอคลองเขื่อน จังหวัดฉะเชิงเทรา" in read


def test_receipt_names_who_helped_and_how_the_group_said_yes() -> None:
    receipt = handed_in(sent_by=OFFICER, helped_by="นายสมชาย พัฒนากร", confirmed_by="code")
    read = group_of(receipt).get(address(receipt))
    assert "ผู้ส่ง กลุ่ม โดยรหัสยืนยันของกลุ่ม เจ้าหน้าที่ที่ช่วยส่ง นางสาวสุดารัตน์ พัฒนากร, นายสมชาย พัฒนากร" in read


def test_work_begun_in_time_and_received_within_the_grace_says_so() -> None:
    received = DEADLINE + timedelta(minutes=20)
    receipt = handed_in(at=received, begun=DEADLINE - timedelta(minutes=2), grace_minutes="60")
    read = group_of(receipt).get(address(receipt))
    assert "หมดเวลาส่ง 29 พฤษภาคม 2563 23.59 น. ทุกไฟล์เริ่มส่งก่อนหมดเวลา และส่งผลงานภายในเวลาผ่อนผันของโครงการ" in read
    assert "เริ่มส่ง 29 พฤษภาคม 2563 23.57 น. · ได้รับครบ 30 พฤษภาคม 2563 00.19 น." in read


def test_pdf_is_announced_until_it_is_made_and_then_it_is_what_was_noted() -> None:
    receipt = handed_in()
    browser = group_of(receipt)
    assert "กำลังจัดทำใบรับ PDF" in browser.get(address(receipt))
    waiting = browser.client.get(address(receipt, ".pdf"))
    assert (waiting.status_code, waiting.headers["retry-after"]) == (503, "5")
    assert "อีกสักครู่ หน้านี้จะลองใหม่เอง" in waiting.text
    receipt = made(receipt)
    assert "เปิดหรือบันทึกใบรับ PDF" in browser.get(address(receipt))
    answer = browser.client.get(address(receipt, ".pdf"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "ใบรับ LT63-0001.pdf" in unquote(answer.headers["content-disposition"])
    assert sha256(answer.content).hexdigest() == receipt.pdf_sha256
    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1


def test_receipt_is_for_the_group_and_the_officers_of_its_area() -> None:
    receipt, other = made(handed_in()), handed_in(number=2)
    for ending in ("", ".pdf"):
        group_of(other).get(address(receipt, ending), status=404)
        Browser("intake").get(address(receipt, ending), status=401)
        officer(province="ลำปาง").get(address(receipt, ending), status=404)
    near = officer(province="ฉะเชิงเทรา")
    assert receipt.code in near.get(address(receipt))
    assert near.client.get(address(receipt, ".pdf")).status_code == 200


def test_before_handing_in_there_is_nothing_to_receive() -> None:
    with transaction() as session:
        (submission,) = factories.submissions(session, factories.programme(session), 1, status=Standing.OPEN)
    browser, token = Browser("intake"), link_token(submission.id)
    browser.get(f"/s/{token}")
    for ending in ("", ".pdf"):
        assert "ยังไม่มีใบรับ เพราะยังไม่ได้กดส่งผลงาน" in browser.get(f"/s/submissions/{submission.id}/receipt{ending}", status=404)
    assert Door(token)("GET", f"intake/submissions/{submission.id}")["receipt"] is None


def test_program_finds_the_receipt_in_the_submission() -> None:
    receipt = handed_in()
    door = Door(link_token(receipt.submission_id))
    seen = door("GET", f"intake/submissions/{receipt.submission_id}")["receipt"]
    check_url = f"{settings().base_url}/s/receipts/{receipt.code}"
    wanted = {"code": receipt.code, "url": address(receipt, f"?code={receipt.code}"), "pdf_url": None, "check_url": check_url}
    assert {name: seen[name] for name in wanted} == wanted
    assert datetime.fromisoformat(seen["issued_at"]) == AT
    made(receipt)
    assert door("GET", f"intake/submissions/{receipt.submission_id}")["receipt"]["pdf_url"] == address(receipt, f".pdf?code={receipt.code}")


def test_passing_on_by_line_tells_the_group_the_reference_and_where_to_check() -> None:
    receipt = handed_in(sent_by=OFFICER)
    page = group_of(receipt).client.get(address(receipt)).text
    said = unquote(page.partition("https://line.me/R/share?text=")[2].partition('"')[0])
    assert said == (
        f"กลุ่มออมทรัพย์ที่ 1 ส่งผลงานแล้ว เลขที่ LT63-0001 ใบรับ {receipt.code} ตรวจสอบได้ที่ {settings().base_url}/s/receipts/{receipt.code}"
    )


def test_stranger_with_a_code_learns_that_it_is_genuine_and_no_name() -> None:
    receipt = handed_in(sent_by=OFFICER)
    read = Browser("intake").get(f"/s/receipts/{receipt.code}")
    assert "ใบรับนี้เป็นของจริง" in read
    assert f"เลขที่ใบรับ {receipt.code} เลขที่ใบสมัคร LT63-0001 โครงการ โครงการเล็ก กรม ส่งผลงานเมื่อ 25 พฤษภาคม 2563 10.00 น. จำนวนไฟล์ 2" in read
    assert f"แผนธุรกิจ 173.9 MB (182,345,678 ไบต์) SHA-256 {SUMS['plan']}" in read
    assert f"คลิป 173.9 MB (182,345,678 ไบต์) SHA-256 {SUMS['clip']}" in read
    assert [secret for secret in SECRETS if secret in Browser("intake").client.get(f"/s/receipts/{receipt.code}").text] == []


def test_program_with_a_code_learns_the_same() -> None:
    receipt = handed_in(sent_by=OFFICER)
    answer = Door(None).raw("GET", f"intake/receipts/{receipt.code}")
    assert [secret for secret in SECRETS if secret in answer.text] == []
    assert answer.json() == {
        "genuine": True,
        "code": receipt.code,
        "reference": "LT63-0001",
        "programme": {"th": "โครงการเล็ก", "en": "A little programme"},
        "organisation": {"th": "กรม", "en": "Department"},
        "handed_in_at": "2020-05-25T03:00:00.123456Z",
        "replaced_at": None,
        "files": [
            {"item": {"th": "แผนธุรกิจ", "en": "Plan"}, "size_bytes": 182_345_678, "sha256": SUMS["plan"]},
            {"item": {"th": "คลิป", "en": "Clip"}, "size_bytes": 182_345_678, "sha256": SUMS["clip"]},
        ],
    }


def test_code_may_be_typed_in_any_way() -> None:
    receipt = handed_in()
    browser = Browser("intake")
    assert "รหัสบนใบรับ" in browser.get("/s/receipts")
    for typed in (receipt.code.lower().replace("-", " "), receipt.code.replace("-", ""), receipt.code.replace("0", "o").replace("1", "l")):
        assert "ใบรับนี้เป็นของจริง" in browser.client.get("/s/receipts", params={"code": typed}).text


@pytest.mark.parametrize("code", ["LT63-0001-0000-0000", "x", "LT63-0001", "%00", "' or 1=1 --", "ก" * 300])
def test_code_that_was_made_up_is_not_genuine(code: str) -> None:
    handed_in()
    answer = Browser("intake").client.get(f"/s/receipts/{code}")
    assert answer.status_code == 404
    assert "ไม่พบใบรับของจริงตามรหัสนี้" in answer.text
    problem = Door(None)("GET", f"intake/receipts/{code}", status=404)
    assert problem["code"] == "receipt_not_genuine"


def test_receipt_that_was_changed_in_the_database_is_not_genuine_any_more() -> None:
    receipt = handed_in()
    browser = Browser("intake")
    browser.get(f"/s/receipts/{receipt.code}")
    changed(receipt, handed_in_at=(AT - DAY).isoformat())
    browser.get(f"/s/receipts/{receipt.code}", status=404)


def test_each_handing_in_has_its_own_receipt_and_the_earlier_says_that_it_is_not_the_last() -> None:
    first = handed_in()
    second = again(first, at=AT + DAY)
    assert first.code != second.code
    browser = Browser("intake")
    assert "มีการส่งครั้งใหม่แล้วเมื่อ 26 พฤษภาคม 2563 10.00 น." in browser.get(f"/s/receipts/{first.code}")
    assert "มีการส่งครั้งใหม่แล้ว" not in browser.get(f"/s/receipts/{second.code}")
    assert Door(None)("GET", f"intake/receipts/{first.code}")["replaced_at"] == "2020-05-26T03:00:00.123456Z"
    assert second.code in group_of(first).get(address(first))


def test_officers_page_leads_to_the_receipt() -> None:
    receipt = handed_in()
    with transaction() as session:
        account = factories.account(session, "officer", Role.OFFICER)
        link = factories.token_of(people.ask_sign_in(session, account, by=SYSTEM, now=datetime.now(tz=AT.tzinfo)))
    page = Browser("office", link).client.get(f"/office/submissions/{receipt.submission_id}").text
    assert f'href="/s/receipts/{receipt.code}">ใบรับเลขที่ {receipt.code}' in page
