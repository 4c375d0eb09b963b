"""What is typed to accept, return, waive and extend what submissions file, to note payments, and to withdraw."""

import json
from typing import Any

import factories
from factories import stages as play
from integration.cli.conftest import Run
from sqlalchemy import select

from shared.database import transaction
from shared.events.models import Event
from shared.people import queries as people
from shared.people.models import Role
from shared.programmes import queries as programmes
from shared.submissions.models import Submission


def played() -> None:
    """Play a programme until its group has something to file, accept and be paid."""
    with transaction() as session:
        chosen = {"for": {"selection": "gold"}}
        of = play.programme(
            session,
            play.collect("plan", by="2099-12-31", accepted_by="officer"),
            play.judge("selection", levels=[play.level("gold", 1, 90_000)]),
            play.support("money", **chosen),
            play.collect("record", play.NOTE, by="2099-12-31", filed_by=["province"], **chosen),
        )
        factories.account(session, "province", Role.OFFICER, province="ฉะเชิงเทรา")
        play.file(session, play.invited(session, of), "plan")


def test_officers_verbs_are_commands(on_stack: Run) -> None:
    played()

    def asked(*arguments: object) -> Any:
        done = on_stack(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert asked("filing", "list", "st63-0001")["filings"][0]["status"] == "submitted"
    assert asked("filing", "return", "ST63-0001", "plan", "--reason", "หน้าขาด")["status"] == "returned"
    assert asked("filing", "accept", "ST63-0001", "plan", "--reason", "มีต้นฉบับ")["status"] == "accepted"
    assert asked("filing", "extend", "ST63-0001", "plan", "--until", "1/1/2643", "--reason", "x")["due_at"] == "2100-01-01T23:59:59+07:00"
    with transaction() as session:
        told = session.execute(select(Event.kind, Event.reason, Event.actor_kind).where(Event.reason.is_not(None)).order_by(Event.id)).all()
    assert [(kind, reason) for kind, reason, _ in told] == [
        ("submission.returned", "หน้าขาด"),
        ("submission.accepted", "มีต้นฉบับ"),
        ("filing.extended", "x"),
    ]


def test_what_follows_the_decision_is_waived_coordinated_paid_and_withdrawn(on_stack: Run) -> None:
    played()
    on_stack("filing", "accept", "ST63-0001", "plan")
    with transaction() as session:
        of = programmes.programme(session, "stages")
        play.placed(session, *session.scalars(select(Submission)))
        play.judged(session, of, "selection", {"ST63-0001": 9})
        officer = people.account_by_email(session, "province@example.org").id
    named = on_stack("filing", "coordinator", "ST63-0001", "record", "province@example.org", "--json")
    assert json.loads(named.stdout)["coordinator"] == str(officer)
    assert "waived" in on_stack("filing", "waive", "ST63-0001", "record", "--reason", "ทำแล้ว").stdout
    assert json.loads(on_stack("filing", "ask-again", "ST63-0001", "record", "--json").stdout)["status"] == "open"
    paid = json.loads(on_stack("payment", "pay", "ST63-0001", "money", "--note", "โอน 001", "--json").stdout)
    assert (paid["status"], paid["amount"]) == ("paid", "90000.00")
    gone = on_stack("submission", "withdraw", "ST63-0001", "--reason", "เลิกกิจการ")
    assert gone.stdout == "ST63-0001: ถอนแล้ว · withdrawn\n"
    again = on_stack("payment", "pay", "ST63-0001", "money")
    assert (again.returncode, "This payment is not due (it is to_return)." in again.stderr) == (1, True)


def test_refusals_are_sentences(on_stack: Run) -> None:
    played()
    unknown = on_stack("filing", "list", "ST63-0009")
    assert (unknown.returncode, "There is no submission ST63-0009." in unknown.stderr) == (1, True)
    nothing = on_stack("filing", "accept", "ST63-0001", "record")
    assert (nothing.returncode, "nothing to file at record" in nothing.stderr) == (1, True)
    unclear = on_stack("filing", "extend", "ST63-0001", "plan", "--until", "soon", "--reason", "x")
    assert (unclear.returncode, "“soon” is no day and no instant." in unclear.stderr) == (1, True)
    blank = on_stack("submission", "withdraw", "ST63-0001", "--reason", " ")
    assert (blank.returncode, "Please give the reason." in blank.stderr) == (1, True)
