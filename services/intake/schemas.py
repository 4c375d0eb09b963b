"""What the intake service answers about a submission: one set of models for JSON and for pages."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.intake.progress import STATE_TEXTS, DateState, StepKey, StepState
from services.web.answers import Answer
from shared.programmes.definition import FileType, ItemKind
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.sheet import UPLOAD_SHEET, NextStepCode
from shared.text import Look, Tag, Text
from shared.validation.findings import Severity
from shared.validation.sniffing import CLIPS, SOUNDS


class NextStepView(Answer):
    """The next step, in the language of the request and in both."""

    code: NextStepCode
    detail: str
    detail_th: str
    detail_en: str


class ProgrammeView(Answer):
    """The programme of a submission."""

    slug: str
    name: Text
    deadline: datetime


class GroupView(Answer):
    """The group of a submission."""

    name: str
    province: str
    amphoe: str
    tambon: str


class Quota(Answer):
    """How many bytes may be announced and not finished, how many are, and what is left."""

    limit_bytes: int
    used_bytes: int
    free_bytes: int


class TimeLeft(Answer):
    """How long a group may still begin uploads and submit."""

    seconds: int
    look: Look
    th: str
    en: str

    @property
    def tag(self) -> Tag:
        """The same as a page shows it."""
        return Tag(Text(self.th, self.en), self.look)


class Prepared(Answer):
    """When an officer asked the group to confirm what they prepared, and who it was."""

    at: datetime
    by: str | None


class Facts(BaseModel):
    """What the tools saw of a file; further members depend on its type."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str | None = None
    duration_seconds: float | None = None
    pages: int | None = None


class FindingData(BaseModel):
    """The values in the text of a finding, by name."""

    model_config = ConfigDict(frozen=True, extra="allow")


class FindingView(Answer):
    """What was found in a file, in the language of the request and in both."""

    code: str
    severity: Severity
    detail: str
    detail_th: str
    detail_en: str
    data: FindingData

    @property
    def is_blocking(self) -> bool:
        """Whether the file must be replaced."""
        return self.severity is Severity.BLOCKING


class UploadView(Answer):
    """One file, received or on its way."""

    id: UUID
    filename: str
    state: UploadStatus
    size_bytes: int
    is_sending: bool
    """Whether bytes are arriving at this moment."""
    offset_bytes: int
    """How many bytes are stored."""
    sha256: str | None
    sha256_so_far: str | None
    """Of the bytes stored so far, while it is on its way."""
    sent_by: str
    received_at: datetime | None
    checked_at: datetime | None
    facts: Facts | None
    """None until it is checked."""
    has_poster: bool
    findings: list[FindingView]

    @property
    def tag(self) -> Tag:
        """The state as a page shows it."""
        return UPLOAD_SHEET[self.state].tag

    @property
    def duration_seconds(self) -> float | None:
        """How long a checked clip is."""
        return self.facts.duration_seconds if self.facts else None

    @property
    def pages(self) -> int | None:
        """How many pages a checked document has."""
        return self.facts.pages if self.facts else None

    @property
    def is_receiving(self) -> bool:
        """Whether it has not arrived completely."""
        return self.state is UploadStatus.RECEIVING

    @property
    def is_failed(self) -> bool:
        """Whether it must be replaced."""
        return self.state is UploadStatus.FAILED


class ItemView(Answer):
    """One item that is asked for, its limits and its files."""

    kind: ItemKind
    label: Text
    hint: Text | None
    required: bool
    types: list[FileType]
    max_bytes: int
    max_files: int
    max_seconds: Decimal | None
    tolerance_seconds: Decimal | None
    min_pages: int | None
    max_pages: int | None
    min_pictures: int | None
    max_pictures: int | None
    uploads: list[UploadView]
    may_upload: bool

    @property
    def is_clip(self) -> bool:
        """Whether it may be a clip."""
        return not CLIPS.isdisjoint(self.types)

    @property
    def accept(self) -> str:
        """What a phone's chooser of files is told to offer: of clips and sounds all, whatever a phone calls its own."""
        offered = [f".{type_}" for type_ in self.types if type_ not in CLIPS | SOUNDS]
        families = [name for name, types in (("video/*", CLIPS), ("audio/*", SOUNDS)) if not types.isdisjoint(self.types)]
        return ",".join(families + offered)


class Award(Answer):
    """The level a submission was awarded and its amount in baht."""

    level: str
    label: Text
    amount: Decimal


class ReceiptSummary(Answer):
    """The code of a receipt and where it is; `pdf_url` is None until its PDF is made."""

    code: str
    issued_at: datetime
    url: str
    pdf_url: str | None
    check_url: str


class QueueView(Answer):
    """Where accepted work is: the round that judges it, and its place in the queue while it waits there."""

    round: str
    place: int | None
    of: int | None
    th: str
    en: str

    @property
    def text(self) -> Text:
        """The same as a page shows it."""
        return Text(self.th, self.en)


class StepView(Answer):
    """A step of the way from the first file to the committee, and how far it has come."""

    key: StepKey
    state: StepState
    th: str
    en: str
    detail: Text | None

    @property
    def text(self) -> Text:
        """The step's name as a page shows it."""
        return Text(self.th, self.en)

    @property
    def state_text(self) -> Text:
        """How far it has come, for those who listen to the page."""
        return STATE_TEXTS[self.state]


class MilestoneView(Answer):
    """A date of the programme."""

    key: str
    label: Text
    by: datetime
    state: DateState

    @property
    def is_next(self) -> bool:
        """Whether it is the next date to come."""
        return self.state is DateState.NEXT


class HistoryEntry(Answer):
    """What happened, when, by whom (in the language of the request) and why; `passed` is there only for a file that was checked."""

    at: datetime
    event: str
    by: str
    th: str
    en: str
    reason: str | None
    passed: bool | None = None


class SubmissionView(Answer):
    """A submission with its items, files, findings, next step and history."""

    id: UUID
    reference: str
    state: Status
    state_th: str
    state_en: str
    programme: ProgrammeView
    group: GroupView
    closes_at: datetime
    """Until when uploads may begin."""
    quota: Quota
    finishes_at: datetime
    """Until when uploads begun in time may finish."""
    time_left: TimeLeft
    may_upload: bool
    may_submit: bool
    prepared: Prepared | None
    missing: list[ItemKind]
    """Required items without a file."""
    items: list[ItemView]
    next_step: NextStepView
    award: Award | None
    submitted_at: datetime | None
    receipt: ReceiptSummary | None
    queue: QueueView | None
    stages: list[StepView]
    milestones: list[MilestoneView]
    history: list[HistoryEntry]
