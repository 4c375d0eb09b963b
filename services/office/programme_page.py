"""One programme as its page shows it: its stages, the submissions that were looked for, invitations, exports, dates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Literal
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from services.office.problem import Problem
from services.office.programme_view import programme_view
from services.office.ranking import RankingRow, ranking_rows
from services.office.schemas.programmes import RoundProgress
from services.office.stage_rows import FILING_TAGS, StageRow, opened, stage_rows
from services.office.texts import EXPORTS
from services.web.components import Address
from services.web.templates import Page, PageModel
from shared.awards import queries as awards
from shared.errors import Refusal
from shared.listing import overview
from shared.listing.deadline import deadline
from shared.listing.filings import FilingState
from shared.listing.overview import ListedSubmission
from shared.people.models import Role
from shared.people.person import Act, Person, Scope, may
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.reviews import queries as reviews
from shared.submissions.queries import invited_count
from shared.submissions.sheet import STANDINGS, Standing
from shared.text import Tag, Text, plural
from shared.thai.places import provinces
from shared.validation.queries import findings_of

PAGE = 100


class Sought(BaseModel):
    """Which submissions the list shows, as its form sends them: an empty field asks for nothing."""

    status: Standing | Literal[""] = ""
    stage: str = Field("", max_length=40)
    filing: FilingState | Literal[""] = ""
    province: str = ""
    q: str = Field("", max_length=100)
    after: str = Field("", max_length=60)

    def following(self, reference: str) -> str:
        """Return the query of the page that begins after a reference."""
        return urlencode({**self.model_dump(mode="json"), "after": reference})


class StatusCount(PageModel):
    """How many submissions have a status."""

    status: Standing
    tag: Tag
    count: int


class LatestRanking(PageModel):
    """The ranking of the round that was opened last."""

    label: Text
    rows: list[RankingRow]


class StatusChoice(PageModel):
    """A status that can be looked for."""

    status: Standing
    label: Text
    is_chosen: bool


class StageChoice(PageModel):
    """A collect stage whose filings can be looked for."""

    key: str
    label: Text
    is_chosen: bool


class FilingChoice(PageModel):
    """A state of filings that can be looked for."""

    state: FilingState
    label: Text
    is_chosen: bool


class SubmissionRow(PageModel):
    """A submission in the list, with the last finding of its files."""

    id: UUID
    reference: str
    group: str
    address: Address
    tag: Tag
    finding: Text | None


class DateRow(PageModel):
    """A date of the programme: when a stage ends, or a milestone."""

    label: Text
    by: datetime
    is_past: bool


class Export(PageModel):
    """A table to take away."""

    name: str
    label: Text


class ProgrammePage(Page):
    """A programme and how far it is."""

    template: ClassVar[str] = "office/programme.html"

    slug: str
    name: Text
    fiscal_year: int
    version: int
    """Of its document."""
    may_manage: bool
    deadline_at: datetime | None
    has_ended: bool
    problem: Problem | None
    statuses: list[StatusCount]
    stages: list[StageRow]
    ranking: LatestRanking | None
    sought: Sought
    status_choices: list[StatusChoice]
    stage_choices: list[StageChoice]
    filing_choices: list[FilingChoice]
    provinces: list[str]
    """Empty for a person of one province."""
    listed: list[SubmissionRow]
    following: str | None
    """The query of the next page."""
    invited: int
    targets: int
    invite_text: Text | None
    """What the button says that invites the rest; None where there is nobody to invite, or not for this person."""
    exports: list[Export]
    dates: list[DateRow]


def programme_page(
    session: Session, programme: Programme, person: Person, sought: Sought, *, now: datetime, refusal: Refusal | None = None
) -> ProgrammePage:
    """Return a programme as `person` may see it, with the submissions that were looked for."""
    seen, definition, here = programme_view(session, programme, person, now=now), programme.definition, Scope(programme_id=programme.id)
    may_manage, may_rank = may(person, Act.MANAGE_PROGRAMME, here), may(person, Act.SEE_RANKING, here)
    found = overview.listing(
        session,
        programme.id,
        person,
        now=now,
        status=[sought.status] if sought.status else [],
        stage=sought.stage or None,
        filing=sought.filing or None,
        province=sought.province or None,
        text=sought.q or None,
        after=sought.after or None,
        limit=PAGE + 1,
    )
    invited, ends = invited_count(session, programme.id), deadline(definition)
    return ProgrammePage(
        slug=programme.slug,
        name=definition.name,
        fiscal_year=definition.fiscal_year,
        version=programme.version,
        may_manage=may_manage,
        deadline_at=ends,
        has_ended=ends is not None and now > ends,
        problem=Problem.of(refusal),
        statuses=status_counts(seen.statuses),
        stages=stage_rows(definition, seen, may_manage=may_manage, may_rank=may_rank),
        ranking=_ranking(session, programme, person, seen.rounds) if may_rank else None,
        sought=sought,
        status_choices=[
            StatusChoice(status=status, label=row.tag.label, is_chosen=status == sought.status) for status, row in STANDINGS.items()
        ],
        stage_choices=[StageChoice(key=one.key, label=one.label, is_chosen=one.key == sought.stage) for one in definition.collects],
        filing_choices=[FilingChoice(state=state, label=tag.label, is_chosen=state == sought.filing) for state, tag in FILING_TAGS.items()],
        provinces=[one.th for one in provinces()] if _sees_all_provinces(person) else [],
        listed=_listed(session, found[:PAGE]),
        following=sought.following(found[PAGE - 1].submission.reference) if len(found) > PAGE else None,
        invited=invited,
        targets=seen.targets,
        invite_text=_invite_text(seen.targets - invited) if may_manage and invited < seen.targets else None,
        exports=[Export(name=name, label=label) for name, label in EXPORTS.items()] if person.has(Role.OFFICER) else [],
        dates=_dates(definition, now),
    )


def status_counts(counts: Mapping[str, int]) -> list[StatusCount]:
    """Return how many submissions have which status, in the order of a submission's way."""
    return [StatusCount(status=status, tag=row.tag, count=counts[status]) for status, row in STANDINGS.items() if status in counts]


