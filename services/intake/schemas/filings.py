"""What a stage asks of a submission, and what was answered and filed."""

from datetime import datetime
from uuid import UUID

from pydantic import JsonValue

from services.intake.schemas.uploads import FindingView, ItemView
from services.web.answers import Answer
from shared.programmes.stages import Office
from shared.submissions.lifecycle import FilingStatus, VersionStatus
from shared.submissions.sheet import FILING_SHEET, VERSION_SHEET, NextStepCode
from shared.text import Look, Tag, Text


class NextStepView(Answer):
    """The next step, in the language of the request and in both."""

    code: NextStepCode
    detail: str
    detail_th: str
    detail_en: str


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


class ReceiptSummary(Answer):
    """The code of a receipt and where it is; `pdf_url` is None until its PDF is made."""

    code: str
    issued_at: datetime
    url: str
    pdf_url: str | None
    check_url: str


class Asked(Answer):
    """What one filing asks now; without one there is no date and nothing to do."""

    closes_at: datetime | None
    """Until when uploads may begin."""
    quota: Quota
    finishes_at: datetime | None
    """Until when uploads begun in time may finish."""
    time_left: TimeLeft | None
    may_upload: bool
    """Whether files and answers may change now."""
    may_submit: bool
    """Whether it is complete and waits to be submitted, or differs from what was submitted."""
    has_changes: bool
    """Whether the draft differs from what was submitted last."""
    prepared: Prepared | None
    missing: list[str]
    """Keys of required items without enough files."""
    items: list[ItemView]
    next_step: NextStepView
    returned_because: str | None
    """The reason that an officer gave for returning it; findings are with the files."""
    submitted_at: datetime | None
    receipt: ReceiptSummary | None


class SumView(Answer):
    """What a column of a table comes to, as the server adds up."""

    question: str
    column: str
    total: str


class VersionView(Answer):
    """What was submitted at once: when, by whom, and what became of it."""

    number: int
    state: VersionStatus
    state_th: str
    state_en: str
    submitted_at: datetime
    by: str
    receipt: ReceiptSummary | None

    @property
    def tag(self) -> Tag:
        """The state as a page shows it."""
        return VERSION_SHEET[self.state].tag


class StageView(Answer):
    """A stage at which a submission files something, or will: until when, who does, and what was filed."""

    key: str
    label: Text
    hint: Text | None
    state: FilingStatus | None
    """None: it is not asked yet."""
    state_th: str
    state_en: str
    due_at: datetime | None
    filed_by: Office
    is_mine: bool
    """Whether the one who asks may fill it in."""
    may_submit: bool
    has_changes: bool
    receipt: ReceiptSummary | None
    versions: list[VersionView]
    """The newest first."""
    sums: list[SumView]
    """Of the tables of the version submitted last."""
    look: Look

    @property
    def tag(self) -> Tag:
        """The state as a page shows it."""
        return Tag(Text(self.state_th, self.state_en), self.look)


class ProblemView(Answer):
    """What is wrong or missing: the question or item, the place inside of it, a stable code, and what to do."""

    key: str
    path: str
    code: str
    th: str
    en: str


class AnswerView(Answer):
    """A question and its answer so far."""

    key: str
    type: str
    label: Text
    hint: Text | None
    required: bool
    internal: bool
    asks: JsonValue
    """The question as the programme's document has it: options, columns, limits, conditions."""
    is_visible: bool
    value: JsonValue
    """As it is stored: in its one form where it is right, else as it was typed."""
    shown: Text | None
    """How the answer reads, where it is right."""
    version: int
    """Counts its saves; 0: never saved. Who saves names the version they began from."""
    mark: str
    """Of what is stored: it differs once the answer does."""
    saved_at: datetime | None
    saved_by: str
    problems: list[ProblemView]
    """What is wrong with what was typed; what is missing is in the form's problems."""


class StageAsked(Asked):
    """A stage with its items, findings, problems and sums of the draft, and the versions that were submitted."""

    submission: UUID
    stage: StageView
    state: FilingStatus
    questions: int
    """How many are asked, by the answers so far."""
    unanswered: int
    """How many of them need an answer, or another one."""
    findings: list[FindingView]
    """Of all its files."""
    problems: list[ProblemView]
    """Everything that stands in the way of submitting."""
    sums: list[SumView]
    visible: list[str]
    """Keys of the questions and items that are asked, by the answers so far."""

    @property
    def tag(self) -> Tag:
        """The state as a page shows it."""
        return FILING_SHEET[self.state].tag


class StageForm(StageAsked):
    """A stage's form with the answers so far."""

    answers: list[AnswerView]
