"""One programme as its page shows it: its rounds, the submissions that were looked for, invitations, exports, milestones."""

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
from services.office.texts import EXPORTS
from services.web.components import Address
from services.web.templates import Page, PageModel
from shared.awards import queries as awards
from shared.errors import Refusal
from shared.listing import overview
from shared.listing.overview import ListedSubmission
from shared.people.models import Role
from shared.people.person import Act, Person, Scope, may
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.reviews import queries as reviews
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.sheet import ROUND_SHEET
from shared.submissions.lifecycle import Status
from shared.submissions.queries import invited_count
from shared.submissions.sheet import SHEET
from shared.text import Tag, Text, plural
from shared.thai.places import provinces
from shared.validation.queries import findings_of

PAGE = 100


class Sought(BaseModel):
    """Which submissions the list shows, as its form sends them: an empty field asks for nothing."""

    status: Status | Literal[""] = ""
    province: str = ""
    q: str = Field("", max_length=100)
    after: str = Field("", max_length=60)

    def following(self, reference: str) -> str:
        """Return the query of the page that begins after a reference."""
        return urlencode({**self.model_dump(mode="json"), "after": reference})


class StatusCount(PageModel):
    """How many submissions have a status."""

    status: Status
    tag: Tag
    count: int


class RoundRow(PageModel):
    """A round of the programme; `can_open` and `can_close` say what is offered to the person."""

    key: str
    label: Text
    tag: Tag
    was_opened: bool
    opened_at: datetime | None
    closed_at: datetime | None
    entries: int
    ballots: int
    can_rank: bool
    can_open: bool
    can_close: bool


class LatestRanking(PageModel):
    """The ranking of the round that was opened last."""

    label: Text
    rows: list[RankingRow]


class StatusChoice(PageModel):
    """A status that can be looked for."""

    status: Status
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


class MilestoneRow(PageModel):
    """A milestone of the programme."""

    label: Text
    by: datetime
    is_past: bool
    is_deadline: bool


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
    deadline_at: datetime
    has_ended: bool
    problem: Problem | None
    statuses: list[StatusCount]
    rounds: list[RoundRow]
    ranking: LatestRanking | None
    sought: Sought
    status_choices: list[StatusChoice]
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
    milestones: list[MilestoneRow]


def programme_page(
    session: Session, programme: Programme, person: Person, sought: Sought, *, now: datetime, refusal: Refusal | None = None
) -> ProgrammePage:
    """Return a programme as `person` may see it, with the submissions that were looked for."""
    seen, definition, here = programme_view(session, programme, person), programme.definition, Scope(programme_id=programme.id)
    may_manage, may_rank = may(person, Act.MANAGE_PROGRAMME, here), may(person, Act.SEE_RANKING, here)
    found = overview.listing(
        session,
        programme.id,
        person,
        status=[sought.status] if sought.status else [],
        province=sought.province or None,
        text=sought.q or None,
        after=sought.after or None,
        limit=PAGE + 1,
    )
    invited = invited_count(session, programme.id)
    return ProgrammePage(
        slug=programme.slug,
        name=definition.name,
        fiscal_year=definition.fiscal_year,
        deadline_at=definition.deadline_at,
        has_ended=now > definition.deadline_at,
        problem=Problem.of(refusal),
        statuses=status_counts(seen.statuses),
        rounds=_rounds(seen.rounds, may_manage=may_manage, may_rank=may_rank),
        ranking=_ranking(session, programme, person, seen.rounds) if may_rank else None,
        sought=sought,
        status_choices=[
            StatusChoice(status=status, label=row.tag.label, is_chosen=status == sought.status) for status, row in SHEET.items()
        ],
        provinces=[one.th for one in provinces()] if _sees_all_provinces(person) else [],
        listed=_listed(session, found[:PAGE]),
        following=sought.following(found[PAGE - 1].submission.reference) if len(found) > PAGE else None,
        invited=invited,
        targets=seen.targets,
        invite_text=_invite_text(seen.targets - invited) if may_manage and invited < seen.targets else None,
        exports=[Export(name=name, label=label) for name, label in EXPORTS.items()] if person.has(Role.OFFICER) else [],
        milestones=_milestones(definition, now),
    )


def status_counts(counts: Mapping[str, int]) -> list[StatusCount]:
    """Return how many submissions have which status, in the order of a submission's way."""
    return [StatusCount(status=status, tag=row.tag, count=counts[status]) for status, row in SHEET.items() if status in counts]


def _rounds(found: Sequence[RoundProgress], *, may_manage: bool, may_rank: bool) -> list[RoundRow]:
    """Return the rounds; the next to be opened is the first that waits after rounds that are all decided."""
    is_decided = [one.status == RoundStatus.DECIDED for one in found]
    return [
        RoundRow(
            key=one.key,
            label=one.label,
            tag=ROUND_SHEET[one.status].tag,
            was_opened=one.status != RoundStatus.WAITING,
            opened_at=one.opened_at,
            closed_at=one.closed_at,
            entries=one.entries,
            ballots=one.ballots,
            can_rank=may_rank and one.status != RoundStatus.WAITING,
            can_open=may_manage and one.status == RoundStatus.WAITING and all(is_decided[:number]),
            can_close=may_manage and one.status == RoundStatus.OPEN,
        )
        for number, one in enumerate(found)
    ]


def _ranking(session: Session, programme: Programme, person: Person, found: Sequence[RoundProgress]) -> LatestRanking | None:
    """Return the ranking of the round that was opened last; None before any was."""
    opened = [one for one in found if one.status != RoundStatus.WAITING]
    if not opened:
        return None
    context = reviews.load_round(session, programme, opened[-1].key)
    decision = awards.current_decision(session, context.row.id)
    places = decision.places if decision else awards.rank_round(session, context).places
    rows = ranking_rows(places, context.rules, seen=overview.seen_by(session, programme.id, person))
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
                tag=SHEET[one.submission.status].tag,
                finding=found.text if found else None,
            )
        )
    return rows


def _invite_text(remaining: int) -> Text:
    return plural(
        remaining, th="ส่งคำเชิญอีก {count} กลุ่ม", one="Invite the remaining {count} group", many="Invite the remaining {count} groups"
    )


def _milestones(definition: Definition, now: datetime) -> list[MilestoneRow]:
    return [
        MilestoneRow(label=one.label, by=one.by, is_past=one.by < now, is_deadline=one.key == definition.deadline)
        for one in definition.milestones
    ]


def _sees_all_provinces(person: Person) -> bool:
    return any(grant.province is None for grant in person.grants)
