"""What waits for an officer: filings that their office has to fill in, and filings that wait for their acceptance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from shared.listing.filings import WAITING, closes
from shared.people.models import Role
from shared.people.person import LEVELS, Person, RoleGrant, level_of
from shared.programmes.models import Group, Programme
from shared.programmes.stages import Collect, Office
from shared.submissions.lifecycle import FilingStatus, VersionStatus
from shared.submissions.models import Filing, FilingVersion, Submission

SHOWN = 200
"""The most filings that one list shows; it says how many there are."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filing that waits for somebody."""

    filing: Filing
    submission: Submission
    group: Group
    programme: Programme
    stage: Collect
    closes_at: datetime
    since: datetime | None
    """When what waits to be accepted was submitted."""
    is_mine: bool
    """It is reminded of by this officer, who was named for it."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """The first of what waits, and how many there are of it."""

    waiting: Sequence[Waiting]
    count: int


def to_file(session: Session, person: Person, *, limit: int = SHOWN) -> Worklist:
    """Return what the offices of a person have to fill in, by its deadline: what is overdue comes first. One query."""
    offices = [and_(Filing.filed_by == Office(level_of(grant)), _area(grant)) for grant in _offices(person)]
    query = (
        select(Filing, Submission, Group, Programme, closes(), func.count().over())
        .join(Submission, Submission.id == Filing.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .join(Programme, Programme.id == Submission.programme_id)
        .where(or_(false(), *offices), Filing.status.in_(WAITING), _takes_part())
        .order_by(closes(), Submission.reference, Filing.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    found = [_waiting(filing, submission, group, programme, at, None, person) for filing, submission, group, programme, at, _ in rows]
    return Worklist([one for one in found if one is not None], rows[0][5] if rows else 0)


def to_accept(session: Session, person: Person, *, below: bool = False, limit: int = SHOWN) -> Worklist:
    """Return what waits for a person's acceptance, the earliest submitted first: of their level; with `below` of lower levels as well.

    Those that they submitted or prepared themselves are left out: another accepts them. Two queries, whatever their number.
    """
    programmes = session.scalars(select(Programme)).all()
    levels = [_accepts(grant, programmes, below=below) for grant in _offices(person)]
    newest = select(func.max(FilingVersion.number)).where(FilingVersion.filing_id == Filing.id).correlate(Filing).scalar_subquery()
    query = (
        select(Filing, Submission, Group, Programme, closes(), FilingVersion.submitted_at, func.count().over())
        .join(Submission, Submission.id == Filing.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .join(Programme, Programme.id == Submission.programme_id)
        .join(FilingVersion, FilingVersion.filing_id == Filing.id)
        .where(
            or_(false(), *levels),
            Filing.status.in_((FilingStatus.SUBMITTED, FilingStatus.ACCEPTED)),
            _takes_part(),
            FilingVersion.number == newest,
            FilingVersion.status == VersionStatus.CHECKING,
            FilingVersion.checked_at.is_not(None),
            FilingVersion.by_id.is_distinct_from(person.account_id),
            func.array_position(FilingVersion.helper_ids, person.account_id).is_(None),
        )
        .order_by(FilingVersion.submitted_at, Submission.reference, Filing.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    found = [_waiting(*row[:6], person) for row in rows]
    return Worklist([one for one in found if one is not None], rows[0][6] if rows else 0)


def _accepts(grant: RoleGrant, programmes: Sequence[Programme], *, below: bool) -> ColumnElement[bool]:
    """Return the condition that an office accepts a filing: by its programme, stage, and who filed it."""
    mine = level_of(grant)
    levels = LEVELS[: LEVELS.index(mine) + 1] if below else (mine,)
    fitting: list[ColumnElement[bool]] = []
    for programme in programmes:
        for stage in programme.definition.collects:
            filers = [office for office in stage.filed_by if stage.acceptor(office) in levels]
            if stage.accepted_by != "checks" and filers:
                fitting.append(and_(Submission.programme_id == programme.id, Filing.stage == stage.key, Filing.filed_by.in_(filers)))
    return and_(or_(false(), *fitting), _area(grant))


def _offices(person: Person) -> list[RoleGrant]:
    return [grant for grant in person.grants if grant.role is Role.OFFICER]


def _area(grant: RoleGrant) -> ColumnElement[bool]:
    here: list[ColumnElement[bool]] = []
    if grant.province is not None:
        here.append(Group.province == grant.province)
        if grant.district is not None:
            here.append(Group.amphoe == grant.district)
    return and_(Filing.id.is_not(None), *here)


def _takes_part() -> ColumnElement[bool]:
    return and_(Submission.withdrawn_at.is_(None), Submission.disqualified_at.is_(None))


def _waiting(
    filing: Filing,
    submission: Submission,
    group: Group,
    programme: Programme,
    closes_at: datetime,
    since: datetime | None,
    person: Person,
) -> Waiting | None:
    stage = programme.definition.collect(filing.stage)
    if stage is None:
        return None
    is_mine = filing.coordinator_id is not None and filing.coordinator_id == person.account_id
    return Waiting(filing, submission, group, programme, stage, closes_at, since, is_mine)
