"""A submission as a whole."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.intake.progress import STATE_TEXTS, DateState, StepKey, StepState
from services.intake.schemas.filings import Asked, StageView
from services.web.answers import Answer
from shared.submissions.sheet import Standing
from shared.text import Text


class ProgrammeView(Answer):
    """The programme of a submission."""

    slug: str
    name: Text
    deadline: datetime | None
    """Of the stage that is asked now."""


class GroupView(Answer):
    """The group of a submission."""

    name: str
    province: str
    amphoe: str
    tambon: str


class Award(Answer):
    """What a submission was awarded, and its amount in the programme's currency."""

    level: str | None
    """None where the round has no levels."""
    label: Text
    amount: Decimal


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


class SubmissionView(Asked):
    """A submission: what is asked now with items, files, findings and the next step; its stages, dates and history."""

    id: UUID
    reference: str
    state: Standing
    state_th: str
    state_en: str
    programme: ProgrammeView
    group: GroupView
    award: Award | None
    queue: QueueView | None
    steps: list[StepView]
    """Of the stage that is asked now."""
    stage: str | None
    """The key of the stage that is asked now, whose items, dates and next step these are."""
    stages: list[StageView]
    milestones: list[MilestoneView]
    history: list[HistoryEntry]
