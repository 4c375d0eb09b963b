"""The stages of a programme: something is asked (collect), judged (judge) or paid (support). Nothing in code knows a stage's key."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, Discriminator, Field, Tag

from shared.forms.form import Form
from shared.forms.part import Exact, Key, Part, ProgrammeText, Words


class Term(Part):
    """A number of days after what made a submission belong to the stage. The first day is not counted; it ends with a working day."""

    days: int = Field(ge=0, le=3660)


def _when(written: object) -> str | None:
    """Return which form of a date something is, so that only that form's faults are told."""
    if isinstance(written, Mapping | Term):
        return "term"
    if isinstance(written, datetime):
        return "instant"
    if isinstance(written, date):
        return "day"
    if isinstance(written, str) and _DAY.match(written):
        return "day" if _DAY.fullmatch(written) else "instant"
    return None


_DAY = re.compile(r"\s*\d+-\d+-\d+\s*")
When = Annotated[
    Annotated[AwareDatetime, Tag("instant")] | Annotated[date, Tag("day")] | Annotated[Term, Tag("term")],
    Discriminator(_when, custom_error_type="when_unclear", custom_error_message="must be a date with time, a day or a term of days"),
]
"""An instant; a day, which begins or ends with it in the programme's time zone; or a term of days."""

Condition = dict[Key, Words]
"""For whom a stage is: by the key of an earlier stage the states its row may have; by `category`, `province` or `district` the names."""


def _form(written: object) -> str:
    return "name" if isinstance(written, str) else "form"


NamedForm = Annotated[Annotated[Key, Tag("name")] | Annotated[Form, Tag("form")], Discriminator(_form)]
"""A form by its name, or written out."""


class Office(StrEnum):
    """Who fills in what a stage asks: the applicant, or the officers of an area."""

    APPLICANT = "applicant"
    DISTRICT = "district"
    PROVINCE = "province"
    DEPARTMENT = "department"


class StagePart(Part):
    """What every stage has."""

    key: Key
    """What conditions call it."""
    label: ProgrammeText
    """As people are shown it."""
    hint: ProgrammeText | None = None
    """A sentence under the label."""
    for_: Condition = Field(default_factory=dict, alias="for")
    """Empty: for every submission."""
    opens: When | None = None
    """When it begins; None: as soon as a submission belongs to it."""
    by: When | None = None
    """When it is to be done."""


class Every(Part):
    """How far apart repetitions are."""

    days: int = Field(default=0, ge=0, le=3660)
    months: int = Field(default=0, ge=0, le=120)


class Repeat(Part):
    """A stage that is asked several times: `report` becomes `report_1`, `report_2`, …"""

    times: int = Field(ge=1, le=60)
    """How often it is asked in all."""
    every: Every


class Collect(StagePart):
    """Something is asked: answers and files by a form, until a day."""

    kind: Literal["collect"]
    by: When
    """The deadline."""
    form: NamedForm
    """One of the programme's forms by name, or a form of its own."""
    filed_by: tuple[Office, ...] = Field(default=(Office.APPLICANT,), min_length=1)
    """Who fills it in: the first of these that has an officer for the submission's area."""
    accepted_by: Literal["checks", "officer", "district", "province", "department"] = "checks"
    """Checks alone; or an officer: of this level, or (officer) of the level above who filled it in."""
    grace_minutes: int = Field(default=0, ge=0)
    """How long after the deadline an upload begun before it may still finish and be submitted."""
    mend_hours: int = Field(default=0, ge=0)
    """How long work that was submitted on time and returned for changes may be fixed, also after the deadline."""
    reminder_days: tuple[int, ...] = ()
    """Days before the deadline on which those who have not submitted are reminded."""
    unfinished_bytes: int | None = Field(default=None, gt=0)
    """How many bytes one may have announced and not finished; None: twice what all items may hold."""
    repeat: Repeat | None = None
    """Asked again and again, each time later."""

    def acceptor(self, filed_by: Office) -> str:
        """Return the lowest level of officers who accept what that office filed: the one named, else the one above."""
        if self.accepted_by in {Office.DISTRICT, Office.PROVINCE, Office.DEPARTMENT}:
            return self.accepted_by
        levels = list(Office)
        return levels[min(levels.index(filed_by) + 1, len(levels) - 1)].value


