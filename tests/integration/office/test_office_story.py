"""From accepted submissions to grants through the public doors, with the jobs worked on by hand in between."""

from typing import Any

import factories
import pytest
from factories.doors import Door, work

from shared import invariants
from shared.database import transaction
from shared.people.models import Role

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def people(engine: object) -> dict[str, Any]:
    with transaction() as session:
        programme = factories.programme(session)
        factories.submissions(session, programme, 5)
        doors: dict[str, Any] = {
            "members": [Door(factories.token(session, one)) for one in factories.members(session, programme, 3)],
            "chair": Door(
                factories.token(session, factories.account(session, "chair", Role.CHAIR, programme_id=programme.id, committee="central"))
            ),
            "officer": Door(factories.token(session, factories.account(session, "officer", Role.OFFICER))),
            "province": Door(factories.token(session, factories.account(session, "province", Role.OFFICER, province="ลำปาง"))),
        }
    return doors


def judge(member: Door, queue: str, marks: dict[str, dict[str, Any]]) -> int:
    judged = 0
    while (assignment := member("POST", f"review/queues/{queue}/claims", 201 if judged < len(marks) else 204)) is not None:
        reference = assignment["submission"]["reference"]
        saved = member(
            "PUT", f"review/assignments/{assignment['id']}/ballot", json={"marks": marks[reference], "comment": "ดี", "submit": True}
        )
        assert saved["status"] == "submitted"
        judged += 1
    return judged


def test_story_from_accepted_to_granted(people: dict[str, Any]) -> None:
    officer, chair, members = people["officer"], people["chair"], people["members"]
    at = "office/programmes/little"
    assert officer("POST", f"{at}/rounds/screening/open")["status"] == "open"
    work()
    (queue,) = members[0]("GET", "review/queues")["queues"]
    assert (queue["name"], queue["waiting"], queue["done"]) == ("little.screening.central", 5, 0)
    missing = officer("POST", f"{at}/rounds/screening/close", 409)
    assert (missing["code"], len(missing["missing"]), len(missing["members"])) == ("ballots_missing", 5, 3)
    marks = {f"LT63-000{number}": {"plan": 10 - number, "clip": "7.5"} for number in range(1, 6)}
    for member in members:
        assert judge(member, "little.screening.central", marks) == 5
    officer("POST", f"{at}/decisions", 409, json={"round": "screening"})
    assert officer("POST", f"{at}/rounds/screening/close")["status"] == "closed"
    ranking = officer("GET", f"{at}/rounds/screening/ranking")
    assert [place["outcome"] for place in ranking["places"]] == ["kept"] * 4 + [None]
    assert ranking["rule"] == {"name": "mean", "version": 1}
    decision = officer("POST", f"{at}/decisions", 201, json={"round": "screening"})
    officer("POST", f"{at}/decisions/{decision['id']}/publish", 409)
    officer("POST", f"{at}/decisions/{decision['id']}/sign", 403)
    chair("POST", f"{at}/decisions/{decision['id']}/sign", 409, json={"digest": "0" * 64})
    assert chair("POST", f"{at}/decisions/{decision['id']}/sign", json={"digest": decision["digest"]})["signed_by"] == "chair"
    officer("POST", f"{at}/decisions/{decision['id']}/publish")
    work()
    officer("POST", f"{at}/rounds/selection/open")
    work()
    marks = {f"LT63-000{number}": {"quality": quality} for number, quality in ((1, 90), (2, 80), (3, 80), (4, 10))}
    for member in members:
        assert judge(member, "little.selection.central", marks) == 4
    officer("POST", f"{at}/rounds/selection/close")
    tied = officer("POST", f"{at}/decisions", 409, json={"round": "selection"})
    assert (tied["code"], tied["ties"][0]["references"]) == ("ties_undecided", ["LT63-0002", "LT63-0003"])
    order = list(reversed(tied["ties"][0]["submissions"]))
    body = {"round": "selection", "ties": [{"submissions": order, "reason": "กิจการเข้มแข็งกว่า"}]}
    assert officer("POST", f"{at}/decisions?dry_run=true", json=body)["total_baht"] == "280000.00"
    decision = officer("POST", f"{at}/decisions", 201, json=body)
    assert (decision["format"], decision["rule"]) == (2, {"name": "mean", "version": 1})
    assert [(place["reference"], place["outcome"]) for place in decision["places"]] == [
        ("LT63-0001", "outstanding"),
        ("LT63-0003", "outstanding"),
        ("LT63-0002", "good"),
        ("LT63-0004", "good"),
    ]
    assert officer("POST", f"{at}/decisions", 201, json=body)["id"] == decision["id"]
    chair("POST", f"{at}/decisions/{decision['id']}/sign")
    officer("POST", f"{at}/decisions/{decision['id']}/publish")
    work()
    overview = officer("GET", at)
    assert overview["statuses"] == {"awarded": 4, "not_shortlisted": 1}
    assert overview["total_baht"] == "280000.00"
    assert people["province"]("GET", at)["statuses"] == {}
    with transaction() as session:
        invariants.check(session)
    levels = [one["level"] for one in officer("GET", f"{at}/submissions")["submissions"]]
    assert levels == ["outstanding", "good", "outstanding", "good", None]
