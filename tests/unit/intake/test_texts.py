"""What a group reads, word for word where it matters."""

from datetime import timedelta
from uuid import uuid4

import pytest
from factories import NOW

from services.intake import advice
from services.intake.progress import TEXTS, progress_steps
from services.intake.texts import place_in_queue, time_left
from shared.forms.form import Form
from shared.forms.items import FileType, Item
from shared.queue.lifecycle import JobState
from shared.renditions.queries import RenditionInProgress
from shared.reviews.position import QueuePosition
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.models import Upload
from shared.submissions.sheet import Standing
from shared.text import Text
from shared.validation.rules import WORDS


@pytest.mark.parametrize(
    ("left", "th", "look"),
    [
        (timedelta(days=12, hours=5), "เหลืออีก 12 วัน", "good"),
        (timedelta(days=3), "เหลืออีก 3 วัน", "good"),
        (timedelta(days=2, hours=23), "เหลืออีก 2 วัน", "wait"),
        (timedelta(hours=23, minutes=59), "เหลืออีก 23 ชั่วโมง", "wait"),
        (timedelta(minutes=40), "เหลืออีก 40 นาที", "wait"),
        (timedelta(seconds=20), "เหลืออีก 1 นาที", "wait"),
        (timedelta(0), "หมดเวลาแล้ว", "bad"),
    ],
)
def test_time_left_is_told_in_what_people_count(left: timedelta, th: str, look: str) -> None:
    tag = time_left(NOW + left, NOW)
    assert (tag.label.th, tag.look) == (th, look)


@pytest.mark.parametrize(("days", "en"), [(1, "1 day left"), (2, "2 days left")])
def test_time_left_has_the_plural_of_its_language(days: int, en: str) -> None:
    assert time_left(NOW + timedelta(days=days), NOW).label.en == en


def test_every_finding_tells_how_it_is_fixed() -> None:
    assert set(WORDS) - set(advice.HOW_TO_FIX) == set()


@pytest.mark.parametrize(
    ("types", "look"),
    [
        (("mp4", "mov"), advice.ItemLook.CLIP),
        (("pdf", "docx"), advice.ItemLook.DOCUMENT),
        (("pdf", "jpg"), advice.ItemLook.DOCUMENT),
        (("jpg", "png"), advice.ItemLook.PICTURE),
        (("xlsx",), advice.ItemLook.OTHER),
    ],
)
def test_advice_hangs_on_the_types_that_an_item_takes(types: tuple[FileType, ...], look: advice.ItemLook) -> None:
    item = Item(key="anything", label=Text("ก", "A"), types=types, max_bytes=1)
    assert advice.look_of(item) is look
    assert set(advice.GOOD[look]) <= set(advice.good(item))
    assert (advice.PHOTOGRAPHED in advice.good(item)) is (types == ("pdf", "jpg"))


@pytest.mark.parametrize(
    ("place", "th"),
    [
        (QueuePosition("screening", 12, 36, is_judged=False), "อยู่กับคณะกรรมการ ลำดับที่ 12 จาก 36"),
        (QueuePosition("screening", None, 36, is_judged=False), "คณะกรรมการกำลังพิจารณาผลงานของกลุ่มท่าน"),
        (QueuePosition("screening", None, 0, is_judged=True), "คณะกรรมการพิจารณาแล้ว รอสรุปผลของรอบ"),
        (None, "รอคณะกรรมการเริ่มพิจารณา"),
    ],
)
def test_group_is_told_where_its_work_is_and_not_who_has_it(place: QueuePosition | None, th: str) -> None:
    assert place_in_queue(place, ends=None).th == th


def test_date_of_the_round_is_told_where_the_programme_has_one() -> None:
    assert place_in_queue(None, ends=NOW).th == "รอคณะกรรมการเริ่มพิจารณา จะพิจารณาให้เสร็จภายใน 1 มิถุนายน 2563"


def upload(kind: str, status: UploadStatus, *copies: str) -> Upload:
    return Upload(id=uuid4(), kind=kind, status=status, copies={name: {"key": name} for name in copies})


