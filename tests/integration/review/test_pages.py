"""The committee's pages, as a member's browser shows and sends them."""

import re
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import factories
import pytest
from factories import NOW
from factories.query_count import QueryCount
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared import clock
from shared.database import new_id, transaction
from shared.events import SYSTEM
from shared.people import operations as people
from shared.people.models import Role
from shared.queue import kinds
from shared.queue.kinds import JobKind
from shared.queue.lifecycle import JobState
from shared.renditions.rendition import Rendition
from shared.reviews import rounds
from shared.reviews.models import Assignment
from shared.reviews.queries import load_round_by_id
from shared.stages import operations as stages
from shared.submissions.models import FilingVersion, Submission, Upload

pytestmark = pytest.mark.usefixtures("clean")
CLAIMS = "/review/queues/little.screening.central/claims"
MARKS = {"mark-plan": "7", "mark-clip": "8.5"}
Browsers = dict[str, TestClient]


def browser(link: str | None = None) -> TestClient:
    """A browser, signed in by a one-time link."""
    client = TestClient(import_module("services.review.app").app, follow_redirects=False)
    if link is not None:
        assert client.post(f"/sign-in/{link}").status_code == 303
    return client


def upload(session: Session, submission: UUID, kind: str, filename: str, **facts: Any) -> Upload:
    poster = {"poster": {"key": "copies/x.jpg", "type": "jpg", "size_bytes": 1}}
    return factories.upload(session, submission, kind=kind, filename=filename, facts=facts, copies=poster)


@pytest.fixture
def browsers(engine: object) -> Browsers:
    with transaction() as session:
        programme = factories.programme(session)
        submissions = factories.submissions(session, programme, 2)
        for submission in submissions:
            upload(session, submission.id, "plan", "แผน.pdf", type="pdf", pages=12)
            upload(session, submission.id, "clip", "คลิป.mp4", type="mp4", video_codec="h264", audio_codec="aac", duration_seconds=272.4)
        row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=NOW)
        stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
        one, two = factories.members(session, programme, 2)
        chair = factories.account(session, "chair", Role.CHAIR, programme_id=programme.id, committee="central")
        officer = factories.account(session, "officer", Role.OFFICER)
        accounts = {"one": one, "two": two, "chair": chair, "officer": officer}
        now = clock.now()
        links = {name: factories.token_of(people.make_sign_in_link(session, account, now=now)) for name, account in accounts.items()}
    return {"nobody": browser(), **{name: browser(link) for name, link in links.items()}}


def claimed(client: TestClient) -> str:
    answer = client.post(CLAIMS)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def lapse() -> None:
    with transaction() as session:
        session.execute(update(Assignment).values(lease_until=clock.now() - timedelta(seconds=1)))