def _ranking(session: Session, programme: Programme, person: Person, found: Sequence[RoundProgress]) -> LatestRanking | None:
    """Return the ranking of the round that was opened last; None before any was."""
    ranked = opened(found)
    if not ranked:
        return None
    context = reviews.load_round(session, programme, ranked[-1].key)
    decision = awards.current_decision(session, context.row.id)
    places = decision.places if decision else awards.rank_round(session, context).places
    rows = ranking_rows(places, context.definition, context.rules, seen=overview.seen_by(session, programme.id, person))
    return LatestRanking(label=context.rules.label, rows=rows)


def _listed(session: Session, listed: Sequence[ListedSubmission]) -> list[SubmissionRow]:
    """Return submissions with the last finding of their files. One query."""
    findings = findings_of(session, [upload.id for one in listed for upload in one.uploads])
    rows = []
    for one in listed:
        found = next((findings[upload.id][0] for upload in reversed(one.uploads) if upload.id in findings), None)
        rows.append(
            SubmissionRow(
                id=one.submission.id,
                reference=one.submission.reference,
                group=one.group.name,
                address=Address.model_validate(one.group, from_attributes=True),
                tag=STANDINGS[one.standing].tag,
                finding=found.text if found else None,
            )
        )
    return rows


def _invite_text(remaining: int) -> Text:
    return plural(
        remaining, th="ส่งคำเชิญอีก {count} กลุ่ม", one="Invite the remaining {count} group", many="Invite the remaining {count} groups"
    )


def _dates(definition: Definition, now: datetime) -> list[DateRow]:
    return [DateRow(label=label, by=by, is_past=by < now) for _, label, by in definition.dates()]


def _sees_all_provinces(person: Person) -> bool:
    return any(grant.province is None for grant in person.grants)
