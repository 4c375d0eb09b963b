"""From an event to a message in somebody's mail: who is told what, once."""

import re
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from uuid import UUID

import factories
import pytest
from factories import NOW
from factories.jobs import aged, job
from factories.mail import arrived, read
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared import events
from shared.awards import operations as awards
from shared.awards import results
from shared.database import new_id, transaction
from shared.events import SYSTEM, Actor, ActorKind, EventKind
from shared.notifications.models import Notification, NotificationStatus
from shared.people import operations as people
from shared.people import queries as people_queries
from shared.people.models import Role
from shared.programmes.models import Programme
from shared.queue import kinds
from shared.queue.kinds import JobKind
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.reviews import operations as reviews
from shared.reviews import queries, rounds
from shared.reviews.queries import load_round_by_id
from shared.settings import secret_key, settings
from shared.stages import operations as stages
from shared.stages import placing
from shared.submissions import preparation, reminding
from shared.submissions.filings import context, settling
from shared.submissions.filings.context import FilingContext
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import FilingVersion, Submission

pytestmark = pytest.mark.usefixtures("clean")
HELPER = Actor(ActorKind.STAFF, new_id(), "นายช่วย")
CODE = re.compile(r"\b\d{3} \d{3}\b")
BODIES = {kinds.MAKE_RECEIPT: "make_receipt", kinds.NOTIFY: "notify", kinds.SEND_NOTIFICATION: "send"}


def execute(kind: JobKind, job_id: UUID) -> None:
    # Tasks register with the broker of the settings as they are imported, so not before there is a stack.
    import_module("workers.base").execute(getattr(import_module("workers.notification.tasks"), BODIES[kind]), job_id)


def waiting(kind: JobKind) -> list[UUID]:
    with transaction() as session:
        return list(session.scalars(select(Job.id).where(Job.kind == kind.name, Job.state == JobState.PENDING).order_by(Job.id)))


def tell() -> None:
    for kind in BODIES:
        for id_ in waiting(kind):
            execute(kind, id_)


def notifications() -> list[Notification]:
    with transaction() as session:
        return list(session.scalars(select(Notification).order_by(Notification.id)))


def invited(email: str | None = "group1@groups.example") -> UUID:
    """Invite one group; return its submission."""
    with transaction() as session:
        programme = factories.programme(session)
        about = factories.group(session, programme, 1)
        factories.move_email(session, about, email)
        return stages.invite(session, programme=programme, group=about, by=SYSTEM, now=NOW).id


def test_invited_group_gets_one_mail_with_its_own_link() -> None:
    submission = invited()
    tell()
    (notification,) = notifications()
    assert (notification.status, notification.recipient, notification.error) == (NotificationStatus.SENT, "group1@groups.example", None)
    (mail,) = arrived(id=str(notification.id))
    with transaction() as session:
        link = people_queries.link_of(session, submission)
        assert link is not None
        address = f"{settings().base_url}/s/{factories.token_of(link)}"
        assert factories.token_of(link) not in str(notification.context)
    assert mail["Subject"] == "ขอเชิญส่งผลงาน โครงการเล็ก · Invitation: A little programme"
    assert address in read(mail)
    assert "ขอให้ส่ง แผนธุรกิจ, คลิป ภายใน 29 พฤษภาคม 2563 23.59 น." in read(mail)


def test_telling_of_the_same_event_twice_makes_one_row_and_one_mail() -> None:
    invited()
    (first,) = waiting(kinds.NOTIFY)
    execute(kinds.NOTIFY, first)
    with transaction() as session:
        session.get_one(Job, first).state = JobState.PENDING
    execute(kinds.NOTIFY, first)
    assert job(first).state == JobState.DONE
    (send,) = waiting(kinds.SEND_NOTIFICATION)
    execute(kinds.SEND_NOTIFICATION, send)
    with transaction() as session:
        session.get_one(Job, send).state = JobState.PENDING
    execute(kinds.SEND_NOTIFICATION, send)
    (notification,) = notifications()
    assert len(arrived(id=str(notification.id))) == 1


