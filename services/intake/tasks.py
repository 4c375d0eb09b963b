"""The tasks of a stage's page, pure: the state of each, which one is next, and which one is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from services.intake import advice
from services.intake.schemas import ItemView, StageAsked
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.sheet import FILING_SHEET, NextStepCode
from shared.text import Look, Tag, Text

NO_CONDITIONS: Mapping[str, str] = MappingProxyType({})
SUBMIT, FOLLOW = "hand_in", "follow"
"""The keys of the last two tasks, as the address has them; those of files are keyed by their item."""
ANSWERS = "the-form"
"""The key of the questions' task; no item has a key with a hyphen."""


class TaskState(StrEnum):
    """The state of a task."""

    UNFINISHED = "unfinished"
    FILLED = "filled"
    NOT_SENT = "not_sent"
    OPTIONAL = "optional"
    SENDING = "sending"
    HALTED = "halted"
    CHECKING = "checking"
    GOOD = "good"
    FIX = "fix"
    SUBMITTED = "submitted"
    NOT_YET = "not_yet"
    READY = "ready"
    OVER = "over"


TAGS: dict[TaskState, Tag] = {
    TaskState.UNFINISHED: Tag(Text("ยังกรอกไม่ครบ", "not complete yet")),
    TaskState.FILLED: Tag(Text("กรอกครบแล้ว", "complete"), Look.GOOD),
    TaskState.NOT_SENT: Tag(Text("ยังไม่ได้ส่ง", "not uploaded yet")),
    TaskState.OPTIONAL: Tag(Text("ไม่บังคับ", "optional")),
    TaskState.SENDING: Tag(Text("กำลังส่ง", "uploading"), Look.WAIT),
    TaskState.HALTED: Tag(Text("ส่งค้างไว้", "partly uploaded"), Look.WAIT),
    TaskState.CHECKING: Tag(Text("กำลังตรวจ", "being checked"), Look.WAIT),
    TaskState.GOOD: Tag(Text("ใช้ได้", "no problems"), Look.GOOD),
    TaskState.FIX: Tag(Text("ต้องแก้ไข", "must be fixed"), Look.BAD),
    TaskState.SUBMITTED: Tag(Text("ส่งแล้ว", "submitted"), Look.GOOD),
    TaskState.NOT_YET: Tag(Text("ยังทำไม่ได้", "cannot start yet")),
    TaskState.READY: Tag(Text("พร้อมส่ง", "ready to submit"), Look.READY),
    TaskState.OVER: Tag(Text("หมดเวลา", "deadline passed"), Look.BAD),
}


@dataclass(frozen=True, slots=True)
class ItemTask:
    """The task of one item: its state, and what a good file of it is."""

    item: ItemView
    state: TaskState
    good: list[Text]
    when: str = ""
    """The item's condition as JSON, for the script; empty: always asked."""

    @property
    def tag(self) -> Tag:
        """The state as the page shows it."""
        return TAGS[self.state]

    @property
    def is_shown(self) -> bool:
        """Whether it is asked for, or has files."""
        return self.item.is_visible or bool(self.item.uploads)

    @property
    def must_fix(self) -> bool:
        """Whether a file must be replaced."""
        return self.state is TaskState.FIX

    @property
    def name_inside(self) -> Text:
        """The item's name as it stands inside a sentence."""
        return Text(self.item.label.th, self.item.label.en.lower())

    @property
    def has_file(self) -> bool:
        """Whether any file has arrived."""
        return any(not upload.is_receiving for upload in self.item.uploads)

    @property
    def is_done(self) -> bool:
        """Whether nothing more is needed here for the moment, so the page offers the next task."""
        return self.tag.look in (Look.GOOD, Look.WAIT)

    def how_to_fix(self, code: str) -> Text | None:
        """Return how a group deals with a finding, while it can still replace the file."""
        return advice.HOW_TO_FIX.get(code) if self.item.may_upload else None


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of a page: the questions, one an item, the submitting; the key of the one to do next, and of the one that is open."""

    answers: TaskState | None
    """None: the stage asks no questions."""
    items: list[ItemTask]
    submit: TaskState
    next: str
    open: str

    @property
    def answers_tag(self) -> Tag:
        """The state of the questions as the page shows it."""
        return TAGS[self.answers or TaskState.FILLED]

    @property
    def submit_tag(self) -> Tag:
        """The state of submitting as the page shows it."""
        return TAGS[self.submit]

    @property
    def shown(self) -> list[ItemTask]:
        """The items that are asked for, and those that have files."""
        return [task for task in self.items if task.is_shown]

    @property
    def first_item(self) -> int:
        """The number of the first item's task."""
        return 1 if self.answers is None else 2

    def number_of(self, task: ItemTask) -> int:
        """Return the number of an item's task; of one that is not shown, the number that it would have."""
        return self.first_item + sum(other.is_shown for other in self.items[: self.items.index(task)])

    @property
    def is_checking(self) -> bool:
        """Whether any file is being checked."""
        return any(task.state is TaskState.CHECKING for task in self.items)

    @property
    def next_item(self) -> ItemTask | None:
        """The item to do next, if it is one."""
        return next((task for task in self.items if task.item.kind == self.next), None)

    @property
    def is_submit_next(self) -> bool:
        """Whether submitting is next."""
        return self.next == SUBMIT


