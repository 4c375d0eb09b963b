"""What officers do with filings, payments and whole submissions through the JSON door; and what waits for whom."""

import csv
import io

import factories
import pytest
from factories.doors import Door, work
from factories.query_count import QueryCount
from integration.office.stages import AT, Awarded, awarded
from sqlalchemy import Engine, select

from shared import invariants
from shared.database import transaction
from shared.events.models import Event
from shared.people.models import Role
from shared.submissions.models import Filing

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def play(engine: Engine) -> Awarded:
    return awarded()


def test_programme_shows_how_far_each_stage_is(play: Awarded) -> None:
    play.file(0)
    stages = {one["key"]: one for one in play.doors["department"]("GET", AT)["stages"]}
    assert list(stages) == ["plan", "selection", "money", "record", "report"]
    assert (stages["plan"]["filings"], stages["plan"]["filed_by"], stages["plan"]["accepted_by"]) == (
        {"accepted": 2}, ["applicant"], "checks",
    )  # fmt: skip
    assert (stages["selection"]["entries"], stages["selection"]["ballots"]) == (2, 2)
    assert stages["money"]["payments"] == {"due": {"count": 2, "total": "140000.00"}}
    assert (stages["record"]["filings"], stages["record"]["accepted_by"]) == ({"open": 1, "submitted": 1}, "officer")
    lampang = {one["key"]: one for one in play.doors["lampang"]("GET", AT)["stages"]}
    assert (lampang["plan"]["filings"], lampang["money"]["payments"]) == ({}, {})


def test_submissions_are_looked_for_by_what_they_file_at_a_stage(play: Awarded) -> None:
    play.file(0)
    first, second = (group.reference for group in play.groups)

    def references(query: str) -> list[str]:
        return [one["reference"] for one in play.doors["department"]("GET", f"{AT}/submissions?{query}")["submissions"]]

    assert references("stage=record&filing=submitted") == [first]
    assert references("stage=record&filing=open") == [second]
    assert references("stage=record") == [first, second]
    assert references("filing=missed") == []
    assert references("stage=nowhere") == []
    with transaction() as session:
        for filing in session.scalars(select(Filing).where(Filing.stage == "report")):
            filing.due_at = filing.made_at
    assert references("stage=report&filing=missed") == [first, second]
    assert references("stage=report&filing=open") == []


def test_submission_in_full_shows_filings_entries_outcomes_and_payments(play: Awarded) -> None:
    play.file(0)
    found = play.doors["province"]("GET", play.at())
    assert (found["status"], found["programme"], found["group"]["phone"]) == ("awarded", "stages", "+6620000000")
    assert [(one["stage"], one["status"], one["filed_by"]) for one in found["filings"]] == [
        ("plan", "accepted", "applicant"),
        ("record", "submitted", "province"),
        ("report", "open", "applicant"),
    ]
    (version,) = found["filings"][1]["versions"]
    assert [(one["key"], one["value"], one["text"]["th"], one["internal"]) for one in version["answers"]] == [
        ("number", "BPM-1", "BPM-1", False),
        ("inside", "ลับ", "ลับ", True),
    ]
    assert (version["number"], version["submitted_by"]["th"], bool(version["receipt"])) == (1, "province", True)
    assert [one["filename"] for one in found["filings"][0]["versions"][0]["files"]] == ["คลิป.mp4"]
    assert [(one["round"], one["kind"], one["level"], one["amount"]) for one in found["outcomes"]] == [
        ("selection", "awarded", "gold", "90000.00")
    ]
    assert [(one["round"], one["committee"]) for one in found["entries"]] == [("selection", "central")]
    assert [(one["stage"], one["status"], one["amount"]) for one in found["payments"]] == [("money", "due", "90000.00")]
    play.doors["lampang"]("GET", play.at(), 404)


def test_record_is_accepted_by_the_level_above_and_never_by_who_filed_it(play: Awarded) -> None:
    at = f"{play.at()}/stages/record/accept"
    assert play.doors["department"]("POST", at, 409)["code"] == "nothing_submitted"
    play.file(0)
    assert play.doors["province"]("POST", at, 403)["code"] == "not_allowed"
    play.doors["lampang"]("POST", at, 404)
    accepted = play.doors["department"]("POST", at)
    assert (accepted["status"], accepted["versions"][0]["status"]) == ("accepted", "passed")
    assert play.doors["department"]("POST", at)["accepted_at"] == accepted["accepted_at"]
    play.file(1, by="department")
    assert play.doors["department"]("POST", f"{play.at(1)}/stages/record/accept", 403)["code"] == "own_work"


