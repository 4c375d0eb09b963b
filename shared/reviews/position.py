"""The position of a submission in the queue of its committee, as its group may see it."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from shared.people.models import Account, Role, RoleGrantRow
from shared.programmes.definition import Definition
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import Ballot, ConflictOfInterest, Entry, RoundRow
from shared.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """A submission in the queue of an open round. It says nothing of who judges it, nor how."""

    round: str
    """The round's key."""
    place: int | None
    """From 1, in the order in which members are given submissions; None from when the first member has taken it."""
    of: int
    """How many submissions of the queue members are still to be given, this one included."""
    is_judged: bool
    """Whether every ballot it needs is in."""


def queue_position(session: Session, submission: Submission, definition: Definition) -> QueuePosition | None:
    """Return the position of a submission in the newest open round that has it; None when there is none. One query.

    The order is that of claims (`operations.claim`): the least filled first, then the oldest.
    """
    asked = tuple((round_.key, round_.ballots) for round_ in definition.judges if round_.ballots != "all")
    row = session.execute(_position_query(asked), {"submission": submission.id, "programme": submission.programme_id}).one_or_none()
    if row is None:
        return None
    key, filled, of, ahead, is_judged = row
    return QueuePosition(key, ahead + 1 if filled == 0 else None, of, is_judged)


@cache
def _position_query(asked: tuple[tuple[str, int], ...]) -> Select[str, int, int, int, bool]:
    """Return the query, built once for each set of rules. `asked` is round key → number of ballots; other rounds ask every member."""
    mine, other = aliased(Entry), aliased(Entry)
    members = (
        select(func.count(Account.id.distinct()))
        .join(RoleGrantRow)
        .where(
            RoleGrantRow.role == Role.MEMBER,
            RoleGrantRow.programme_id == bindparam("programme"),
            RoleGrantRow.committee == mine.committee,
            Account.disabled_at.is_(None),
        )
        .correlate(mine)
        .scalar_subquery()
    )
    most = func.least(case(dict(asked), value=RoundRow.key), members) if asked else members  # LEAST passes over the NULL of a round for all

    def needed(of: type[Entry]) -> ColumnElement[int]:
        conflicts = select(func.count()).where(ConflictOfInterest.submission_id == of.submission_id).correlate(of).scalar_subquery()
        return func.greatest(1, func.least(most, members - conflicts))

    ballots = select(func.count()).where(Ballot.entry_id == mine.id, Ballot.submitted_at.is_not(None)).correlate(mine).scalar_subquery()
    waits = other.filled < needed(other)
    return (
        select(
            RoundRow.key,
            mine.filled,
            func.count().filter(waits),
            func.count().filter(and_(waits, tuple_(other.filled, other.id) < tuple_(mine.filled, mine.id))),
            ballots >= needed(mine),
        )
        .select_from(mine)
        .join(RoundRow, and_(RoundRow.id == mine.round_id, RoundRow.status == RoundStatus.OPEN))
        .join(other, and_(other.round_id == mine.round_id, other.committee == mine.committee, other.lapsed_at.is_(None)))
        .where(mine.submission_id == bindparam("submission"), mine.lapsed_at.is_(None))
        .group_by(RoundRow.key, RoundRow.ordinal, mine.id)
        .order_by(RoundRow.ordinal.desc())
        .limit(1)
    )
