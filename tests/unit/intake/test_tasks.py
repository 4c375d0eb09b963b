"""The tasks of a group's page: the state of each, which one is next, and whether files are being checked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from factories import NOW

from services.intake import schemas
from services.intake.tasks import ANSWERS, TAGS, Tasks, TaskState, tasks
from shared.programmes.stages import Office
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.sheet import NextStepCode
from shared.text import Look, Text


def upload(state: UploadStatus, *, is_sending: bool = False) -> schemas.UploadView:
    return schemas.UploadView(
        id=uuid4(), filename="a.pdf", state=state, size_bytes=2, is_sending=is_sending, offset_bytes=1, sha256=None, sha256_so_far=None,
        sent_by="Group", received_at=None, checked_at=None, facts=None, has_poster=False, findings=[],
    )  # fmt: skip


def item(kind: str, *uploads: schemas.UploadView, required: bool = True) -> schemas.ItemView:
    return schemas.ItemView(
        kind=kind, label=Text(kind, kind), hint=None, required=required, is_visible=True, is_clip=False, types=["pdf"],
        max_bytes=1, max_files=1, min_files=1, max_seconds=None,
        tolerance_seconds=None, min_pages=None, max_pages=None, min_pictures=None, max_pictures=None,
        uploads=list(uploads), may_upload=True,
    )  # fmt: skip


def asked(
    code: NextStepCode,
    *items: schemas.ItemView,
    state: FilingStatus = FilingStatus.OPEN,
    missing: tuple[str, ...] = (),
    unanswered: int = 0,
    questions: int = 0,
    has_changes: bool = False,
) -> schemas.StageAsked:
    stage = schemas.StageView(
        key="first", label=Text("ก", "A"), hint=None, state=state, state_th="", state_en="", due_at=NOW, filed_by=Office.APPLICANT,
        is_mine=True, may_submit=True, has_changes=has_changes, receipt=None, versions=[], sums=[], look=Look.WAIT,
    )  # fmt: skip
    return schemas.StageAsked(
        submission=uuid4(), stage=stage, state=state, questions=questions, unanswered=unanswered, findings=[], problems=[], sums=[],
        visible=[], closes_at=NOW, quota=schemas.Quota(limit_bytes=1, used_bytes=0, free_bytes=1), finishes_at=NOW + timedelta(minutes=1),
        time_left=schemas.TimeLeft(seconds=0, look=Look.BAD, th="", en=""), may_upload=True, may_submit=True, has_changes=has_changes,
        prepared=None, missing=list(missing), items=list(items), returned_because=None, submitted_at=None, receipt=None,
        next_step=schemas.NextStepView(code=code, detail="", detail_th="", detail_en=""),
    )  # fmt: skip


def tasks_of(form: schemas.StageAsked, chosen: str | None = None) -> Tasks:
    return tasks(form, {item.kind: [] for item in form.items}, asked=chosen)


@pytest.mark.parametrize(
    ("uploads", "required", "status", "state"),
    [
        ([], True, FilingStatus.OPEN, TaskState.NOT_SENT),
        ([], False, FilingStatus.OPEN, TaskState.OPTIONAL),
        ([], True, FilingStatus.SUBMITTED, TaskState.OPTIONAL),
        ([upload(UploadStatus.RECEIVING)], True, FilingStatus.OPEN, TaskState.HALTED),
        ([upload(UploadStatus.RECEIVING, is_sending=True)], True, FilingStatus.OPEN, TaskState.SENDING),
        ([upload(UploadStatus.RECEIVED)], True, FilingStatus.OPEN, TaskState.CHECKING),
        ([upload(UploadStatus.PASSED)], True, FilingStatus.OPEN, TaskState.GOOD),
        ([upload(UploadStatus.PASSED), upload(UploadStatus.FAILED)], True, FilingStatus.OPEN, TaskState.FIX),
        ([upload(UploadStatus.PASSED)], True, FilingStatus.SUBMITTED, TaskState.SUBMITTED),
    ],
)
def test_state_of_an_item(uploads: list[schemas.UploadView], required: bool, status: FilingStatus, state: TaskState) -> None:
    shown = tasks_of(asked(NextStepCode.UPLOAD, item("plan", *uploads, required=required), state=status))
    assert shown.items[0].state is state


@pytest.mark.parametrize(
    ("code", "status", "state"),
    [
        (NextStepCode.SUBMIT, FilingStatus.OPEN, TaskState.READY),
        (NextStepCode.LATE, FilingStatus.OPEN, TaskState.OVER),
        (NextStepCode.UPLOAD, FilingStatus.OPEN, TaskState.NOT_YET),
        (NextStepCode.MEND, FilingStatus.RETURNED, TaskState.FIX),
        (NextStepCode.WAIT, FilingStatus.SUBMITTED, TaskState.SUBMITTED),
    ],
)
def test_state_of_submitting(code: NextStepCode, status: FilingStatus, state: TaskState) -> None:
    assert tasks_of(asked(code, state=status)).submit is state


def test_next_is_the_first_item_that_still_needs_a_file() -> None:
    sent, missing = item("plan", upload(UploadStatus.PASSED)), item("clip")
    optional = item("photo", required=False)
    shown = tasks_of(asked(NextStepCode.UPLOAD, optional, sent, missing, missing=("clip",)))
    assert (shown.next, shown.open) == ("clip", "clip")


def test_next_is_the_item_that_must_be_fixed() -> None:
    items = item("plan", upload(UploadStatus.PASSED)), item("clip", upload(UploadStatus.FAILED))
    assert tasks_of(asked(NextStepCode.MEND, *items)).next == "clip"


def test_reader_opens_what_they_ask_for_and_nothing_that_is_not_there() -> None:
    seen = asked(NextStepCode.SUBMIT, item("plan", upload(UploadStatus.PASSED)))
    assert [tasks_of(seen, chosen).open for chosen in ("plan", "follow", "hand_in", "clip", None)] == [
        "plan", "follow", "hand_in", "hand_in", "hand_in",
    ]  # fmt: skip


@pytest.mark.parametrize(("state", "is_checking"), [(UploadStatus.RECEIVED, True), (UploadStatus.PASSED, False)])
def test_page_knows_whether_a_file_is_being_checked(state: UploadStatus, is_checking: bool) -> None:
    seen = asked(NextStepCode.SUBMIT, item("plan", upload(UploadStatus.PASSED)), item("clip", upload(state)))
    assert tasks_of(seen).is_checking is is_checking


def test_every_state_has_a_tag() -> None:
    assert set(TAGS) == set(TaskState)


@pytest.mark.parametrize(
    ("unanswered", "state", "shown"),
    [
        (2, FilingStatus.OPEN, TaskState.UNFINISHED),
        (0, FilingStatus.OPEN, TaskState.FILLED),
        (0, FilingStatus.SUBMITTED, TaskState.SUBMITTED),
    ],
)
def test_state_of_the_questions(unanswered: int, state: FilingStatus, shown: TaskState) -> None:
    assert tasks_of(asked(NextStepCode.ANSWER, state=state, questions=3, unanswered=unanswered)).answers is shown
    assert tasks_of(asked(NextStepCode.UPLOAD, state=state)).answers is None


def test_next_is_the_form_while_questions_need_an_answer() -> None:
    shown = tasks_of(asked(NextStepCode.ANSWER, item("plan"), questions=3, unanswered=1, missing=("plan",)))
    assert (shown.next, shown.first_item) == (ANSWERS, 2)


def test_what_was_changed_after_submitting_can_be_submitted_again() -> None:
    shown = tasks_of(asked(NextStepCode.SUBMIT, item("plan"), state=FilingStatus.ACCEPTED, has_changes=True))
    assert (shown.submit, shown.next) == (TaskState.READY, "hand_in")