def test_filing_is_returned_with_a_reason_and_accepted_after_it_was_fixed(play: Awarded) -> None:
    play.file(0)
    at, department = f"{play.at()}/stages/record", play.doors["department"]
    assert department("POST", f"{at}/return", 422, json={"reason": " "})["code"] == "reason_needed"
    returned = department("POST", f"{at}/return", json={"reason": "เลขไม่ครบ"})
    assert (returned["status"], returned["versions"][0]["status"]) == ("returned", "failed")
    play.file(0, by="colleague", number="BPM-2")
    assert [one["status"] for one in department("POST", f"{at}/accept")["versions"]] == ["passed", "failed"]
    with transaction() as session:
        reasons = session.scalars(select(Event.reason).where(Event.kind == "submission.returned")).all()
    assert reasons == ["เลขไม่ครบ"]


def test_what_failed_is_accepted_despite_it_with_a_reason(play: Awarded) -> None:
    play.file(0)
    at, department = f"{play.at()}/stages/record", play.doors["department"]
    department("POST", f"{at}/return", json={"reason": "เลขไม่ครบ"})
    assert department("POST", f"{at}/accept", 422)["code"] == "reason_needed"
    assert department("POST", f"{at}/accept", json={"reason": "ตรวจกับต้นฉบับแล้ว"})["status"] == "accepted"


def test_filing_is_waived_and_asked_for_again_by_the_department(play: Awarded) -> None:
    at, department = f"{play.at()}/stages/record", play.doors["department"]
    assert play.doors["province"]("POST", f"{at}/waive", 403, json={"reason": "x"})["code"] == "not_allowed"
    assert department("POST", f"{at}/waive", 422, json={"reason": ""})["code"] == "reason_needed"
    assert department("POST", f"{at}/waive", json={"reason": "บันทึกแล้วในระบบเดิม"})["status"] == "waived"
    assert department("POST", f"{at}/return", 409, json={"reason": "x"})["code"] == "filing_ended"
    assert department("POST", f"{at}/ask-again")["status"] == "open"


def test_deadline_of_one_filing_is_extended_to_an_instant_or_the_end_of_a_day(play: Awarded) -> None:
    at, department = f"{play.at()}/stages/plan/extend", play.doors["department"]
    extended = department("POST", at, json={"until": "2021-01-15", "reason": "น้ำท่วม"})
    assert extended["due_at"] == "2021-01-15T16:59:59Z"
    assert department("POST", at, json={"until": "2021-02-01T12:00:00+07:00", "reason": "น้ำท่วม"})["due_at"] == "2021-02-01T05:00:00Z"
    assert department("POST", at, 422, json={"until": "2021-01-31", "reason": "x"})["code"] == "deadline_not_later"
    assert department("POST", at, 422, json={"until": "2021-03-01T12:00:00", "reason": "x"})["code"] == "invalid_request"
    other = play.doors["department"]("GET", play.at(1))["filings"][0]
    assert other["due_at"] == "2020-12-31T16:59:59Z"


def test_coordinator_is_an_officer_of_the_office_that_files(play: Awarded) -> None:
    at, department = f"{play.at()}/stages/record/coordinator", play.doors["department"]
    colleague, stranger = str(play.accounts["colleague"].id), str(play.accounts["lampang"].id)
    assert department("POST", at, json={"account": colleague})["coordinator"] == colleague
    refused = department("POST", at, 422, json={"account": stranger})
    assert (refused["code"], "colleague, province" in refused["detail"]) == ("not_of_the_filing_office", True)
    assert department("POST", at, json={"account": None})["coordinator"] is None


