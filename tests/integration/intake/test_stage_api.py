"""A stage's form for programs: answers saved by question and version, submitted as versions, and who may do so."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from factories import stages
from factories.filers import FORM, LATER, OFFICE, RIGHT, People, filing, item, play, question, returned, sent
from sqlalchemy import select

from shared.database import transaction
from shared.events import Event, EventKind
from shared.submissions import queries
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import FilingVersion, Receipt

pytestmark = pytest.mark.usefixtures("engine", "clean")


def form(who: People, stage: str = "first", door: str = "group") -> dict[str, Any]:
    found: dict[str, Any] = who.door(door)("GET", f"{who.api}/stages/{stage}")
    return found


def answer(found: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in found["answers"] if one["key"] == key)


def save(who: People, answers: dict[str, Any], *, status: int = 200, stage: str = "first", door: str = "group", **versions: int) -> Any:
    body = {"answers": answers, "versions": versions}
    return who.door(door)("PUT", f"{who.api}/stages/{stage}", status, json=body)


def test_answers_are_saved_one_by_one_and_those_not_sent_stay() -> None:
    who = play()
    save(who, {"title": "ขนมไข่"})
    found = save(who, {"requested": "50,000"})
    assert {one["key"]: (one["value"], one["version"]) for one in found["answers"] if one["version"]} == {
        "title": ("ขนมไข่", 1),
        "requested": ("50000.00", 1),
    }
    assert answer(found, "requested")["shown"] == {"th": "50,000.00 บาท", "en": "50,000.00 baht"}
    assert answer(form(who), "title")["saved_by"]


def test_a1_stale_save_is_refused_with_both_texts() -> None:
    who = play()
    save(who, {"title": "แรก"})
    save(who, {"title": "สอง"}, title=1)
    refused = save(who, {"title": "ช้าไป", "about": "ใหม่"}, status=409, title=1)
    assert refused["code"] == "edited_meanwhile"
    (clash,) = refused["clashes"]
    assert (clash["key"], clash["mine"], clash["theirs"], clash["version"]) == ("title", "ช้าไป", "สอง", 2)
    found = form(who)
    assert (answer(found, "title")["value"], answer(found, "about")["version"]) == ("สอง", 0)
    assert save(who, {"title": "ใครก็ไม่บอกรุ่น"}, status=409)["code"] == "edited_meanwhile"


def test_a2_keys_that_are_not_sent_stay_as_they_are() -> None:
    who = play()
    save(who, {"title": "ครบ", "about": "ยาว"})
    save(who, {"requested": "1"})
    found = form(who)
    assert [answer(found, key)["value"] for key in ("title", "about", "requested")] == ["ครบ", "ยาว", "1.00"]


def test_what_is_typed_wrongly_is_kept_with_its_problem() -> None:
    who = play()
    found = save(who, {"requested": "ห้าหมื่น", "begins_on": "29/2/2566", "title": "ดี"})
    assert answer(found, "requested")["value"] == "ห้าหมื่น"
    assert [problem["code"] for problem in answer(found, "requested")["problems"]] == ["not_a_number"]
    assert [problem["code"] for problem in answer(found, "begins_on")["problems"]] == ["day_impossible"]
    assert answer(found, "title")["problems"] == []
    assert {problem["key"]: problem["code"] for problem in found["problems"] if problem["code"] == "missing"} == {"kind": "missing"}


def test_unknown_question_is_refused_and_nothing_is_saved() -> None:
    who = play()
    refused = save(who, {"title": "ดี", "titel": "ผิด"}, status=422)
    assert (refused["code"], [(one["key"], one["code"]) for one in refused["errors"]]) == ("answers_invalid", [("titel", "unknown")])
    assert answer(form(who), "title")["version"] == 0


def test_answer_beyond_all_measure_is_refused() -> None:
    assert save(play(), {"about": "ก" * 200_001}, status=413)["code"] == "answer_too_long"


def test_e1_hidden_answers_return_when_shown_again_and_are_left_out_only_of_the_version() -> None:
    who = play()
    save(who, {**RIGHT, "kind": "tools", "which_tools": "จอบ"})
    found = save(who, {"kind": "seeds"}, kind=1)
    assert "which_tools" not in found["visible"]
    assert answer(found, "which_tools")["value"] == "จอบ"
    sent(who, "first", "paper")
    who.door()("POST", f"{who.api}/stages/first/submit")
    with transaction() as session:
        assert "which_tools" not in session.scalars(select(FilingVersion)).one().answers
    found = save(who, {"kind": "tools"}, kind=2)
    assert (answer(found, "which_tools")["value"], answer(found, "which_tools")["is_visible"]) == ("จอบ", True)


def test_e4_revealed_question_is_required_on_submitting() -> None:
    who = play()
    save(who, {**RIGHT, "kind": "tools"})
    sent(who, "first", "paper")
    refused = who.door()("POST", f"{who.api}/stages/first/submit", 422)
    assert [(one["key"], one["code"]) for one in refused["errors"]] == [("which_tools", "missing")]


@pytest.mark.parametrize("path", ["submit", "stages/first/submit"])
def test_e5_submitting_runs_the_whole_form_on_every_path(path: str) -> None:
    who = play()
    save(who, {"title": "ดี", "requested": "90000.01"})
    refused = who.door()("POST", f"{who.api}/{path}", 422)
    assert {one["key"]: one["code"] for one in refused["errors"]} == {
        "requested": "above_most", "kind": "missing", "paper": "files_missing",
    }  # fmt: skip
    assert who.door("district")("POST", f"{who.api}/prepare", 422)["code"] == "answers_invalid"


def test_b4_files_are_the_same_before_and_after_submitting_and_after_it_is_returned() -> None:
    who = play()
    save(who, RIGHT)
    sent(who, "first", "paper", sha256="a" * 64)

    def sums() -> list[str]:
        return [upload["sha256"] for one in form(who)["items"] for upload in one["uploads"]]

    assert sums() == ["a" * 64]
    done = who.door()("POST", f"{who.api}/stages/first/submit")
    assert sums() == ["a" * 64]
    with transaction() as session:
        receipt = session.scalars(select(Receipt)).one()
    assert [file["sha256"] for file in receipt.document["files"]] == ["a" * 64]
    assert done["receipt"]["code"] == receipt.code
    returned(who, "first", reason="ลายเซ็นขาด")
    assert sums() == ["a" * 64]
    assert form(who)["returned_because"] == "ลายเซ็นขาด"


def test_f1_five_submits_at_once_give_one_version_one_receipt_one_event() -> None:
    who = play()
    save(who, RIGHT)
    sent(who, "first", "paper")
    door = who.door()
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: door.raw("POST", f"{who.api}/stages/first/submit"), range(5)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409, 409]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"already_handed_in"}
    with transaction() as session:
        counts = [len(session.scalars(select(table.id)).all()) for table in (FilingVersion, Receipt)]
        events = session.scalars(select(Event.id).where(Event.kind == EventKind.SUBMISSION_SUBMITTED)).all()
    assert (counts, len(events)) == ([1, 1], 1)


def test_f2_version_keeps_its_file_when_another_takes_its_place_in_the_draft() -> None:
    who = play()
    save(who, RIGHT)
    sent(who, "first", "paper", sha256="a" * 64)
    who.door()("POST", f"{who.api}/stages/first/submit")
    files = {"file": ("new.pdf", b"%PDF-1.7\n")}
    who.door()("POST", f"{who.api}/items/paper?stage=first", 201, files=files)
    with transaction() as session:
        version = session.scalars(select(FilingVersion)).one()
        (upload,) = queries.files_of(session, [version])[version.id]
    assert upload.sha256 == "a" * 64
    found = form(who)
    assert (found["has_changes"], found["next_step"]["code"], len(found["stage"]["versions"])) == (True, "submit", 1)
    assert found["stage"]["state_en"] == "changes not submitted yet"


def test_changed_draft_goes_back_to_what_was_submitted() -> None:
    who = play()
    save(who, RIGHT)
    sent(who, "first", "paper", sha256="a" * 64)
    who.door()("POST", f"{who.api}/stages/first/submit")
    save(who, {"title": "อีกชื่อ", "about": "เพิ่ม"}, title=1)
    who.door()("POST", f"{who.api}/items/paper?stage=first", 201, files={"file": ("new.pdf", b"%PDF-1.7\n")})
    found = who.door()("POST", f"{who.api}/stages/first/restore")
    assert [answer(found, key)["value"] for key in ("title", "about")] == ["ขนมไข่", None]
    assert [upload["sha256"] for one in found["items"] for upload in one["uploads"]] == ["a" * 64]
    assert (found["has_changes"], found["may_submit"]) == (False, False)
    assert who.door()("POST", f"{who.api}/stages/first/submit", 409)["code"] == "already_handed_in"


def test_changed_draft_is_submitted_as_the_next_version() -> None:
    who = play()
    save(who, RIGHT)
    sent(who, "first", "paper")
    who.door()("POST", f"{who.api}/stages/first/submit")
    save(who, {"title": "ชื่อใหม่"}, title=1)
    done = who.door()("POST", f"{who.api}/stages/first/submit")
    assert [(one["number"], one["state"]) for one in done["stage"]["versions"]] == [(2, "checking"), (1, "replaced")]
    assert len({one["receipt"]["code"] for one in done["stage"]["versions"]}) == 2


def two_open() -> People:
    return play(
        stages.collect("first", FORM, by=LATER), stages.collect("second", {"items": [item("paper")]}, by="2098-01-01T00:00:00+07:00")
    )


def test_stage_is_needed_where_several_are_open_and_the_refusal_lists_them() -> None:
    who = two_open()
    door = who.door()
    for refused in (
        door("POST", f"{who.api}/submit", 409),
        door("POST", f"{who.api}/items/paper", 409, files={"file": ("a.pdf", b"%PDF-1.7\n")}),
    ):
        assert refused["code"] == "stage_needed"
        assert [(one["key"], one["label"]["en"]) for one in refused["stages"]] == [("first", "First"), ("second", "Second")]
        assert all(one["due_at"] for one in refused["stages"])
    door("POST", f"{who.api}/items/paper?stage=second", 201, files={"file": ("a.pdf", b"%PDF-1.7\n")})
    assert door("POST", f"{who.api}/submit", json={"stage": "second"})["stage"] == "first"
    assert filing(who, "second").status is FilingStatus.SUBMITTED
    assert door("POST", f"{who.api}/submit", 422)["code"] == "answers_invalid"  # the first alone waits now


def test_submission_tells_what_is_asked_now_and_its_stages() -> None:
    who = two_open()
    found = who.door()("GET", who.api)
    assert found["stage"] == "second"
    assert [(one["key"], one["state"], one["is_mine"]) for one in found["stages"]] == [("first", "open", True), ("second", "open", True)]
    assert [one["key"] for one in found["steps"]] == ["received", "checked", "handed_in", "accepted"]
    assert who.door()("GET", f"{who.api}/stages/third", 404)["code"] == "filing_unknown"


def by_office(**stage: Any) -> People:
    return play(stages.collect("papers", OFFICE, by=LATER, filed_by=["district"], **stage))


@pytest.mark.parametrize(("name", "status"), [("district", 200), ("province", 403), ("department", 403), ("group", 403), ("away", 404)])
def test_stage_of_an_office_is_filled_in_by_that_office_alone(name: str, status: int) -> None:
    who = by_office()
    save(who, {"bought": "จอบ"}, stage="papers", door=name, status=status)
    who.door(name)("POST", f"{who.api}/stages/papers/submit", status)


def test_two_officers_on_one_filing_never_overwrite_each_other() -> None:
    who = by_office()
    save(who, {"bought": "จอบ"}, stage="papers", door="district")
    refused = save(who, {"bought": "เสียม"}, stage="papers", door="district2", status=409)
    assert (refused["clashes"][0]["theirs"], refused["saved_by"]) == ("จอบ", "district")
    save(who, {"bought": "เสียม"}, stage="papers", door="district2", bought=1)
    assert answer(form(who, "papers", "district"), "bought")["saved_by"] == "district2"


def test_group_sees_what_an_office_submitted_but_neither_drafts_nor_what_is_internal() -> None:
    who = by_office()
    save(who, {"bought": "จอบ", "note": "ลับ"}, stage="papers", door="district")
    assert [one["value"] for one in form(who, "papers")["answers"]] == [None]
    done = who.door("district")("POST", f"{who.api}/stages/papers/submit")
    assert done["stage"]["versions"][0]["by"] == "district"
    seen = form(who, "papers")
    assert [(one["key"], one["value"]) for one in seen["answers"]] == [("bought", "จอบ")]
    assert "ลับ" not in str(who.door().raw("GET", f"{who.api}/stages/papers").text)
    assert [(one["key"], one["value"]) for one in form(who, "papers", "province")["answers"]] == [("bought", "จอบ"), ("note", "ลับ")]


def test_applicant_is_not_asked_what_is_internal() -> None:
    asks = {"questions": [question("short_text", "title"), question("short_text", "note", internal=True)]}
    who = play(stages.collect("first", asks, by=LATER))
    assert save(who, {"note": "ฉันเอง"}, status=422)["code"] == "answers_invalid"
    save(who, {"title": "ดี"})
    assert who.door()("POST", f"{who.api}/stages/first/submit")["state"] == "submitted"


def test_g4_sums_are_the_servers_and_sent_ones_are_ignored() -> None:
    who = play()
    rows = [{"what": "จอบ", "amount": "1,000.50"}, {"what": "เสียม", "amount": "0.25"}]
    found = save(who, {"budget": {"rows": rows, "sums": {"amount": "999999"}}})
    assert {(one["column"], one["total"]) for one in found["sums"]} == {("amount", "1000.75"), ("count", "0")}


def test_group_withdraws_and_nothing_is_erased() -> None:
    who = play()
    save(who, RIGHT)
    door = who.door()
    assert door("POST", f"{who.api}/withdraw", 422, json={"reason": " "})["code"] == "reason_needed"
    found = door("POST", f"{who.api}/withdraw", json={"reason": "ย้ายที่อยู่"})
    assert (found["state"], found["stages"][0]["state"]) == ("withdrawn", "lapsed")
    assert door("POST", f"{who.api}/withdraw", json={"reason": "อีกครั้ง"})["state"] == "withdrawn"
    assert answer(form(who), "title")["value"] == "ขนมไข่"
    assert save(who, {"title": "ช้าไป"}, status=409, title=1)["code"] == "submission_out"
    assert who.door("district")("POST", f"{who.api}/withdraw", 404, json={"reason": "x"})["code"] == "submission_unknown"
