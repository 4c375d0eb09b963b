"""The tasks of a group's page: the state of each, which one is next, and whether files are being checked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from factories import NOW

from services.intake import schemas
from services.intake.tasks import TAGS, TaskState, tasks
from shared.programmes.definition import ItemKind
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.sheet import NextStepCode, Standing
from shared.text import Look, Text


def upload(state: UploadStatus, *, is_sending: bool = False) -> schemas.UploadView:
    return schemas.UploadView(
        id=uuid4(), filename="a.pdf", state=state, size_bytes=2, is_sending=is_sending, offset_bytes=1, sha256=None, sha256_so_far=None,
        sent_by="Group", received_at=None, checked_at=None, facts=None, has_poster=False, findings=[],
    )  # fmt: skip


def item(kind: ItemKind, *uploads: schemas.UploadView, required: bool = True) -> schemas.ItemView:
    return schemas.ItemView(
        kind=kind, label=Text(kind, kind), hint=None, required=required, types=["pdf"], max_bytes=1, max_files=1, max_seconds=None,
        tolerance_seconds=None, min_pages=None, max_pages=None, uploads=list(uploads), may_upload=True,
    )  # fmt: skip


def submission(
    code: NextStepCode, *items: schemas.ItemView, state: Status = Standing.OPEN, missing: tuple[ItemKind, ...] = ()
) -> schemas.SubmissionView:
    return schemas.SubmissionView(
        id=uuid4(), reference="LT63-0001", state=state, state_th="", state_en="",
        programme=schemas.ProgrammeView(slug="little", name=Text("ก", "A"), deadline=NOW),
        group=schemas.GroupView(name="ก", province="ก", amphoe="ก", tambon="ก"), closes_at=NOW,
        quota=schemas.Quota(limit_bytes=1, used_bytes=0, free_bytes=1), finishes_at=NOW + timedelta(minutes=1),
        time_left=schemas.TimeLeft(seconds=0, look=Look.BAD, th="", en=""), may_upload=True, may_submit=True, prepared=None,
        missing=list(missing), items=list(items), next_step=schemas.NextStepView(code=code, detail="", detail_th="", detail_en=""),
        award=None, submitted_at=None, receipt=None, queue=None, stages=[], milestones=[], history=[],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("uploads", "required", "status", "state"),
    [
        ([], True, Standing.OPEN, TaskState.NOT_SENT),
        ([], False, Standing.OPEN, TaskState.OPTIONAL),
        ([], True, Standing.SUBMITTED, TaskState.OPTIONAL),
        ([upload(UploadStatus.RECEIVING)], True, Standing.OPEN, TaskState.HALTED),
        ([upload(UploadStatus.RECEIVING, is_sending=True)], True, Standing.OPEN, TaskState.SENDING),
        ([upload(UploadStatus.RECEIVED)], True, Standing.OPEN, TaskState.CHECKING),
        ([upload(UploadStatus.PASSED)], True, Standing.OPEN, TaskState.GOOD),
        ([upload(UploadStatus.PASSED), upload(UploadStatus.FAILED)], True, Standing.OPEN, TaskState.FIX),
        ([upload(UploadStatus.PASSED)], True, Standing.SUBMITTED, TaskState.SUBMITTED),
    ],
)
def test_state_of_an_item(uploads: list[schemas.UploadView], required: bool, status: Status, state: TaskState) -> None:
    shown = tasks(submission(NextStepCode.UPLOAD, item(ItemKind.PLAN, *uploads, required=required), state=status), asked=None)
    assert shown.items[0].state is state


@pytest.mark.parametrize(
    ("code", "status", "state"),
    [
        (NextStepCode.SUBMIT, Standing.OPEN, TaskState.READY),
        (NextStepCode.LATE, Standing.OPEN, TaskState.OVER),
        (NextStepCode.UPLOAD, Standing.OPEN, TaskState.NOT_YET),
        (NextStepCode.MEND, Standing.RETURNED, TaskState.FIX),
        (NextStepCode.WAIT, Standing.SUBMITTED, TaskState.SUBMITTED),
    ],
)
def test_state_of_submitting(code: NextStepCode, status: Status, state: TaskState) -> None:
    assert tasks(submission(code, state=status), asked=None).submit is state


def test_next_is_the_first_item_that_still_needs_a_file() -> None:
    sent, missing = item(ItemKind.PLAN, upload(UploadStatus.PASSED)), item(ItemKind.CLIP)
    optional = item(ItemKind.PHOTO, required=False)
    shown = tasks(submission(NextStepCode.UPLOAD, optional, sent, missing, missing=(ItemKind.CLIP,)), asked=None)
    assert (shown.next, shown.open) == ("clip", "clip")


def test_next_is_the_item_that_must_be_fixed() -> None:
    items = item(ItemKind.PLAN, upload(UploadStatus.PASSED)), item(ItemKind.CLIP, upload(UploadStatus.FAILED))
    assert tasks(submission(NextStepCode.MEND, *items), asked=None).next == "clip"


def test_reader_opens_what_they_ask_for_and_nothing_that_is_not_there() -> None:
    seen = submission(NextStepCode.SUBMIT, item(ItemKind.PLAN, upload(UploadStatus.PASSED)))
    assert [tasks(seen, asked=asked).open for asked in ("plan", "follow", "hand_in", "clip", None)] == [
        "plan", "follow", "hand_in", "hand_in", "hand_in",
    ]  # fmt: skip


@pytest.mark.parametrize(("state", "is_checking"), [(UploadStatus.RECEIVED, True), (UploadStatus.PASSED, False)])
def test_page_knows_whether_a_file_is_being_checked(state: UploadStatus, is_checking: bool) -> None:
    seen = submission(NextStepCode.SUBMIT, item(ItemKind.PLAN, upload(UploadStatus.PASSED)), item(ItemKind.CLIP, upload(state)))
    assert tasks(seen, asked=None).is_checking is is_checking


def test_every_state_has_a_tag() -> None:
    assert set(TAGS) == set(TaskState)