def test_payment_is_noted_once_and_withdrawing_asks_it_back(play: Awarded) -> None:
    pay, department = f"{play.at()}/payments/money/pay", play.doors["department"]
    assert play.doors["province"]("POST", pay, 403)["code"] == "not_allowed"
    paid = department("POST", pay, json={"note": "โอน 001"})
    assert (paid["status"], paid["paid_by"], paid["note"]) == ("paid", "department", "โอน 001")
    assert department("POST", pay, json={"note": "โอน 002"})["note"] == "โอน 001"
    assert department("POST", f"{play.at()}/payments/nothing/pay", 404)["code"] == "payment_unknown"
    assert department("POST", f"{play.at()}/withdraw", 422, json={"reason": ""})["code"] == "reason_needed"
    assert play.doors["province"]("POST", f"{play.at()}/withdraw", 403, json={"reason": "x"})["code"] == "not_allowed"
    play.file(0)
    gone = department("POST", f"{play.at()}/withdraw", json={"reason": "กลุ่มเลิกกิจการ"})
    assert (gone["status"], gone["payments"][0]["status"]) == ("withdrawn", "to_return")
    assert [(one["stage"], one["status"], len(one["versions"])) for one in gone["filings"]] == [
        ("plan", "accepted", 1),
        ("record", "lapsed", 1),
        ("report", "lapsed", 0),
    ]
    again = {"until": "2099-01-01", "reason": "x"}
    assert department("POST", f"{play.at()}/stages/plan/extend", 409, json=again)["code"] == "submission_out"
    second = department("POST", f"{play.at(1)}/withdraw", json={"reason": "ไม่รับเงิน"})
    assert second["payments"][0]["status"] == "ended"
    assert department("POST", f"{play.at(1)}/payments/money/pay", 409)["code"] == "payment_not_due"
    work()
    with transaction() as session:
        invariants.check(session)


def test_each_officer_is_shown_what_waits_for_their_office(play: Awarded) -> None:
    doors = play.doors

    def listed(who: str, which: str) -> list[tuple[str, str]]:
        found = doors[who]("GET", f"office/{which}")
        assert found["count"] == len(found["waiting"])
        return [(one["reference"], one["filing"]["stage"]) for one in found["waiting"]]

    first, second = (group.reference for group in play.groups)
    assert listed("province", "to-file") == [(first, "record"), (second, "record")]
    assert [listed(who, "to-file") for who in ("department", "district", "lampang")] == [[], [], []]
    play.file(1)
    play.file(0)
    assert listed("province", "to-file") == []
    assert listed("department", "to-accept") == [(first, "record"), (second, "record")]
    assert [listed(who, "to-accept") for who in ("province", "district", "lampang")] == [[], [], []]
    play.file(0, by="group", stage="report", note="เสร็จแล้ว")
    assert listed("district", "to-accept") == [(first, "report")]
    assert listed("department", "to-accept") == [(first, "record"), (second, "record")]
    assert listed("department", "to-accept?lower=true") == [(first, "record"), (first, "report"), (second, "record")]
    doors["department"]("POST", f"{play.at()}/stages/record/accept")
    doors["department"]("POST", f"{play.at(1)}/withdraw", json={"reason": "x"})
    assert listed("department", "to-accept") == []


def test_lists_of_work_take_as_many_queries_for_two_rows_as_for_one(play: Awarded, query_count: QueryCount) -> None:
    province, department = play.doors["province"], play.doors["department"]
    both = query_count(lambda: province("GET", "office/to-file"))
    play.file(0)
    assert query_count(lambda: province("GET", "office/to-file")) == both
    one = query_count(lambda: department("GET", "office/to-accept"))
    play.file(1)
    assert query_count(lambda: department("GET", "office/to-accept")) == one


def test_work_is_for_officers(play: Awarded) -> None:
    with transaction() as session:
        door = Door(factories.token(session, factories.account(session, "administrator", Role.ADMINISTRATOR)))
    assert [door("GET", f"office/{which}", 403)["code"] for which in ("to-file", "to-accept")] == ["not_of_the_office"] * 2


def test_filings_and_payments_are_tables_to_take_away(play: Awarded) -> None:
    play.file(0)

    def rows(who: str, name: str) -> list[dict[str, str]]:
        content = play.doors[who].raw("GET", f"{AT}/exports/{name}.csv").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(content)))

    filed = [(row["เลขที่ใบสมัคร"], row["ขั้นตอน"], row["ผู้ส่ง"], row["สถานะการส่ง"]) for row in rows("province", "filings")]
    assert filed[:3] == [
        ("ST63-0001", "Plan", "ผู้สมัคร", "รับแล้ว"),
        ("ST63-0001", "Record", "จังหวัด", "ส่งแล้ว กำลังตรวจ"),
        ("ST63-0001", "Report", "ผู้สมัคร", "กำลังเตรียมส่ง"),
    ]
    assert len(filed) == 6
    paid = [(row["ขั้นตอน"], row["เงินสนับสนุน (บาท)"], row["สถานะการจ่าย"]) for row in rows("department", "payments")]
    assert paid == [("Money", "90000.00", "รอโอนเงิน"), ("Money", "50000.00", "รอโอนเงิน")]
    assert rows("lampang", "filings") == rows("lampang", "payments") == []
