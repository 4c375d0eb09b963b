"""What those who run a programme see of it: how many submissions have which status, and the list of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from shared.access.visibility import visible
from shared.awards.lifecycle import OutcomeKind
from shared.awards.models import Outcome
from shared.listing.filings import FilingState, is_in
from shared.listing.standing import standing
from shared.people.person import Act, Person
from shared.programmes.models import Group
from shared.reviews.models import Entry
from shared.submissions import queries as submissions
from shared.submissions.models import Filing, Submission, Upload
from shared.submissions.sheet import Standing


@dataclass(frozen=True, slots=True)
class ListedSubmission:
    """A submission as a list shows it."""

    submission: Submission
    group: Group
    standing: Standing
    level: str | None
    """The key of the level it was awarded last."""
    committee: str | None
    """Of the round it entered last."""
    filings: Sequence[Filing]
    """In the order in which they were made."""
    uploads: Sequence[Upload]
    """The files of their drafts."""


def statuses(session: Session, programme_id: UUID, person: Person) -> dict[str, int]:
    """Return, by status, the number of submissions that a person may see."""
    return statuses_by_programme(session, [programme_id], person).get(programme_id, {})


def statuses_by_programme(session: Session, programme_ids: Collection[UUID], person: Person) -> dict[UUID, dict[str, int]]:
    """Return, by programme and status, the number of submissions that a person may see. One query."""
    counted = (
        select(Submission.programme_id, standing().label("standing"))
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id.in_(programme_ids), visible(person, Act.SEE_SUBMISSION))
        .subquery()
    )
    rows = session.execute(
        select(counted.c.programme_id, counted.c.standing, func.count())
        .group_by(counted.c.programme_id, counted.c.standing)
        .order_by(counted.c.standing)
    )
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for programme_id, status, count in rows:
        counts[programme_id][status] = count
    return counts


def seen_by(session: Session, programme_id: UUID, person: Person) -> set[UUID]:
    """Return which submissions of a programme a person may see."""
    rows = session.scalars(
        select(Submission.id)
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id == programme_id, visible(person, Act.SEE_SUBMISSION))
    )
    return set(rows)


def listing(
    session: Session,
    programme_id: UUID,
    person: Person,
    *,
    act: Act = Act.SEE_SUBMISSION,
    now: datetime,
    status: Sequence[str] = (),
    stage: str | None = None,
    filing: FilingState | None = None,
    province: str | None = None,
    text: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> list[ListedSubmission]:
    """Return submissions a person may do `act` with, by reference, those after `after`. Three queries, whatever their number.

    `stage` and `filing`: those that have a filing at that stage, or one in that state, or both. `text` is looked for in references,
    names of groups and of places.
    """
    conditions: list[ColumnElement[bool]] = [Submission.programme_id == programme_id, visible(person, act)]
    if status:
        conditions.append(standing().in_(status))
    if stage or filing:
        conditions.append(is_in(stage, filing, now=now))
    if province:
        conditions.append(Group.province == province)
    if text:
        found = f"%{_literal(text)}%"
        conditions.append(
            or_(*(column.ilike(found, escape="\\") for column in (Submission.reference, Group.name, Group.tambon, Group.amphoe)))
        )
    if after:
        conditions.append(Submission.reference > after)
    rows = session.execute(
        select(Submission, Group, standing(), _level(), _committee())
        .join(Group, Group.id == Submission.group_id)
        .where(*conditions)
        .order_by(Submission.reference)
        .limit(limit)
    ).all()
    filings: dict[UUID, list[Filing]] = defaultdict(list)
    made = select(Filing).where(Filing.submission_id.in_([submission.id for submission, *_ in rows])).order_by(Filing.id)
    for one in session.scalars(made):
        filings[one.submission_id].append(one)
    files = submissions.draft_uploads(session, [one.id for found in filings.values() for one in found])
    uploads = {id_: [upload for one in found for upload in files.get(one.id, [])] for id_, found in filings.items()}
    return [
        ListedSubmission(
            submission, group, Standing(value), level, committee, filings.get(submission.id, []), uploads.get(submission.id, [])
        )
        for submission, group, value, level, committee in rows
    ]


def _level() -> ColumnElement[str | None]:
    awarded = select(Outcome.level).where(Outcome.submission_id == Submission.id, Outcome.kind == OutcomeKind.AWARDED)
    return awarded.order_by(Outcome.id.desc()).limit(1).correlate(Submission).scalar_subquery()


def _committee() -> ColumnElement[str | None]:
    entered = select(Entry.committee).where(Entry.submission_id == Submission.id, Entry.lapsed_at.is_(None))
    return entered.order_by(Entry.id.desc()).limit(1).correlate(Submission).scalar_subquery()


def _literal(text: str) -> str:
    """Escape what has a meaning in a LIKE pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
