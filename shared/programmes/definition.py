"""The definition of a programme: every number, date, item, criterion, level and route of one call, as data."""

from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.programmes import consistency
from shared.text import Text

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Part(BaseModel):
    """A part of a definition: unknown fields are mistakes, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenText(Part):
    """A text as a programme's file has it: at least one of the two languages."""

    th: str = Field(default="", min_length=1)
    en: str = Field(default="", min_length=1)

    @model_validator(mode="after")
    def _has_a_language(self) -> Self:
        if not (self.th or self.en):
            raise PydanticCustomError("text_missing", "needs Thai (th) or English (en)")
        return self


def _complete(written: object) -> Text:
    if isinstance(written, Text):
        return written
    text = WrittenText.model_validate(written)
    return Text(text.th or text.en, text.en or text.th)


ProgrammeText = Annotated[Text, BeforeValidator(_complete)]
"""A programme's own text; a language that its file leaves out reads as the other."""


class ItemKind(StrEnum):
    """What a part of a submission can be."""

    PLAN = "plan"
    CLIP = "clip"
    REPORT = "report"
    PHOTO = "photo"
    REPORT_CLIP = "report_clip"


FileType = Literal[
    "pdf",
    "docx",
    "odt",
    "xlsx",
    "ods",
    "pptx",
    "jpg",
    "png",
    "zip",
    "mp4",
    "mov",
    "webm",
    "mkv",
    "3gp",
    "mp3",
    "m4a",
]
"""By content, as `shared.validation.sniffing` finds them, which may not be imported from here; a test compares the two. A `zip` is one of
JPG and PNG pictures only."""


class Item(Part):
    """One part that is asked of a group, and the limits of its files."""

    kind: ItemKind
    label: ProgrammeText
    hint: ProgrammeText | None = None
    required: bool = True
    types: tuple[FileType, ...] = Field(min_length=1)
    """By content, never by name."""
    max_bytes: int = Field(gt=0)
    max_files: int = Field(default=1, gt=0)
    max_seconds: Decimal | None = Field(default=None, gt=0)
    """Longest clip or sound, in seconds."""
    tolerance_seconds: Decimal | None = Field(default=None, ge=0)
    """How much longer it may measure than `max_seconds`; None: one frame of the clip itself, of a sound 0.15 s for what encoders add."""
    min_pages: int | None = Field(default=None, gt=0)
    max_pages: int | None = Field(default=None, gt=0)
    """Of a presentation, slides."""
    min_pictures: int | None = Field(default=None, gt=0)
    max_pictures: int | None = Field(default=None, gt=0, le=200)
    """Of the pictures in one zip; None: 200."""


class Milestone(Part):
    """A step of the programme and the instant by which it is done."""

    key: Key
    label: ProgrammeText
    by: AwareDatetime


class Criterion(Part):
    """What is scored: marks from `min` to `max` in steps of `step`; `weight` is its share of the round's total."""

    key: Key
    label: ProgrammeText
    min: Decimal = Decimal(0)
    max: Decimal = Decimal(10)
    step: Decimal = Field(default=Decimal(1), gt=0)
    weight: Decimal = Field(gt=0)


class Level(Part):
    """What is awarded: how many submissions, and how much money each, in baht."""

    key: Key
    label: ProgrammeText
    quota: int = Field(gt=0)
    amount: Decimal = Field(ge=0, decimal_places=2)


AwardRule = Literal[
    "mean",
    "median",
    "trimmed_mean",
]
"""What a programme may write: the names of `shared.awards.rules`, which may not be imported from here; a test compares the two."""


class Round(Part):
    """One pass of judging: with `keep` it screens, and the best `keep` go on; with `levels` it selects, and the best fill them in order."""

    key: Key
    label: ProgrammeText
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    ballots: int | Literal["all"] = "all"
    """How many ballots each submission needs: a number, or every member of its committee who has no conflict."""
    lease_minutes: int = Field(default=60, gt=0)
    """Length of a claim's lease; an open page renews it."""
    award_rule: AwardRule = "mean"
    """How the scores of a submission's ballots become its score."""
    keep: int | None = Field(default=None, gt=0)
    levels: tuple[Level, ...] = ()


class Committee(Part):
    """Who judges; its members are accounts."""

    key: Key
    label: ProgrammeText


class Route(Part):
    """Which committee judges submissions of these provinces; a route without provinces takes all the rest."""

    committee: Key
    provinces: tuple[str, ...] = ()


class Definition(Part):
    """One call in one year."""

    slug: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    name: ProgrammeText
    purpose: ProgrammeText
    organisation: ProgrammeText
    fiscal_year: int = Field(ge=2500, le=2700)
    """Buddhist era."""
    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,12}$")]
    """Reference numbers of submissions begin with it: `OM63` gives OM63-0001."""
    items: tuple[Item, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...] = Field(min_length=1)
    deadline: Key
    """The milestone by which groups submit."""
    grace_minutes: int = Field(default=0, ge=0)
    """How long after the deadline an upload begun before it may still finish and be submitted."""
    mend_hours: int = Field(default=0, ge=0)
    """How long a group that submitted on time and whose work was returned for changes may fix it, also after the deadline."""
    unfinished_bytes: int | None = Field(default=None, gt=0)
    """How many bytes a group may have announced and not finished; None: twice what all items may hold."""
    reminder_days: tuple[int, ...] = ()
    """Days before the deadline on which groups that have not submitted are reminded."""
    rounds: tuple[Round, ...] = Field(min_length=1)
    committees: tuple[Committee, ...] = Field(min_length=1)
    routing: tuple[Route, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        found = consistency.problems(self.model_dump())
        if found:
            raise ValueError("; ".join(problem.text.en for problem in found))
        return self

    @property
    def deadline_at(self) -> datetime:
        """The instant until which groups submit."""
        return next(milestone.by for milestone in self.milestones if milestone.key == self.deadline)

    @property
    def grace_until(self) -> datetime:
        """The instant until which an upload begun before the deadline may finish."""
        return self.deadline_at + timedelta(minutes=self.grace_minutes)

    @property
    def quota_bytes(self) -> int:
        """How many bytes a group may have announced and not finished."""
        return self.unfinished_bytes or 2 * sum(item.max_bytes * item.max_files for item in self.items)

    def item(self, kind: str) -> Item | None:
        """Return the item of a kind, None when the programme asks for none."""
        return next((item for item in self.items if item.kind == kind), None)

    def round(self, key: str) -> Round | None:
        """Return the round of a key."""
        return next((round_ for round_ in self.rounds if round_.key == key), None)

    def level(self, key: str) -> Level | None:
        """Return the level of a key, from the last round."""
        return next((level for level in self.rounds[-1].levels if level.key == key), None)

    def committee_for(self, province: str) -> str:
        """Return the key of the committee that judges submissions of a province: the first route that names it, else the rest."""
        named = next((route for route in self.routing if province in route.provinces), None)
        return (named or next(route for route in self.routing if not route.provinces)).committee

    def shifted(self, by: timedelta) -> Self:
        """Return the same programme with every milestone moved by a duration."""
        milestones = tuple(milestone.model_copy(update={"by": milestone.by + by}) for milestone in self.milestones)
        return self.model_copy(update={"milestones": milestones})