class Criterion(Part):
    """What is scored: marks from `min` to `max` in steps of `step`; `weight` is its share of the round's total."""

    key: Key
    label: ProgrammeText
    min: Exact = Decimal(0)
    max: Exact = Decimal(10)
    step: Exact = Field(default=Decimal(1), gt=0)
    weight: Exact = Field(gt=0)
    """Its share of the total."""


def _by_name(written: object) -> str:
    return "by_name" if isinstance(written, Mapping) else "number"


Quota = Annotated[
    Annotated[int, Field(gt=0), Tag("number")] | Annotated[dict[str, Annotated[int, Field(ge=0)]], Tag("by_name")],
    Discriminator(_by_name),
]
"""How many: of the whole ranking or of each part of it; or by the name of each part."""


class Level(Part):
    """What is awarded: how many submissions, how much money each, and the least score for it."""

    key: Key
    label: ProgrammeText
    quota: Quota
    """How many submissions."""
    amount: Exact = Field(default=Decimal(0), ge=0, decimal_places=2)
    """Money for each, in the currency of the programme."""
    min_score: Exact | None = Field(default=None, ge=0, le=100)
    """The least score for it, of 100."""


AwardRule = Literal[
    "mean",
    "median",
    "trimmed_mean",
]
"""What a programme may write: the names of `shared.awards.rules`, which may not be imported from here; a test compares the two."""


class Route(Part):
    """Which committee judges: the first route that fits a submission. One without provinces, categories and answers takes all the rest."""

    committee: Key
    provinces: tuple[str, ...] = ()
    """Official Thai names."""
    categories: tuple[Key, ...] = ()
    answers: dict[str, Words] | None = None
    """By `stage.question`, the answers that it takes."""

    @property
    def takes_the_rest(self) -> bool:
        """Whether it takes every submission."""
        return not (self.provinces or self.categories or self.answers)


class Grant(Part):
    """Where the amount of an award comes from: what was requested in an answer, up to a limit, or a set amount."""

    answer: str | None = None
    """`stage.question` of a money question."""
    at_most: Exact | None = Field(default=None, gt=0, decimal_places=2)
    """The most that a requested amount comes to."""
    amount: Exact | None = Field(default=None, gt=0, decimal_places=2)
    """The same for each."""


def _all(written: object) -> str:
    return "all" if isinstance(written, str) and written[:1].isalpha() else "number"


Ballots = Annotated[Annotated[int, Field(gt=0), Tag("number")] | Annotated[Literal["all"], Tag("all")], Discriminator(_all)]


class Judge(StagePart):
    """One pass of judging. With `keep` or `pass_score` it screens; with `levels` it selects, and the best fill them in order."""

    kind: Literal["judge"]
    reads: tuple[Key, ...] | None = None
    """The collect stages it reads; None: all that come earlier in the list."""
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    """What is marked."""
    ballots: Ballots = "all"
    """How many ballots each submission needs: a number, or every member of its committee who has no conflict."""
    lease_minutes: int = Field(default=60, gt=0)
    """Length of a claim's lease; an open page renews it."""
    award_rule: AwardRule = "mean"
    """How the scores of a submission's ballots become its score."""
    keep: Quota | None = None
    """How many go on."""
    pass_score: Exact | None = Field(default=None, ge=0, le=100)
    """The least score to go on."""
    levels: tuple[Level, ...] = ()
    """What is awarded, the best first."""
    within: Literal["category", "province", "committee"] | None = None
    """The parts in which submissions are ranked, each with its own numbers; None: all in one ranking."""
    routing: tuple[Route, ...] | None = None
    """None: the programme's."""
    grant: Grant | None = None
    """None: the amount of the level."""

    def level(self, key: str) -> Level | None:
        """Return the level of a key."""
        return next((level for level in self.levels if level.key == key), None)


class Support(StagePart):
    """One payment: a share of what a judge stage awarded."""

    kind: Literal["support"]
    of: Key | None = None
    """The judge stage whose award is paid; None: the last judge stage before it in the list."""
    share: Exact = Field(default=Decimal(100), gt=0, le=100)
    """Percent of the award."""
    purpose: ProgrammeText | None = None
    """What the payment is for."""


Stage = Annotated[Collect | Judge | Support, Field(discriminator="kind")]
