"""The definition of a programme: every number, date, form, criterion, level and route of one call, as data (its document)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BeforeValidator, Field, ValidationInfo, model_validator

from shared.forms.form import Form
from shared.forms.part import Key, Part, ProgrammeText
from shared.forms.reading import Writing
from shared.programmes import applicants, consistency, repeating
from shared.programmes.stages import Collect, Judge, NamedForm, Route, Stage, Support
from shared.text import Text

STORED = {"stored": True}
"""Of documents that were checked when they were saved."""
FORMAT: Literal[2] = 2
"""Of documents written now; older ones are upgraded on reading, see `shared.programmes.upgrading`."""


class Milestone(Part):
    """A date that people are shown; nothing hangs on it."""

    key: Key
    label: ProgrammeText
    by: AwareDatetime
    """The instant that is shown."""


class Named(Part):
    """Something with a key and a label: a committee, a category."""

    key: Key
    label: ProgrammeText


class Committee(Named):
    """Who judges; its members are accounts."""


class Category(Named):
    """A kind of submissions, ranked or judged apart."""


def _known_zone(name: object) -> object:
    if isinstance(name, str):
        try:
            ZoneInfo(name)
        except (OSError, ValueError):
            raise ValueError(f"unknown time zone {name}") from None
    return name


class Definition(Part):
    """One call: its stages in the order in which people think of them."""

    format: Literal[2] = FORMAT
    """Version of the format; left out in a new document."""
    slug: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    """The name in addresses; never changes."""
    name: ProgrammeText
    """The programme, as people are shown it."""
    purpose: ProgrammeText
    """What it is for."""
    organisation: ProgrammeText
    """Who runs it."""
    fiscal_year: int = Field(ge=1900, le=2700)
    """Of the calendar's era."""
    calendar: Literal["buddhist", "gregorian"] = "buddhist"
    """The era in which people are shown dates."""
    languages: tuple[Literal["th", "en"], ...] = Field(default=("th", "en"), min_length=1)
    """What its texts are in; with one language every text has it."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "THB"
    """ISO 4217."""
    timezone: Annotated[str, BeforeValidator(_known_zone)] = "Asia/Bangkok"
    """IANA name; days begin and end in it."""
    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,12}$")]
    """Reference numbers of submissions begin with it: `OM63` gives OM63-0001."""
    applicant: NamedForm = "savings_group"
    """What is asked of an applicant: the name of a form that is shipped or of this document, or a form of its own."""
    categories: tuple[Category, ...] = ()
    """Kinds of submissions that are ranked or judged apart."""
    category: str | None = None
    """The choice question that says it, as `stage.question` or `applicant.question`; its options are the categories' keys."""
    forms: dict[Key, Form] = Field(default_factory=dict)
    """Forms by name, for stages that share them."""
    stages: tuple[Stage, ...] = Field(min_length=1)
    """What is asked, judged and paid, in the order in which people think of it."""
    milestones: tuple[Milestone, ...] = ()
    """More dates that people are shown."""
    committees: tuple[Committee, ...] = ()
    """Who judges."""
    routing: tuple[Route, ...] = ()
    """Which committee judges, where a judge stage has no routing of its own."""

    @classmethod
    def stored(cls, document: Mapping[str, Any]) -> Self:
        """Return the definition of a document that was checked when it was saved: rules that came later do not shut out what is there."""
        return cls.model_validate(document, context=STORED)

    @model_validator(mode="after")
    def _agrees_with_itself(self, info: ValidationInfo) -> Self:
        if info.context is STORED:
            return self
        found = consistency.problems(self.model_dump(mode="json"))
        if found:
            raise ValueError("; ".join(problem.text.en for problem in found))
        return self

    @cached_property
    def applicant_form(self) -> Form:
        """What is asked of an applicant; a form of the document comes before a shipped one of the same name."""
        if isinstance(self.applicant, Form):
            return self.applicant
        return self.forms.get(self.applicant) or applicants.shipped(self.applicant)

    @cached_property
    def timeline(self) -> tuple[Collect | Judge | Support, ...]:
        """The stages, repeated ones written out."""
        return tuple(one for stage in self.stages for one in repeating.expanded(stage))

    @cached_property
    def collects(self) -> tuple[Collect, ...]:
        """The stages that ask."""
        return tuple(stage for stage in self.timeline if isinstance(stage, Collect))

    @cached_property
    def judges(self) -> tuple[Judge, ...]:
        """The stages that judge."""
        return tuple(stage for stage in self.timeline if isinstance(stage, Judge))

    @cached_property
    def supports(self) -> tuple[Support, ...]:
        """The stages that pay."""
        return tuple(stage for stage in self.timeline if isinstance(stage, Support))

    def stage(self, key: str) -> Collect | Judge | Support | None:
        """Return the stage of a key."""
        return next((stage for stage in self.timeline if stage.key == key), None)

    def collect(self, key: str) -> Collect | None:
        """Return the collect stage of a key."""
        return next((stage for stage in self.collects if stage.key == key), None)

    def judge(self, key: str) -> Judge | None:
        """Return the judge stage of a key."""
        return next((stage for stage in self.judges if stage.key == key), None)

    def support(self, key: str) -> Support | None:
        """Return the support stage of a key."""
        return next((stage for stage in self.supports if stage.key == key), None)

    def form_of(self, stage: Collect) -> Form:
        """Return what a stage asks."""
        return stage.form if isinstance(stage.form, Form) else self.forms[stage.form]

    def reads_of(self, stage: Judge) -> tuple[str, ...]:
        """Return the keys of the collect stages that a judge stage reads: those it names, else all before it in the list."""
        if stage.reads is not None:
            return stage.reads
        before = self.timeline[: self.timeline.index(stage)]
        return tuple(one.key for one in before if isinstance(one, Collect))

    def award_of(self, stage: Support) -> Judge | None:
        """Return the judge stage whose award a payment is a share of: the one it names, else the last before it in the list."""
        if stage.of is not None:
            return self.judge(stage.of)
        before = self.timeline[: self.timeline.index(stage)]
        return next((one for one in reversed(before) if isinstance(one, Judge)), None)

    def routing_of(self, stage: Judge) -> tuple[Route, ...]:
        """Return the routes of a judge stage, its own or the programme's."""
        return self.routing if stage.routing is None else stage.routing

    def quota_bytes(self, stage: Collect) -> int:
        """Return how many bytes may be announced and not finished at a stage."""
        return stage.unfinished_bytes or 2 * sum(item.max_bytes * item.max_files for item in self.form_of(stage).items)

    @cached_property
    def writing(self) -> Writing:
        """How answers are written for people."""
        return Writing(self.calendar, self.currency)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone in which its days begin and end."""
        return ZoneInfo(self.timezone)

    def level_label(self, key: str) -> Text | None:
        """Return the name of a level, of whichever judge stage has it."""
        return next((level.label for judge in self.judges for level in judge.levels if level.key == key), None)

    def dates(self) -> list[tuple[str, Text, datetime]]:
        """Return the dates that people are shown as (key, label, instant), in order: of stages that end at one, and milestones."""
        ends = [(stage.key, stage.label, self._end(stage.by)) for stage in self.timeline]
        found = [(key, label, at) for key, label, at in ends if at is not None]
        found += [(milestone.key, milestone.label, milestone.by) for milestone in self.milestones]
        return sorted(found, key=lambda one: one[2])

    def _end(self, when: object) -> datetime | None:
        if isinstance(when, datetime):
            return when
        if isinstance(when, date):
            return datetime(when.year, when.month, when.day, 23, 59, 59, tzinfo=self.zone)
        return None

    def shifted(self, by: timedelta) -> Self:
        """Return the same programme with every date of it moved by a duration."""

        def moved(when: Any) -> Any:
            return when + by if isinstance(when, date) else when

        parts = {name: getattr(self, name) for name in type(self).model_fields}
        stages = [stage.model_copy(update={"opens": moved(stage.opens), "by": moved(stage.by)}) for stage in self.stages]
        milestones = [milestone.model_copy(update={"by": milestone.by + by}) for milestone in self.milestones]
        return self.model_validate({**parts, "stages": stages, "milestones": milestones})