def value_of(page: str, field: str) -> str:
    found = re.search(rf'name="{field}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_queue_page_says_what_waits_in_thai_and_in_english(browsers: Browsers) -> None:
    thai = browsers["one"].get("/review").text
    for words in ("โครงการเล็ก", "กลั่นกรอง", "ส่วนกลาง", "รับงานชิ้นถัดไป", "รอท่าน", "<dd>2</dd>", "<dd>0 / 2</dd>"):
        assert words in thai
    english = browsers["one"].get("/review?lang=en").text
    assert "Take the next one" in english
    assert "A little programme" in english


def test_taken_work_shows_its_files_and_facts_and_no_contacts(browsers: Browsers) -> None:
    at = claimed(browsers["one"])
    page = browsers["one"].get(at)
    assert page.status_code == 200
    assert re.search(
        r'<video controls playsinline preload="metadata" src="/api/review/submissions/[^"]+/content" poster="[^"]+/poster"',
        page.text,
    )
    for words in (
        "กลุ่มออมทรัพย์ที่ 1",
        "LT63-0001",
        "ขนมไข่",
        "ต.คลองเขื่อน อ.คลองเขื่อน จ.ฉะเชิงเทรา",
        "แผน.pdf",
        "12 หน้า",
        "4:32 นาที",
        "น้ำหนัก 60/100",
    ):
        assert words in page.text
    assert "?save=1" in page.text
    assert 'step="0.5"' in page.text
    for secret in ("ทองหลาง", "groups.example", "02 000 0000"):
        assert secret not in page.text
    home = browsers["one"].get("/review").text
    assert f'href="{at}"' in home
    assert re.search(r'ถือได้ถึง <strong class="text-nowrap">\d+ \S+ 25\d\d \d\d\.\d\d น\.', home)


def test_clip_that_browsers_cannot_play_is_offered_to_be_saved(browsers: Browsers) -> None:
    with transaction() as session:
        session.execute(
            update(Upload).where(Upload.kind == "clip").values(facts={"type": "mov", "video_codec": "hevc", "duration_seconds": 60})
        )
    page = browsers["one"].get(claimed(browsers["one"])).text
    assert "<video" not in page
    assert '<p class="finding finding-advice" data-unplayable>เบราว์เซอร์เล่นคลิปนี้ไม่ได้' in page


def copied(**copies: str) -> dict[str, Any]:
    return {
        name.replace("_", "-"): Rendition(key=f"copies/{name}", type=kind, size_bytes=3_500_000).to_json() for name, kind in copies.items()
    }


def change(kind: str, *, making: tuple[JobKind, JobState, int | None] | None = None, **values: Any) -> None:
    """Have the first group's file of a kind, and the work on a copy of it, be so."""
    with transaction() as session:
        uploads = session.scalars(select(Upload).where(Upload.kind == kind).order_by(Upload.id)).all()
        for upload in uploads:
            for name, value in values.items():
                setattr(upload, name, value)
            if making is not None:
                work, state, percent = making
                about = {"subject_id": upload.id, "submission_id": upload.submission_id, "key": str(new_id())}
                factories.job(session, work, **about, state=state, percent=percent)


HEVC = {"type": "mov", "video_codec": "hevc", "duration_seconds": 60}


def test_web_copy_is_watched_and_lighter_ones_are_offered(browsers: Browsers) -> None:
    change("clip", facts=HEVC, copies=copied(poster="jpg", web="mp4", small="mp4", sound="m4a", thumbnails="jpg"))
    page = browsers["one"].get(claimed(browsers["one"])).text
    assert re.search(r'<video controls playsinline preload="metadata" src="/api/review/[^"]+/copies/web" poster="[^"]+/poster"', page)
    assert re.findall(r'value="(\w+)" data-src="[^"]+/(\w+)"', page) == [("full", "web"), ("small", "small"), ("sound", "sound")]
    assert re.search(r'data-cues="/api/review/[^"]+/copies/thumbnails.vtt"', page)
    for words in ("ชัดเต็มที่", "เล็ก (240p)", "เสียงอย่างเดียว", "3.3 MB", "ดาวน์โหลดต้นฉบับ"):
        assert words in page
    assert "hx-get" not in page


@pytest.mark.parametrize(
    ("state", "percent", "words"),
    [
        (JobState.PENDING, None, "รอเตรียมคลิปสำหรับเปิดดูบนเว็บ"),
        (JobState.RUNNING, 43, "43 %"),
        (JobState.DEAD, 43, "เบราว์เซอร์เล่นคลิปนี้ไม่ได้"),
        (JobState.CANCELLED, None, "เบราว์เซอร์เล่นคลิปนี้ไม่ได้"),
    ],
)
def test_clip_that_is_being_prepared_says_how_far(browsers: Browsers, state: JobState, percent: int | None, words: str) -> None:
    change("clip", facts=HEVC, making=(kinds.MAKE_WEB_COPY, JobState.DEAD, 12))
    change("clip", facts=HEVC, making=(kinds.MAKE_WEB_COPY, state, percent))  # an operator has tried again
    at = claimed(browsers["one"])
    page = browsers["one"].get(at).text
    assert words in page
    assert "<video" not in page
    asks_again = state in (JobState.PENDING, JobState.RUNNING)
    assert (f'hx-get="{at}" hx-trigger="every 5s"' in page) == asks_again
    assert ("data-unplayable" in page) != asks_again


def test_clip_that_browsers_play_is_not_waited_for(browsers: Browsers) -> None:
    change("clip", making=(kinds.MAKE_WEB_COPY, JobState.RUNNING, 5))
    page = browsers["one"].get(claimed(browsers["one"])).text
    assert re.search(r'<video [^>]+/content"', page)
    assert "กำลังเตรียมคลิปขนาดเล็ก" in page
    assert "5 %" not in page


def test_document_is_read_as_a_copy_page_by_page_and_its_original_saved(browsers: Browsers) -> None:
    change("plan", copies=copied(document="pdf", **{f"page_{number}": "jpg" for number in range(1, 12)}))
    page = browsers["one"].get(claimed(browsers["one"])).text
    linked = re.findall(r'href="[^"]+/copies/document#page=(\d+)" target="_blank" rel="noopener"><img src="[^"]+/copies/page-(\d+)"', page)
    assert linked == [(str(number), str(number)) for number in range(1, 12)]
    assert re.search(r'btn-primary" href="/api/review/[^"]+/copies/document" target="_blank"', page)
    assert not re.search(r'href="[^"]+/content"', page)


def test_document_that_can_not_be_prepared_is_offered_to_be_saved(browsers: Browsers) -> None:
    change("plan", facts={"type": "docx"}, copies={}, making=(kinds.MAKE_READING_COPY, JobState.DEAD, None))
    page = browsers["one"].get(claimed(browsers["one"])).text
    assert "ทำฉบับสำหรับอ่านบนเว็บไม่ได้ โปรดดาวน์โหลดต้นฉบับ" in page


def test_files_of_an_item_are_read_as_one(browsers: Browsers) -> None:
    bound = {"plan": Rendition(key="copies/x", type="pdf", size_bytes=1, data={"pages": 24}).to_json()}
    with transaction() as session:
        session.execute(update(FilingVersion).values(bound=bound))
    page = browsers["one"].get(claimed(browsers["one"])).text
    assert re.search(r'href="/api/review/submissions/[^"]+/bound/plan"[^>]*>อ่านทุกไฟล์ต่อกันเป็นฉบับเดียว \(24 หน้า\)', page)


def test_queries_do_not_grow_with_the_files(browsers: Browsers, query_count: QueryCount) -> None:
    one = browsers["one"]
    at = claimed(one)
    assert query_count(lambda: one.get(at)) == 11
    with transaction() as session:
        for (id_,) in session.execute(select(Submission.id)):
            upload(session, id_, "clip", "อีกคลิป.mp4", **HEVC)
    change("clip", making=(kinds.MAKE_WEB_COPY, JobState.RUNNING, 5))
    assert query_count(lambda: one.get(at)) == 11


def test_draft_then_submit_by_forms(browsers: Browsers) -> None:
    one = browsers["one"]
    at = claimed(one)
    draft = one.post(f"{at}/ballot", data={"mark-plan": "7", "mark-clip": "", "comment": "ร่าง\r\nแรก", "step": "draft"})
    assert (draft.status_code, draft.headers["location"]) == (303, at)
    page = one.get(at).text
    assert (value_of(page, "mark-plan"), value_of(page, "mark-clip")) == ("7", "")
    assert "ร่าง\nแรก</textarea>" in page
    assert "บันทึกร่างล่าสุด" in page
    assert one.post(f"{at}/ballot", data={**MARKS, "comment": "ดีมาก", "step": "submit"}).status_code == 303
    done = one.get(at).text
    assert "ท่านส่งใบให้คะแนนเมื่อ" in done
    assert ">76.00</output>" in done
    assert "ยืนยันส่ง" not in done
    assert "รับงานชิ้นถัดไป" in done
    home = one.get("/review").text
    assert "<dd>1 / 2</dd>" in home
    assert "ที่ท่านส่งแล้ว" in home
    assert '<strong class="text-nowrap">76.00</strong>' in home


def test_submitted_ballot_is_shown_as_it_is_when_sent_otherwise(browsers: Browsers) -> None:
    one = browsers["one"]
    at = claimed(one)
    one.post(f"{at}/ballot", data={**MARKS, "step": "submit"})
    refused = one.post(f"{at}/ballot", data={**MARKS, "mark-plan": "1", "step": "submit"})
    assert refused.status_code == 409
    assert "แล้ว จึงแก้ไขไม่ได้" in refused.text
    assert value_of(refused.text, "mark-plan") == "7"


@pytest.mark.parametrize(
    ("plan", "clip", "step", "words"),
    [
        ("11", "8.5", "draft", "แผน ต้องอยู่ระหว่าง 0 ถึง 10"),
        ("7", "8.3", "submit", "คลิป ต้องเป็นขั้นละ 0.5"),
        ("7", "", "submit", "คลิป ยังไม่ได้ให้คะแนน"),
        ("เจ็ด", "8.5", "draft", "แผน ต้องอยู่ระหว่าง 0 ถึง 10"),
        ("1e-999999", "8.5", "draft", "แผน ต้องอยู่ระหว่าง 0 ถึง 10"),
    ],
)
def test_refused_marks_are_shown_beside_what_was_typed(browsers: Browsers, plan: str, clip: str, step: str, words: str) -> None:
    one = browsers["one"]
    at = claimed(one)
    one.post(f"{at}/ballot", data={"mark-plan": "5", "comment": "ก่อน", "step": "draft"})
    refused = one.post(f"{at}/ballot", data={"mark-plan": plan, "mark-clip": clip, "comment": "พิมพ์ไว้ยาว", "step": step})
    assert refused.status_code == 422
    assert refused.text.count(words) == 2
    assert (value_of(refused.text, "mark-plan"), value_of(refused.text, "mark-clip")) == (plan, clip)
    assert "พิมพ์ไว้ยาว</textarea>" in refused.text
    kept = one.get(at).text
    assert value_of(kept, "mark-plan") == "5"
    assert "ก่อน</textarea>" in kept


def test_refused_form_leads_back_to_its_page_in_the_other_language(browsers: Browsers) -> None:
    at = claimed(browsers["one"])
    back = browsers["one"].get(f"{at}/ballot?lang=en")
    assert (back.status_code, back.headers["location"]) == (303, f"{at}?lang=en")


def test_lapsed_claim_keeps_what_was_typed_and_shows_the_way_on(browsers: Browsers) -> None:
    one = browsers["one"]
    at = claimed(one)
    lapse()
    refused = one.post(f"{at}/ballot", data={**MARKS, "comment": "พิมพ์ไว้", "step": "submit"})
    assert refused.status_code == 409
    assert "งานพิจารณานี้ไม่ได้อยู่กับท่านแล้ว" in refused.text
    assert (value_of(refused.text, "mark-clip"), "พิมพ์ไว้</textarea>" in refused.text) == ("8.5", True)
    page = one.get(at).text
    assert "หมดเวลาแล้ว" in page
    assert f'action="{CLAIMS}"' in page
    assert "ยืนยันส่ง" not in page


def test_sign_of_life_prolongs_a_claim_and_does_not_revive_one(browsers: Browsers) -> None:
    one = browsers["one"]
    at = claimed(one)
    with transaction() as session:
        session.execute(update(Assignment).values(lease_until=clock.now() + timedelta(minutes=1)))
    assert one.post(f"{at}/renew").headers["location"] == at
    with transaction() as session:
        assert session.get_one(Assignment, UUID(at.rpartition("/")[2])).lease_until > clock.now() + timedelta(minutes=50)
    lapse()
    assert "หมดเวลาแล้ว" in one.post(f"{at}/renew", follow_redirects=True).text


def test_given_back_waits_again_with_the_draft(browsers: Browsers) -> None:
    one = browsers["one"]
    at = claimed(one)
    one.post(f"{at}/ballot", data={"mark-plan": "5", "step": "draft"})
    home = one.post(f"{at}/give-back", follow_redirects=True).text
    assert "คืนงานเข้าคิวแล้ว" in home
    assert "<dd>2</dd>" in home
    again = claimed(one)
    assert value_of(one.get(again).text, "mark-plan") == "5"


def test_conflict_takes_the_submission_out_of_sight(browsers: Browsers) -> None:
    one = browsers["one"]
    at = claimed(one)
    refused = one.post(f"{at}/conflict", data={"reason": " "})
    assert refused.status_code == 422
    assert "โปรดระบุเหตุผล" in refused.text
    for _ in range(2):
        home = one.post(f"{at}/conflict", data={"reason": "ประธานกลุ่มเป็นญาติ"}, follow_redirects=True)
        assert "บันทึกส่วนได้เสียแล้ว" in home.text
    assert one.get(at).status_code == 404
    assert "LT63-0002" in one.get(claimed(one)).text


def test_nothing_left_is_said_in_a_sentence(browsers: Browsers) -> None:
    for _ in range(2):
        claimed(browsers["one"])
    page = browsers["one"].post(CLAIMS, follow_redirects=True).text
    assert "ขณะนี้ไม่มีงานเหลือให้ท่านในคิวนี้" in page
    assert "ไม่มีงานรอท่านในคิวนี้" in page


def test_assignment_of_another_member_is_unknown(browsers: Browsers) -> None:
    at = claimed(browsers["one"])
    for method, path in (
        ("GET", at),
        ("POST", f"{at}/ballot"),
        ("POST", f"{at}/renew"),
        ("POST", f"{at}/give-back"),
        ("POST", f"{at}/conflict"),
    ):
        refused = browsers["two"].request(method, path)
        assert refused.status_code == 404
        assert "หรือเป็นของกรรมการท่านอื่น" in refused.text


def test_only_committees_come_in(browsers: Browsers) -> None:
    sent = browsers["nobody"].get("/review")
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=/review")
    assert browsers["nobody"].post(CLAIMS).status_code == 401
    refused = browsers["officer"].get("/review")
    assert refused.status_code == 403
    assert "เฉพาะกรรมการเท่านั้น" in refused.text
    assert "การให้คะแนนเป็นของกรรมการ" in browsers["chair"].get("/review").text
    assert browsers["chair"].post(CLAIMS).status_code == 403


def test_queries_do_not_grow_with_the_ballots(browsers: Browsers, query_count: QueryCount) -> None:
    one = browsers["one"]
    for _ in range(2):
        at = claimed(one)
        one.post(f"{at}/ballot", data={**MARKS, "step": "submit"})
        assert query_count(lambda: one.get("/review")) == 9