PLAN, CLIP = upload("plan", UploadStatus.PASSED), upload("clip", UploadStatus.PASSED, "poster", "web")
PASSED = upload("clip", UploadStatus.PASSED)
PLAN_ITEM = Item(key="plan", label=Text(th="แผน", en="Plan"), types=("pdf",), max_bytes=1)
CLIP_ITEM = Item(key="clip", label=Text(th="คลิป", en="Clip"), types=("mp4",), max_bytes=1)
FORM = Form(items=(PLAN_ITEM, CLIP_ITEM))


@pytest.mark.parametrize(
    ("status", "standing", "files", "missing", "states"),
    [
        (FilingStatus.OPEN, Standing.OPEN, [], [PLAN_ITEM], "received todo, checked todo, handed_in todo, accepted todo, committee todo"),
        (
            FilingStatus.OPEN,
            Standing.OPEN,
            [PLAN, upload("clip", UploadStatus.RECEIVED)],
            [],
            "received done, checked now, preview todo, web_copy todo, handed_in todo, accepted todo, committee todo",
        ),
        (
            FilingStatus.OPEN,
            Standing.OPEN,
            [PLAN, PASSED],
            [],
            "received done, checked done, preview now, web_copy now, handed_in todo, accepted todo, committee todo",
        ),
        (
            FilingStatus.OPEN,
            Standing.OPEN,
            [PLAN, upload("clip", UploadStatus.PASSED, "poster")],  # and nobody is making a web copy of it
            [],
            "received done, checked done, preview done, handed_in todo, accepted todo, committee todo",
        ),
        (
            FilingStatus.SUBMITTED,
            Standing.SUBMITTED,
            [PLAN, CLIP],
            [],
            "received done, checked done, preview done, web_copy done, handed_in done, accepted now, committee todo",
        ),
        (
            FilingStatus.RETURNED,
            Standing.RETURNED,
            [PLAN, upload("clip", UploadStatus.FAILED)],
            [],
            "received done, checked bad, handed_in bad, accepted todo, committee todo",
        ),
        (
            FilingStatus.ACCEPTED,
            Standing.ACCEPTED,
            [PLAN, PASSED],
            [],
            "received done, checked done, handed_in done, accepted done, committee now",
        ),
        (
            FilingStatus.ACCEPTED,
            Standing.AWARDED,
            [PLAN, CLIP],
            [],
            "received done, checked done, preview done, web_copy done, handed_in done, accepted done, committee done",
        ),
    ],
)
def test_steps_stand_as_they_are(status: FilingStatus, standing: Standing, files: list[Upload], missing: list[Item], states: str) -> None:
    in_progress = {PASSED.id: {"web": RenditionInProgress(JobState.RUNNING, 43)}}
    found = progress_steps(status, FORM, files, missing=missing, standing=standing, is_judged=True, queue=None, in_progress=in_progress)
    assert ", ".join(f"{step.key} {step.state}" for step in found) == states
    assert {step.key for step in found} <= set(TEXTS)


def test_stage_without_files_and_judges_has_no_steps_of_them() -> None:
    nothing = Form(questions=())
    found = progress_steps(
        FilingStatus.SUBMITTED, nothing, [], missing=[], standing=Standing.SUBMITTED, is_judged=False, queue=None, in_progress={}
    )
    assert ", ".join(f"{step.key} {step.state}" for step in found) == "handed_in done, accepted now"


@pytest.mark.parametrize("state", [JobState.DEAD, JobState.CANCELLED])
def test_web_copy_that_was_given_up_is_not_waited_for(state: JobState) -> None:
    in_progress = {PASSED.id: {"web": RenditionInProgress(state, None)}}
    found = progress_steps(
        FilingStatus.OPEN, FORM, [PLAN, PASSED], missing=[], standing=Standing.OPEN, is_judged=True, queue=None, in_progress=in_progress
    )
    assert "web_copy" not in [step.key for step in found]
