"""What a group is told, word for word where it matters."""

from datetime import timedelta

import pytest
from factories import NOW

from services.intake import advice
from services.intake.progress import WORDS as STAGES
from services.intake.progress import stages
from services.intake.words import place_in_queue, time_left
from shared.programmes.definition import ItemKind
from shared.reviews.place import Place
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Upload
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
    said = time_left(NOW + left, NOW)
    assert (said.th, said.look) == (th, look)


def test_every_finding_tells_how_it_is_mended() -> None:
    assert set(WORDS) - set(advice.MEND) == set()


def test_every_item_tells_what_a_good_one_is() -> None:
    assert set(advice.GOOD) == set(ItemKind)


@pytest.mark.parametrize(
    ("place", "th"),
    [
        (Place("screening", 12, 36, is_judged=False), "อยู่กับคณะกรรมการ ลำดับที่ 12 จาก 36"),
        (Place("screening", None, 36, is_judged=False), "คณะกรรมการกำลังพิจารณาผลงานของกลุ่มท่าน"),
        (Place("screening", None, 0, is_judged=True), "คณะกรรมการพิจารณาแล้ว รอสรุปผลของรอบ"),
        (None, "รอคณะกรรมการเริ่มพิจารณา"),
    ],
)
def test_group_is_told_where_its_work_is_and_not_who_has_it(place: Place | None, th: str) -> None:
    assert place_in_queue(place, ends=None).th == th


def test_date_of_the_round_is_told_where_the_programme_has_one() -> None:
    assert place_in_queue(None, ends=NOW).th == "รอคณะกรรมการเริ่มพิจารณา จะพิจารณาให้เสร็จภายใน 1 มิถุนายน 2563"


def upload(kind: str, status: UploadStatus, poster: str | None = None) -> Upload:
    return Upload(kind=kind, status=status, copies={"poster": {"key": poster}} if poster else {})


PLAN, CLIP = upload("plan", UploadStatus.PASSED), upload("clip", UploadStatus.PASSED, "posters/1.jpg")


@pytest.mark.parametrize(
    ("status", "standing", "missing", "states"),
    [
        (Status.OPEN, [], ["plan"], {"received": "todo", "checked": "todo", "handed_in": "todo", "accepted": "todo", "committee": "todo"}),
        (
            Status.OPEN,
            [PLAN, upload("clip", UploadStatus.RECEIVED)],
            [],
            {"received": "done", "checked": "now", "preview": "todo", "handed_in": "todo", "accepted": "todo", "committee": "todo"},
        ),
        (
            Status.OPEN,
            [PLAN, upload("clip", UploadStatus.PASSED)],
            [],
            {"received": "done", "checked": "done", "preview": "now", "handed_in": "todo", "accepted": "todo", "committee": "todo"},
        ),
        (
            Status.SUBMITTED,
            [PLAN, CLIP],
            [],
            {"received": "done", "checked": "done", "preview": "done", "handed_in": "done", "accepted": "now", "committee": "todo"},
        ),
        (
            Status.RETURNED,
            [PLAN, upload("clip", UploadStatus.FAILED)],
            [],
            {"received": "done", "checked": "bad", "handed_in": "bad", "accepted": "todo", "committee": "todo"},
        ),
        (
            Status.ACCEPTED,
            [PLAN, upload("clip", UploadStatus.PASSED)],
            [],
            {"received": "done", "checked": "done", "handed_in": "done", "accepted": "done", "committee": "now"},
        ),
        (
            Status.AWARDED,
            [PLAN, CLIP],
            [],
            {"received": "done", "checked": "done", "preview": "done", "handed_in": "done", "accepted": "done", "committee": "done"},
        ),
    ],
)
def test_stages_stand_as_they_are(status: Status, standing: list[Upload], missing: list[str], states: dict[str, str]) -> None:
    found = {stage.key: stage.state for stage in stages(status, standing, missing=missing, queue=None)}
    assert found == states
    assert set(found) <= set(STAGES)
