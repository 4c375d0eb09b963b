"""What those who run a programme see of it: how many submissions have which status, and the list of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from shared.access.visibility import visible
from shared.people.person import Act, Person
from shared.programmes.models import Group
from shared.reviews.models import Ballot, Entry, RoundRow
from shared.submissions import queries as submissions
from shared.submissions.models import Submission, Upload


@dataclass(frozen=True, slots=True)
class ListedSubmission:
    """A submission as a list shows it."""

    submission: Submission
    group: Group
    uploads: Sequence[Upload]


def statuses(session: Session, programme_id: UUID, person: Person) -> dict[str, int]:
    """Return, by status, the number of submissions that a person may see."""
    return statuses_by_programme(session, [programme_id], person).get(programme_id, {})


def statuses_by_programme(session: Session, programme_ids: Collection[UUID], person: Person) -> dict[UUID, dict[str, int]]:
    """Return, by programme and status, the number of submissions that a person may see. One query."""
    rows = session.execute(
        select(Submission.programme_id, Submission.status, func.count())
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id.in_(programme_ids), visible(person, Act.SEE_SUBMISSION))
        .group_by(Submission.programme_id, Submission.status)
        .order_by(Submission.status)
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
    """Return submissions a person may do `act` with, by reference, those after `after`. Two queries, whatever their number.

    `text` is looked for in references, names of groups and of places.
    """
    conditions: list[ColumnElement[bool]] = [Submission.programme_id == programme_id, visible(person, act)]
    if status:
        conditions.append(Submission.status.in_(status))
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
        select(Submission, Group)
        .join(Group, Group.id == Submission.group_id)
        .where(*conditions)
        .order_by(Submission.reference)
        .limit(limit)
    ).all()
    uploads = submissions.current_uploads(session, [submission.id for submission, _ in rows])
    return [ListedSubmission(submission, group, uploads.get(submission.id, [])) for submission, group in rows]


def progress(session: Session, programme_id: UUID) -> dict[str, tuple[int, int]]:
    """Return, by round, the number of its submissions and of its submitted ballots."""
    rows = session.execute(
        select(RoundRow.key, func.count(Entry.id.distinct()), func.count(Ballot.id))
        .outerjoin(Entry, Entry.round_id == RoundRow.id)
        .outerjoin(Ballot, (Ballot.entry_id == Entry.id) & Ballot.submitted_at.is_not(None))
        .where(RoundRow.programme_id == programme_id)
        .group_by(RoundRow.key)
    )
    return {key: (entries, ballots) for key, entries, ballots in rows}


def _literal(text: str) -> str:
    """Escape what has a meaning in a LIKE pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
