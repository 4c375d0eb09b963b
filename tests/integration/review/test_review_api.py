"""The committee's door: what it answers, and what it refuses in which words."""

from typing import Any

import factories
import pytest
from factories import NOW
from factories.doors import Door
from sqlalchemy import update

from shared.database import transaction
from shared.events import SYSTEM
from shared.people.models import Role
from shared.reviews import rounds
from shared.reviews.models import Assignment
from shared.reviews.queries import load_round_by_id
from shared.stages import operations as stages

pytestmark = pytest.mark.usefixtures("clean")
QUEUE = "review/queues/little.screening.central"
MARKS = {"plan": 7, "clip": 8.5}


@pytest.fixture
def doors(engine: object) -> dict[str, Door]:
    with transaction() as session:
        programme = factories.programme(session)
        factories.submissions(session, programme, 2)
        row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=NOW)
        stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
        one, two = factories.members(session, programme, 2)
        (north,) = factories.members(session, programme, 1, "north")
        chair = factories.account(session, "chair", Role.CHAIR, programme_id=programme.id, committee="central")
        officer = factories.account(session, "officer", Role.OFFICER)
        people = {"one": one, "two": two, "north": north, "chair": chair, "officer": officer}
        return {name: Door(factories.token(session, person)) for name, person in people.items()}


def test_claim_carries_all_a_member_needs_and_no_contacts(doors: dict[str, Door]) -> None:
    answer = doors["one"].raw("POST", f"{QUEUE}/claims")
    claimed: dict[str, Any] = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/review/assignments/{claimed['id']}"
    assert [criterion["key"] for criterion in claimed["criteria"]] == ["plan", "clip"]
    assert claimed["submission"]["group"] == {
        "name": "กลุ่มออมทรัพย์ที่ 1",
        "village_no": "1",
        "tambon": "คลองเขื่อน",
        "amphoe": "คลองเขื่อน",
        "province": "ฉะเชิงเทรา",
        "business": "ขนมไข่",
        "answers": [
            {"key": "village_no", "label": {"th": "หมู่ที่", "en": "Village no."}, "text": {"th": "1", "en": "1"}},
            {
                "key": "place",
                "label": {"th": "ที่ตั้ง", "en": "Address"},
                "text": {"th": "ต.คลองเขื่อน อ.คลองเขื่อน จ.ฉะเชิงเทรา", "en": "Khlong Khuean, Khlong Khuean, Chachoengsao"},
            },
            {"key": "business", "label": {"th": "กิจการ", "en": "Business"}, "text": {"th": "ขนมไข่", "en": "ขนมไข่"}},
        ],
    }
    assert [item["kind"] for item in claimed["submission"]["items"]] == ["plan", "clip"]
    assert claimed["ballot"] is None
    assert claimed["lease_until"] > claimed["claimed_at"]
    assert doors["one"]("GET", "review/assignments")["assignments"][0]["id"] == claimed["id"]
    assert doors["one"]("GET", f"review/submissions/{claimed['submission']['id']}")["reference"] == "LT63-0001"