def test_mail_server_that_is_away_postpones_and_then_one_mail_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    invited()
    (notify,) = waiting(kinds.NOTIFY)
    execute(kinds.NOTIFY, notify)
    (send,) = waiting(kinds.SEND_NOTIFICATION)
    with monkeypatch.context() as away:
        away.setattr(settings(), "mail_url", SecretStr("mailto://127.0.0.1:1"))
        execute(kinds.SEND_NOTIFICATION, send)
    row, (notification,) = job(send), notifications()
    assert (row.state, notification.status) == (JobState.PENDING, NotificationStatus.PENDING)
    assert "Connection refused" in (row.error or "")
    execute(kinds.SEND_NOTIFICATION, send)
    assert arrived(id=str(notification.id)) == []
    aged(send, "run_at")
    execute(kinds.SEND_NOTIFICATION, send)
    assert len(arrived(id=str(notification.id))) == 1
    assert notifications()[0].status == NotificationStatus.SENT


@pytest.mark.parametrize(("email", "error"), [(None, "no address"), ("not an address", "not an address")])
def test_group_that_can_not_be_reached_is_seen_as_not_told(email: str | None, error: str) -> None:
    invited(email=email)
    tell()
    (notification,) = notifications()
    assert notification.status == NotificationStatus.FAILED
    assert error in (notification.error or "")
    assert waiting(kinds.SEND_NOTIFICATION) == []


def test_group_whose_link_was_revoked_is_led_to_the_public_page() -> None:
    submission = invited()
    with transaction() as session:
        link = people_queries.link_of(session, submission)
        assert link is not None
        people.revoke(session, link, by=SYSTEM, now=NOW)
    tell()
    (notification,) = notifications()
    (mail,) = arrived(id=str(notification.id))
    assert f'href="{settings().base_url}"' in (mail.get_body(("html",)) or mail).get_content()


def filing(session: Session, submission: Submission) -> FilingContext:
    return context.of_stage(session, submission.id, "hand_in", lock=True)


def newest(session: Session, submission: Submission) -> FilingVersion:
    version = context.newest_version(session, filing(session, submission).filing.id)
    assert version is not None
    return version


def hand_in(session: Session, submission: Submission) -> None:
    of = filing(session, submission)
    for item in of.form.items:
        about = {"kind": item.key, "filename": f"{item.label.th}.bin", "size_bytes": 1, "sha256": "0123456789abcdef" * 4}
        at = {"created_at": NOW - timedelta(days=7), "received_at": NOW - timedelta(days=7), "expires_at": NOW}
        factories.upload(session, submission.id, status=UploadStatus.RECEIVED, facts=None, checked_at=None, **about, **at)
    session.flush()
    stages.submit(session, of, by=SYSTEM, now=NOW - timedelta(days=7), secret=secret_key())


def judge(session: Session, programme: Programme, key: str) -> None:
    row = rounds.open_round(session, programme, key, by=SYSTEM, now=NOW)
    stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
    context = queries.load_round(session, programme, key)
    (member,) = people_queries.with_role(session, Role.MEMBER)
    while claimed := reviews.claim(session, context, "central", member=member.id, by=SYSTEM, now=NOW):
        whole = queries.assignment(session, claimed.id, member=member.id, lock=True)
        marks = {criterion.key: Decimal(criterion.max) - int(whole.submission.reference[-1]) for criterion in context.rules.criteria}
        reviews.save_ballot(session, whole, marks=marks, comment="", submit=True, by=SYSTEM, now=NOW)
    stages.close_round(session, context, by=SYSTEM, now=NOW)
    decision = awards.decide(session, context, resolutions=(), by=SYSTEM, now=NOW)
    awards.sign(session, decision, seen=None, by=SYSTEM, now=NOW)
    awards.publish(session, decision, by=SYSTEM, now=NOW)
    results.apply_decision(session, decision, now=NOW)
    placing.place(session, programme, [place.submission for place in decision.places], now=NOW)


