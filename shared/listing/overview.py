"""What those who run a programme see of it: how many submissions have which status, and the list of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from shared.access.visibility import visible
from shared.listing.standing import standing
from shared.people.person import Act, Person
from shared.programmes.models import Group
from shared.reviews.models import Ballot, Entry, RoundRow
from shared.submissions import queries as submissions
from shared.submissions.models import Filing, Submission, Upload
from shared.submissions.sheet import Standing


@dataclass(frozen=True, slots=True)
class ListedSubmission:
    """A submission as a list shows it."""

    submission: Submission
    group: Group
    standing: Standing
    filings: Sequence[Filing]
    """In no order."""
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
    status: Sequence[str] = (),
    province: str | None = None,
    text: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> list[ListedSubmission]:
    """Return submissions a person may do `act` with, by reference, those after `after`. Three queries, whatever their number.

    `text` is looked for in references, names of groups and of places.
    """
    conditions: list[ColumnElement[bool]] = [Submission.programme_id == programme_id, visible(person, act)]
    if status:
        conditions.append(standing().in_(status))
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
        select(Submission, Group, standing())
        .join(Group, Group.id == Submission.group_id)
        .where(*conditions)
        .order_by(Submission.reference)
        .limit(limit)
    ).all()
    filings: dict[UUID, list[Filing]] = defaultdict(list)
    for filing in session.scalars(select(Filing).where(Filing.submission_id.in_([submission.id for submission, _, _ in rows]))):
        filings[filing.submission_id].append(filing)
    files = submissions.draft_uploads(session, [filing.id for found in filings.values() for filing in found])
    uploads = {id_: [upload for filing in found for upload in files.get(filing.id, [])] for id_, found in filings.items()}
    return [
        ListedSubmission(submission, group, Standing(value), filings.get(submission.id, []), uploads.get(submission.id, []))
        for submission, group, value in rows
    ]


def filings_by_stage(session: Session, programme_id: UUID, person: Person) -> dict[str, dict[str, int]]:
    """Return, by stage and status, the number of filings of submissions that a person may see. One query."""
    rows = session.execute(
        select(Filing.stage, Filing.status, func.count())
        .join(Submission, Submission.id == Filing.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id == programme_id, visible(person, Act.SEE_SUBMISSION))
        .group_by(Filing.stage, Filing.status)
    )
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for stage, status, count in rows:
        counts[stage][status] = count
    return counts


def progress(session: Session, programme_id: UUID) -> dict[str, tuple[int, int]]:
    """Return, by round, the number of its submissions and of its submitted ballots."""
    rows = session.execute(
        select(RoundRow.key, func.count(Entry.id.distinct()), func.count(Ballot.id))
        .outerjoin(Entry, Entry.round_id == RoundRow.id)
        .outerjoin(Ballot, (Ballot.entry_id == Entry.id) & Ballot.submitted_at.is_not(None))
        .where(RoundRow.programme_id == programme_id, Entry.lapsed_at.is_(None))
        .group_by(RoundRow.key)
    )
    return {key: (entries, ballots) for key, entries, ballots in rows}


def _literal(text: str) -> str:
    """Escape what has a meaning in a LIKE pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