def tasks(form: StageAsked, advised: Mapping[str, list[Text]], *, asked: str | None, whens: Mapping[str, str] = NO_CONDITIONS) -> Tasks:
    """Return the tasks of a stage; `advised` tells what a good file is, `whens` the condition as JSON, both by item.

    `asked` is the task that the reader chose to open.
    """
    is_in = not FILING_SHEET[form.state].may_submit and not form.has_changes
    items = [ItemTask(item, _item(item, is_in=is_in), advised[item.kind], whens.get(item.kind, "")) for item in form.items]
    next_ = _next(form, items)
    known = {*(task.item.kind for task in items), SUBMIT, FOLLOW, *([ANSWERS] if form.questions else [])}
    open_ = asked if asked in known and asked is not None else next_
    return Tasks(_answers(form, is_in=is_in), items, _submit(form, is_in=is_in), next_, open_)


def _answers(form: StageAsked, *, is_in: bool) -> TaskState | None:
    if not form.questions:
        return None
    if is_in:
        return TaskState.SUBMITTED
    return TaskState.UNFINISHED if form.unanswered else TaskState.FILLED


def _next(form: StageAsked, items: list[ItemTask]) -> str:
    match form.next_step.code:
        case NextStepCode.ANSWER:
            return ANSWERS
        case NextStepCode.MEND:
            return next((task.item.kind for task in items if task.must_fix), FOLLOW)
        case NextStepCode.UPLOAD:
            wanted = (task.item.kind for task in items if task.item.kind in form.missing)
            return next(wanted, FOLLOW)
        case NextStepCode.SUBMIT:
            return SUBMIT
        case _:
            return FOLLOW


def _item(item: ItemView, *, is_in: bool) -> TaskState:
    states = {upload.state for upload in item.uploads}
    if UploadStatus.FAILED in states:
        return TaskState.FIX
    if UploadStatus.RECEIVING in states and not is_in:
        return TaskState.SENDING if any(upload.is_sending for upload in item.uploads) else TaskState.HALTED
    if UploadStatus.RECEIVED in states:
        return TaskState.CHECKING
    if UploadStatus.PASSED in states:
        return TaskState.SUBMITTED if is_in else TaskState.GOOD
    return TaskState.NOT_SENT if item.required and not is_in else TaskState.OPTIONAL


def _submit(form: StageAsked, *, is_in: bool) -> TaskState:
    if is_in:
        return TaskState.SUBMITTED
    match form.next_step.code:
        case NextStepCode.SUBMIT:
            return TaskState.READY
        case NextStepCode.LATE:
            return TaskState.OVER
        case _:
            return TaskState.FIX if form.state is FilingStatus.RETURNED else TaskState.NOT_YET