def play() -> None:
    """Play a programme of three groups from the invitation to the result, the first of them returned once."""
    document = factories.document()
    document["rounds"][0]["keep"] = "2"
    document["rounds"][1]["levels"] = [{**document["rounds"][1]["levels"][0], "quota": "1"}]
    with transaction() as session:
        programme = factories.programme(session, rounds=document["rounds"])
        factories.members(session, programme, 1)
        chair = factories.account(session, "chair", Role.CHAIR, programme_id=programme.id, committee="central")
        for number in (1, 2, 3):
            group = factories.group(session, programme, number)
            submission = stages.invite(session, programme=programme, group=group, by=SYSTEM, now=NOW - timedelta(days=14))
            reminding.remind(session, [filing(session, submission)], now=NOW - timedelta(days=7))
            hand_in(session, submission)
            if number == 1:
                found = [{"item": "clip", "code": "clip_too_long", "data": {"found": "5:20", "allowed": "5:00"}}]
                week = NOW - timedelta(days=7)
                settling.return_(session, filing(session, submission), newest(session, submission), findings=found, by=SYSTEM, now=week)
                preparation.prepare(session, filing(session, submission), by=HELPER, now=week, secret=secret_key())
                stages.submit(session, filing(session, submission), by=SYSTEM, now=week, secret=secret_key())
            settling.accept(session, filing(session, submission), newest(session, submission), by=SYSTEM, now=NOW - timedelta(days=6))
        for key in ("screening", "selection"):
            judge(session, programme, key)
        people.ask_sign_in(session, chair, by=SYSTEM, now=NOW)


def test_every_message_can_be_written_from_what_its_event_left() -> None:
    play()
    tell()
    with transaction() as session:
        rows = session.execute(
            select(Notification.message, Notification.status, func.count()).group_by(Notification.message, Notification.status)
        ).all()
    assert sorted((message, status, count) for message, status, count in rows) == [
        ("confirmation", "sent", 1),
        ("decision_to_sign", "sent", 2),
        ("invitation", "sent", 3),
        ("reminder", "sent", 3),
        ("result_awarded", "sent", 1),
        ("result_not_awarded", "sent", 1),
        ("result_not_shortlisted", "sent", 1),
        ("result_shortlisted", "sent", 2),
        ("round_opened", "sent", 2),
        ("sign_in_link", "sent", 1),
        ("submission_accepted", "sent", 3),
        ("submission_received", "sent", 4),
        ("submission_returned", "sent", 1),
    ]
    texts = {row.message: read(arrived(id=str(row.id))[0]) for row in notifications()}
    assert f"{settings().base_url}/office/programmes/little/rounds/selection" in texts["decision_to_sign"]
    assert f"{settings().base_url}/review" in texts["round_opened"]
    assert f"{settings().base_url}/sign-in/" in texts["sign_in_link"]
    assert "นายช่วย ช่วยเตรียมผลงานของ" in texts["confirmation"]
    assert CODE.search(texts["confirmation"])
    assert [row.context for row in notifications() if CODE.search(str(row.context))] == []
    assert "คลิป: คลิปยาว 5:20 นาที เกินที่กำหนดไม่เกิน 5:00 นาที" in texts["submission_returned"]
    assert "เงินสนับสนุน 90,000 บาท" in texts["result_awarded"]
    assert "คลิป: คลิป.bin (1 KB)" in texts["submission_received"]
    assert "SHA-256 " + "0123456789abcdef" * 4 in texts["submission_received"]


def test_event_about_somebody_unknown_leaves_a_dead_job_in_sight() -> None:
    with transaction() as session:
        events.append(session, EventKind.SIGN_IN_ASKED, subject_id=new_id(), by=SYSTEM, now=NOW)
    (notify,) = waiting(kinds.NOTIFY)
    for _ in range(kinds.NOTIFY.attempts):
        aged(notify, "run_at")
        execute(kinds.NOTIFY, notify)
    assert (job(notify).state, notifications()) == (JobState.DEAD, [])
