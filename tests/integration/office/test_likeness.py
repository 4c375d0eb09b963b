"""Clips of two groups that show the same footage: found when they are fingerprinted, told to officers as advice."""

import random
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

import factories
import ffmpeg
import pytest
from factories import NOW
from factories.browser import Browser
from factories.doors import work
from factories.query_count import QueryCount
from sqlalchemy import select
from sqlalchemy.orm import Session

from deploy.demo import clips
from deploy.demo.cast import first_programme
from shared.database import new_id, transaction
from shared.programmes.models import Group
from shared.renditions.likeness import ALIKE, HEIGHT, SECONDS_APART, WIDTH, Footage, hashes
from shared.renditions.models import Likeness
from shared.renditions.operations import fingerprint
from shared.submissions.models import Submission, Upload

PICTURE = WIDTH * HEIGHT
ADVICE = "คลิปนี้มีภาพเหมือนกับคลิปของ"
Browsers = dict[str, Browser]


def footage(seed: int, seconds: int = 30) -> bytes:
    """Pictures that have nothing in common with those of another seed."""
    return random.Random(seed).randbytes(PICTURE * seconds)  # noqa: S311  # footage, not a secret


def clip(session: Session, submission: Submission, **columns: Any) -> Upload:
    """A clip that arrived and passed, and has a poster."""
    poster = {"poster": {"key": f"copies/{new_id()}.jpg", "type": "jpg", "size_bytes": 9, "data": {}}}
    return factories.upload(session, submission.id, **{"copies": poster, **columns})


def pairs(session: Session) -> list[set[UUID]]:
    """Return which clips are noted as alike."""
    return [{found.upload_id, found.other_id} for found in session.scalars(select(Likeness))]


def seen(stream: Any) -> bytes:
    """Return the hashes of what ffmpeg shows."""
    small = stream.filter("fps", 1 / SECONDS_APART).filter("scale", WIDTH, HEIGHT, flags="area").filter("format", "gray")
    frames, _ = ffmpeg.output(small, "pipe:", f="rawvideo").run(quiet=True)
    return hashes(frames)


def test_no_two_groups_of_the_demo_send_the_same_footage() -> None:
    looks = [seen(clips.good_clip(number).footage()) for number in range(len(first_programme(run=1).targets))]
    shares = [Footage(one).share(other) for one, other in combinations(looks, 2)]
    assert len(shares) > 600
    assert max(shares) <= ALIKE / 2


def test_footage_encoded_anew_by_ffmpeg_is_seen(tmp_path: Path) -> None:
    coded = tmp_path / "coded.webm"
    clip = clips.good_clip(1).make(tmp_path)
    poor = ffmpeg.input(str(clip), ss=7.2, t=25).video.filter("fps", 15).filter("scale", -2, 120).filter("eq", brightness=0.1)
    ffmpeg.output(poor, str(coded), vcodec="libvpx", deadline="realtime", b="80k").run(quiet=True)
    assert Footage(seen(ffmpeg.input(str(clip)).video)).share(seen(ffmpeg.input(str(coded)).video)) > 2 * ALIKE


def test_footage_of_another_group_is_found_whichever_is_fingerprinted_first(session: Session) -> None:
    programme = factories.programme(session)
    clips = [clip(session, submission) for submission in factories.submissions(session, programme, 3)]
    for number, seed in ((2, 1), (1, 2), (0, 1)):
        fingerprint(session, clips[number].id, footage(seed), now=NOW)
    assert pairs(session) == [{clips[0].id, clips[2].id}]


def test_fingerprint_again_replaces_what_was_found(session: Session) -> None:
    programme = factories.programme(session)
    clips = [clip(session, submission) for submission in factories.submissions(session, programme, 3)]
    for number, seed in ((0, 1), (1, 1), (2, 2), (1, 1)):
        fingerprint(session, clips[number].id, footage(seed), now=NOW)
    assert pairs(session) == [{clips[0].id, clips[1].id}]
    fingerprint(session, clips[1].id, footage(2), now=NOW)
    assert pairs(session) == [{clips[1].id, clips[2].id}]


@pytest.mark.parametrize("other", ["own", "replaced", "another programme"])
def test_clips_that_are_not_compared(session: Session, other: str) -> None:
    mine, theirs = factories.submissions(session, factories.programme(session), 2)
    elsewhere = factories.submissions(session, factories.programme(session, slug="other", reference_prefix="OT63"), 1, first=3)[0]
    earlier = {
        "own": lambda: clip(session, mine),
        "replaced": lambda: clip(session, theirs, replaced_at=NOW),
        "another programme": lambda: clip(session, elsewhere),
    }[other]()
    fingerprint(session, earlier.id, footage(1), now=NOW)
    fingerprint(session, clip(session, mine).id, footage(1), now=NOW)
    assert pairs(session) == []


@pytest.fixture
def alike(browsers: Browsers) -> list[Submission]:
    """Submissions whose clips show the same footage in four files; the third is of another province."""
    with transaction() as session:
        found = list(session.scalars(select(Submission).order_by(Submission.reference)))
        session.get_one(Group, found[2].group_id).province = "ลำปาง"
        for submission in found[:4]:
            fingerprint(session, clip(session, submission).id, footage(1), now=NOW)
        fingerprint(session, clip(session, found[4]).id, footage(2), now=NOW)
    return found