def test_queue_counts_what_waits_for_the_asking_member(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    doors["one"]("PUT", f"review/assignments/{claimed['id']}/ballot", json={"marks": MARKS, "submit": True})
    doors["two"]("POST", f"{QUEUE}/claims", 201)
    counts = ("waiting", "leased", "mine", "done")
    (one,) = doors["one"]("GET", "review/queues")["queues"]
    (two,) = doors["two"]("GET", "review/queues")["queues"]
    assert [one[name] for name in counts] == [1, 1, 0, 1]
    assert [two[name] for name in counts] == [1, 1, 1, 0]


def test_nothing_left_answers_204(doors: dict[str, Door]) -> None:
    for _ in range(2):
        doors["one"]("POST", f"{QUEUE}/claims", 201)
    assert doors["one"]("POST", f"{QUEUE}/claims", 204) is None


@pytest.mark.parametrize(
    ("who", "queue", "status", "code"),
    [
        ("north", "little.screening.central", 404, "queue_unknown"),
        ("one", "little.screening.west", 404, "queue_unknown"),
        ("one", "little.selection.central", 404, "queue_unknown"),
        ("one", "nonsense", 404, "queue_unknown"),
        ("chair", "little.screening.central", 403, "no_member"),
        ("officer", "little.screening.central", 403, "no_member"),
    ],
)
def test_queue_of_others_is_refused(doors: dict[str, Door], who: str, queue: str, status: int, code: str) -> None:
    assert doors[who]("POST", f"review/queues/{queue}/claims", status)["code"] == code


def test_assignment_of_another_member_is_unknown(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    at = f"review/assignments/{claimed['id']}"
    for method, path, body in (
        ("GET", at, None),
        ("POST", f"{at}/renew", None),
        ("DELETE", at, None),
        ("POST", f"{at}/conflict", {"reason": "x"}),
        ("PUT", f"{at}/ballot", {"marks": MARKS}),
    ):
        assert doors["two"](method, path, 404, json=body)["code"] == "assignment_unknown"


def test_nobody_is_asked_to_sign_in() -> None:
    assert Door(None)("GET", "review/queues", 401)["code"] == "unauthenticated"


def test_mark_out_of_range_answers_422_in_both_languages(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    refused = doors["one"]("PUT", f"review/assignments/{claimed['id']}/ballot", 422, json={"marks": {"plan": 11, "clip": 0.3}})
    assert refused["code"] == "marks_invalid"
    assert [error["criterion"] for error in refused["errors"]] == ["plan", "clip"]
    assert "แผน ต้องอยู่ระหว่าง 0 ถึง 10" in refused["detail_th"]
    assert "Clip goes in steps of 0.5" in refused["detail_en"]


def test_draft_then_submit_then_no_more(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    at = f"review/assignments/{claimed['id']}"
    draft = doors["one"]("PUT", f"{at}/ballot", json={"marks": {"plan": "7.0"}, "comment": "ร่าง", "submit": False})
    assert (draft["marks"], draft["status"], draft["submitted_at"]) == ({"plan": "7"}, "claimed", None)
    assert doors["one"]("PUT", f"{at}/ballot", 422, json={"marks": {"plan": 7}, "submit": True})["errors"][0]["criterion"] == "clip"
    done = doors["one"]("PUT", f"{at}/ballot", json={"marks": MARKS, "comment": "ดี", "submit": True})
    assert (done["status"], done["marks"]) == ("submitted", {"plan": "7", "clip": "8.5"})
    assert doors["one"]("PUT", f"{at}/ballot", json={"marks": MARKS, "comment": "ดี", "submit": True}) == done
    assert doors["one"]("PUT", f"{at}/ballot", 409, json={"marks": MARKS, "comment": "อื่น", "submit": True})["code"] == "already_balloted"


def test_lapsed_assignment_is_refused_with_the_way_on(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    with transaction() as session:
        session.execute(update(Assignment).values(lease_until=NOW))
    refused = doors["one"]("PUT", f"review/assignments/{claimed['id']}/ballot", 409, json={"marks": MARKS, "submit": True})
    assert refused["code"] == "assignment_lost"
    assert "รับงานใหม่" in refused["detail"]


def test_conflict_takes_the_submission_out_of_sight(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    at, submission = f"review/assignments/{claimed['id']}", claimed["submission"]["id"]
    doors["one"]("POST", f"{at}/conflict", 204, json={"reason": "ประธานกลุ่มเป็นญาติ"})
    doors["one"]("GET", at, 404)
    doors["one"]("GET", f"review/submissions/{submission}", 404)
    doors["two"]("GET", f"review/submissions/{submission}")
    assert doors["one"]("POST", f"{QUEUE}/claims", 201)["submission"]["id"] != submission


def test_given_back_is_claimed_anew(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    for _ in range(2):
        doors["one"]("DELETE", f"review/assignments/{claimed['id']}", 204)
    doors["one"]("POST", f"review/assignments/{claimed['id']}/renew", 409)
    again = doors["one"]("POST", f"{QUEUE}/claims", 201)
    assert (again["submission"]["id"], again["id"] != claimed["id"]) == (claimed["submission"]["id"], True)
    renewed = doors["one"]("POST", f"review/assignments/{again['id']}/renew")
    assert renewed["lease_until"] > again["lease_until"]


def test_reading_does_not_wait_for_who_changes_the_assignment(doors: dict[str, Door]) -> None:
    claimed = doors["one"]("POST", f"{QUEUE}/claims", 201)
    with transaction() as session:
        session.execute(update(Assignment).values(lease_until=NOW))
        read = doors["one"]("GET", f"review/assignments/{claimed['id']}")
    assert (read["id"], read["lease_until"]) == (claimed["id"], claimed["lease_until"])
