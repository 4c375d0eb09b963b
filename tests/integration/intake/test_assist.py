"""Officers prepare what groups hand in: the screen of many groups, asking for a yes, and the yes by link or by code."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import factories
import pytest
from factories.browser import Browser
from factories.doors import Door
from factories.query_count import QueryCount
from factories.tus import FOREVER, ITEMS, close
from sqlalchemy import Engine, select

from shared import clock
from shared.database import transaction
from shared.events import Event, EventKind
from shared.notifications.models import Notification
from shared.people import codes
from shared.people import operations as people
from shared.people.models import Code, CodePurpose, Role
from shared.settings import secret_key
from shared.submissions import queries
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.models import Filing
from shared.submissions.sheet import Standing

HERE, AWAY = "ฉะเชิงเทรา", "ลำปาง"


@dataclass
class Stage:
    """Three groups here and one away, an officer of each place, and the department."""

    groups: list[UUID]
    links: list[str]
    tokens: dict[str, str]
    sign_ins: dict[str, str]
    open: dict[str, Browser] = field(default_factory=dict)

    def browser(self, name: str) -> Browser:
        if name not in self.open:
            self.open[name] = Browser("intake", self.sign_ins[name])
        return self.open[name]

    def door(self, name: str) -> Door:
        return Door(self.tokens[name])

    def group(self, number: int) -> Browser:
        browser = Browser("intake")
        browser.get(f"/s/{self.links[number]}")
        return browser


@pytest.fixture
def stage(engine: Engine, clean: None) -> Stage:
    with transaction() as session:
        programme = factories.programme(session, milestones=FOREVER, items=ITEMS)
        made = factories.submissions(session, programme, 3, status=Standing.OPEN, province=HERE)
        made += factories.submissions(session, programme, 1, status=Standing.OPEN, province=AWAY, first=4)
        accounts = {
            "here": factories.account(session, "นายช่วย", Role.OFFICER, province=HERE),
            "away": factories.account(session, "นายไกล", Role.OFFICER, province=AWAY),
            "department": factories.account(session, "นางกรม", Role.OFFICER),
            "member": factories.account(session, "กรรมการ", Role.MEMBER, programme_id=programme.id, committee="central"),
        }
        now = clock.now()
        return Stage(
            [submission.id for submission in made],
            [factories.token_of(people.make_link(session, submission_id=submission.id)) for submission in made],
            {name: factories.token(session, account) for name, account in accounts.items()},
            {name: factories.token_of(people.make_sign_in_link(session, account, now=now)) for name, account in accounts.items()},
        )


def sent(submission: UUID, *kinds: str, status: UploadStatus = UploadStatus.PASSED) -> None:
    """Files that arrived."""
    with transaction() as session:
        for kind in kinds:
            now = {"created_at": clock.now(), "received_at": clock.now(), "expires_at": clock.now()}
            by = {"by_kind": "staff", "by_name": "นายช่วย"}
            factories.upload(session, submission, kind=kind, filename=f"{kind}.bin", status=status, facts={"type": "pdf"}, **by, **now)


def row(submission: UUID) -> Filing:
    """What the group files."""
    with transaction() as session:
        return factories.filing_of(session, submission)


def code_of(submission: UUID) -> str:
    """The code that the group was sent."""
    with transaction() as session:
        query = (
            select(Code).where(Code.subject_id == row(submission).id, Code.purpose == CodePurpose.CONFIRM).order_by(Code.id.desc()).limit(1)
        )
        return codes.written(session.scalars(query).one(), secret=secret_key())


def handed_in(submission: UUID) -> Event:
    with transaction() as session:
        return session.scalars(select(Event).where(Event.submission_id == submission, Event.kind == EventKind.SUBMISSION_SUBMITTED)).one()


def at(submission: UUID, verb: str = "") -> str:
    return f"/s/submissions/{submission}{verb}"


def test_screen_shows_the_groups_of_the_area_and_what_each_lacks(stage: Stage) -> None:
    sent(stage.groups[0], "plan")
    sent(stage.groups[1], "plan", "clip")
    read = stage.browser("here").get("/s/assist")
    assert [f"LT63-000{number}" in read for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "ยังไม่ส่งผลงาน 3 ทั้งหมด 3" in read
    assert "ยังขาด : คลิป" in read.replace("ขาด:", "ขาด :")
    assert "ยังขาด: แผน, คลิป" in read
    assert read.count("ไฟล์ครบแล้ว เจ้าหน้าที่ส่งแทนไม่ได้ กลุ่มต้องยืนยันเอง") == 1
    assert "LT63-0004" in stage.browser("away").get("/s/assist")
    assert "ทั้งหมด 4" in stage.browser("department").get("/s/assist")
    assert "LT63-0002" not in stage.browser("here").get("/s/assist?q=0001")


def test_screen_is_for_officers(stage: Stage) -> None:
    stage.browser("member").get("/s/assist", 403)
    stage.group(0).get("/s/assist", 403)
    answer = Browser("intake").client.get("/s/assist", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/s/assist")


def test_screen_leaves_out_programmes_that_take_no_files_any_more(stage: Stage) -> None:
    close(clock.now() - timedelta(days=1), mend_hours="48", grace_minutes="0")
    officer = stage.browser("here")
    assert "LT63-" not in officer.get("/s/assist?show=all")
    with transaction() as session:
        returned = factories.filing_of(session, stage.groups[0])
        returned.status, returned.mend_until = FilingStatus.RETURNED, clock.now() + timedelta(hours=48)
    read = officer.get("/s/assist?show=all")
    assert ["LT63-0001" in read, "LT63-0002" in read] == [True, False]


def test_screen_takes_as_many_queries_for_three_groups_as_for_one(stage: Stage, query_count: QueryCount) -> None:
    for submission in stage.groups:
        sent(submission, "plan", status=UploadStatus.FAILED)
    officer = stage.browser("here")
    assert query_count(lambda: officer.get("/s/assist?q=0001")) == 11
    assert query_count(lambda: officer.get("/s/assist")) == 11


def test_group_confirms_by_its_link_what_an_officer_prepared(stage: Stage) -> None:
    submission = stage.groups[0]
    sent(submission, "plan", "clip")
    officer, group = stage.browser("here"), stage.group(0)
    assert "รอกลุ่มยืนยัน" in officer.post(at(submission, "/prepare"), back="/s/assist?show=all")
    assert (row(submission).prepared_by, row(submission).status) == ("นายช่วย", FilingStatus.OPEN)
    assert "นายช่วย เตรียมผลงานให้แล้ว ตรวจดูแล้วกดยืนยันส่ง" in group.get(at(submission))
    group.post(at(submission, "/submit"))
    assert (row(submission).status, row(submission).prepared_at) == (FilingStatus.SUBMITTED, None)
    done = handed_in(submission)
    assert (done.actor_kind, done.actor_id, done.data["helped_by"], done.data["confirmed_by"]) == ("group", submission, "นายช่วย", "link")
    read = group.get(at(submission))
    assert "ส่งผลงาน (โดยกลุ่มออมทรัพย์ที่ 1 ช่วยโดย นายช่วย)" in read
    assert "นายช่วย เตรียมผลงานให้ และขอให้กลุ่มออมทรัพย์ที่ 1ยืนยัน" in read


def test_group_confirms_by_the_code_it_tells_the_officer(stage: Stage) -> None:
    submission = stage.groups[0]
    sent(submission, "plan", "clip")
    officer = stage.browser("here")
    officer.post(at(submission, "/prepare"), back="/s/assist")
    code = code_of(submission)
    wrong = str((int(code.replace(" ", "")) + 1) % 10**6).zfill(6)
    assert "รหัสยืนยันไม่ถูกต้อง ลองได้อีก 4 ครั้ง" in officer.post(at(submission, "/submit"), 422, code=wrong)
    assert row(submission).status == FilingStatus.OPEN
    answer = officer.client.post(
        at(submission, "/submit"), data={"code": code, "stage": "hand_in", "back": "/s/assist?show=all"}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/assist?show=all#group-{submission}-hand_in")
    done = handed_in(submission)
    assert (done.actor_kind, done.actor_id, done.data["helped_by"], done.data["confirmed_by"]) == ("group", submission, "นายช่วย", "code")


def test_wrong_codes_end_it_and_a_new_request_begins_anew(stage: Stage) -> None:
    submission, door = stage.groups[0], stage.door("here")
    sent(submission, "plan", "clip")
    path = f"intake/submissions/{submission}"
    door("POST", f"{path}/prepare")
    wrong = str((int(code_of(submission).replace(" ", "")) + 1) % 10**6).zfill(6)
    said = [door.raw("POST", f"{path}/submit", json={"code": wrong}).json()["code"] for _ in range(5)]
    assert said == ["code_wrong"] * 4 + ["code_dead"]
    assert door("POST", f"{path}/submit", 409, json={"code": code_of(submission)})["code"] == "code_dead"
    door("POST", f"{path}/prepare")
    assert door("POST", f"{path}/submit", json={"code": code_of(submission)})["state"] == "submitted"


@pytest.mark.parametrize("prepared", [False, True])
def test_officer_without_the_groups_yes_does_not_hand_in(stage: Stage, prepared: bool) -> None:
    submission, door = stage.groups[0], stage.door("here")
    sent(submission, "plan", "clip")
    path = f"intake/submissions/{submission}"
    if prepared:
        assert door("POST", f"{path}/prepare")["prepared"]["by"] == "นายช่วย"
    refused = door("POST", f"{path}/submit", 409)
    assert refused["code"] == "confirmation_needed"
    assert "ขอให้กลุ่มยืนยัน" in refused["detail_th"]
    page = stage.browser("here")
    assert "เจ้าหน้าที่ส่งผลงานแทนกลุ่มไม่ได้" in page.post(at(submission, "/submit"), 409)
    assert "ส่งผลงานให้กลุ่ม" in page.get(at(submission)) if prepared else "ขอให้กลุ่มยืนยัน" in page.get(at(submission))
    assert row(submission).status == FilingStatus.OPEN


def test_code_that_nothing_waits_for_is_refused(stage: Stage) -> None:
    submission, other = stage.groups[:2]
    sent(submission, "plan", "clip")
    sent(other, "plan", "clip")
    door = stage.door("here")
    door("POST", f"intake/submissions/{submission}/prepare")
    code = code_of(submission)
    assert door("POST", f"intake/submissions/{other}/submit", 409, json={"code": code})["code"] == "confirmation_needed"
    door("POST", f"intake/submissions/{other}/prepare")
    assert door("POST", f"intake/submissions/{other}/submit", 422, json={"code": code})["code"] == "code_wrong"


def test_nothing_is_asked_while_something_is_missing(stage: Stage) -> None:
    submission = stage.groups[0]
    sent(submission, "plan")
    assert stage.door("here")("POST", f"intake/submissions/{submission}/prepare", 422)["code"] == "items_missing"
    assert "ขอให้กลุ่มยืนยัน" not in stage.browser("here").get(at(submission))


def test_another_file_ends_what_was_prepared(stage: Stage) -> None:
    submission, door = stage.groups[0], stage.door("here")
    sent(submission, "plan", "clip")
    door("POST", f"intake/submissions/{submission}/prepare")
    code = code_of(submission)
    door("POST", f"intake/submissions/{submission}/items/plan", 201, files={"file": ("plan.pdf", b"%PDF-1.7\n")})
    assert row(submission).prepared_at is None
    assert door("POST", f"intake/submissions/{submission}/submit", 409, json={"code": code})["code"] == "confirmation_needed"
    door("POST", f"intake/submissions/{submission}/prepare")
    assert door("POST", f"intake/submissions/{submission}/submit", 422, json={"code": code})["code"] == "code_wrong"


def test_another_areas_group_is_as_good_as_none(stage: Stage) -> None:
    submission = stage.groups[0]
    sent(submission, "plan", "clip")
    for verb in ("prepare", "submit"):
        stage.door("away")("POST", f"intake/submissions/{submission}/{verb}", 404, json={"code": "123456"})
        stage.browser("away").post(at(submission, f"/{verb}"), 404)
    stage.browser("away").get(at(submission, "/handover"), 404)
    stage.door("member")("POST", f"intake/submissions/{submission}/prepare", 404)
    stage.group(0).post(at(submission, "/prepare"), 404)
    assert row(submission).prepared_at is None


def test_group_confirms_on_the_officers_device_by_its_own_link(stage: Stage) -> None:
    submission = stage.groups[0]
    sent(submission, "plan", "clip")
    officer = stage.browser("here")
    officer.post(at(submission, "/prepare"))
    officer.get(f"/s/{stage.links[0]}")
    officer.post(at(submission, "/submit"))
    done = handed_in(submission)
    assert (done.actor_kind, done.actor_id, done.data["helped_by"], done.data["confirmed_by"]) == ("group", submission, "นายช่วย", "link")


def test_group_without_an_address_is_offered_the_other_way(stage: Stage) -> None:
    submission = stage.groups[0]
    sent(submission, "plan", "clip")
    with transaction() as session:
        _, group, _ = queries.submission_with_group(session, submission)
        factories.move_email(session, group, None)
    assert "กลุ่มนี้ไม่มีอีเมล: ให้กลุ่มสแกน QR" in stage.browser("here").get("/s/assist")


def test_forms_lead_back_to_our_own_pages_only(stage: Stage) -> None:
    submission = stage.groups[0]
    sent(submission, "plan", "clip")
    officer = stage.browser("here")
    for back in ("//elsewhere.example", "https://elsewhere.example", "/s/assistant", "/s/assist?\r\nX: y", ""):
        answer = officer.client.post(at(submission, "/prepare"), data={"back": back}, follow_redirects=False)
        assert answer.headers["location"] == at(submission)
    with transaction() as session:
        assert session.scalars(select(Notification)).all() == []  # the messages are the worker's