def change(submission: Submission, **columns: Any) -> None:
    """Change the clip of a submission."""
    with transaction() as session:
        upload = session.scalars(select(Upload).where(Upload.submission_id == submission.id)).one()
        for name, value in columns.items():
            setattr(upload, name, value)


def page(browser: Browser, submission: Submission) -> str:
    """Return the words of a submission's page."""
    return browser.get(f"/office/submissions/{submission.id}")


@pytest.mark.usefixtures("clean")
def test_officer_sees_both_posters_and_whose_clips_they_are(browsers: Browsers, alike: list[Submission]) -> None:
    officer, first, second = browsers["officer"], alike[0], alike[1]
    words = page(officer, first)
    assert f"{ADVICE}กลุ่มอื่น แต่เป็นคนละไฟล์" in words
    for other in alike[1:4]:
        assert f"คลิปนี้ {other.reference} กลุ่มออมทรัพย์ที่ {other.reference[-1]} ภาพตรงกันร้อยละ 100 ของคลิปที่สั้นกว่า" in words
    document = officer.client.get(f"/office/submissions/{first.id}").text
    with transaction() as session:
        posters = {
            upload.submission_id: f"{upload.submission_id}/uploads/{upload.id}/copies/poster" for upload in session.scalars(select(Upload))
        }
    assert [document.count(f'src="/api/office/submissions/{posters[one.id]}"') for one in alike] == [3, 1, 1, 1, 0]
    assert f'href="/office/submissions/{second.id}"' in document
    assert ADVICE not in page(officer, alike[4])
    assert "Seen in both: 100 % of the shorter clip" in officer.get(f"/office/submissions/{first.id}?lang=en")


@pytest.mark.usefixtures("clean")
def test_submissions_outside_the_area_are_counted_and_not_named(browsers: Browsers, alike: list[Submission]) -> None:
    words = page(browsers["lampang"], alike[2])
    assert f"{ADVICE}กลุ่มนอกพื้นที่ของท่าน โปรดสอบถามกลุ่ม นอกพื้นที่ของท่าน: 3" in words
    document = browsers["lampang"].client.get(f"/office/submissions/{alike[2].id}").text
    for other in (alike[0], alike[1], alike[3]):
        assert str(other.id) not in document
        assert other.reference not in document


@pytest.mark.usefixtures("clean")
def test_committee_is_not_told(browsers: Browsers, alike: list[Submission]) -> None:
    browsers["officer"].post("/office/programmes/little/rounds/selection/open")
    work()
    assert ADVICE not in page(browsers["chair"], alike[0])
    listed, *_ = browsers["chair"].client.get("/api/office/programmes/little/submissions").json()["submissions"]
    assert listed["committee"] == "central"
    assert [item["same_footage"] for item in listed["items"]] == [None]


@pytest.mark.usefixtures("clean")
def test_the_same_file_is_told_once_and_a_replaced_clip_no_more(browsers: Browsers, alike: list[Submission]) -> None:
    with transaction() as session:
        digest = session.scalars(select(Upload.sha256).where(Upload.submission_id == alike[0].id)).one()
    change(alike[1], sha256=digest)
    change(alike[2], replaced_at=NOW)
    words = page(browsers["officer"], alike[0])
    assert words.count(alike[1].reference) == 1
    assert "ไฟล์นี้เหมือนกับไฟล์ของกลุ่มอื่นทุกไบต์" in words
    assert alike[2].reference not in words
    assert f"คลิปนี้ {alike[3].reference}" in words


@pytest.mark.usefixtures("clean")
def test_of_many_alike_three_are_shown_and_the_rest_are_linked(browsers: Browsers, alike: list[Submission]) -> None:
    with transaction() as session:
        fingerprint(session, clip(session, alike[4]).id, footage(1), now=NOW)
    words = page(browsers["officer"], alike[0])
    assert (words.count("คลิปนี้ LT63"), words.count("และของ LT63-0005")) == (3, 1)


@pytest.mark.usefixtures("clean")
def test_clip_without_a_poster_is_told_in_words(browsers: Browsers, alike: list[Submission]) -> None:
    change(alike[1], copies={})
    assert f"ยังไม่มีภาพตัวอย่าง {alike[1].reference}" in page(browsers["officer"], alike[0])


@pytest.mark.usefixtures("clean")
def test_json_names_them_in_as_many_queries_for_five_submissions_as_for_one(
    browsers: Browsers, alike: list[Submission], query_count: QueryCount
) -> None:
    def listed(limit: int) -> list[Any]:
        answer = browsers["officer"].client.get(f"/api/office/programmes/little/submissions?limit={limit}").json()["submissions"]
        return [submission["items"][0]["same_footage"] for submission in answer]

    assert query_count(lambda: listed(1)) == 8
    assert query_count(lambda: listed(5)) == 8
    assert sum("likenesses" in statement for statement in query_count.statements) == 1
    (only,), all_ = listed(1), listed(5)
    assert only == all_[0]
    assert [(one["reference"], one["share"]) for one in only["seen"]] == [(other.reference, 1.0) for other in alike[1:4]]
    assert only["seen"][0]["poster"].startswith(f"/api/office/submissions/{alike[1].id}/uploads/{only['seen'][0]['upload']}/")
    assert only["more"] == 0
    assert all_[4] is None
