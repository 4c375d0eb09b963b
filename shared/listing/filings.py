"""In which state filings are, as lists ask for it: their status, or that they were missed; and how many of a programme's are in which."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, cast, func, select
from sqlalchemy import Text as SqlText
from sqlalchemy.orm import Session

from shared.access.visibility import visible
from shared.payments.lifecycle import PaymentStatus
from shared.payments.models import Payment
from shared.people.person import Act, Person
from shared.programmes.models import Group
from shared.reviews.models import Ballot, Entry, RoundRow
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import FILING_SHEET


class FilingState(StrEnum):
    """The status of a filing; or that it was missed, which is derived: it waits to be submitted, and its time has passed."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    LAPSED = "lapsed"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Paid:
    """How many payments there are, and their sum in the programme's currency."""

    count: int
    total: Decimal


@dataclass(slots=True)
class StageCounts:
    """How far one stage is: what a person may see of it, counted."""

    filings: dict[FilingState, int] = field(default_factory=dict)
    """Those that were missed are counted as missed alone."""
    entries: int = 0
    ballots: int = 0
    payments: dict[PaymentStatus, Paid] = field(default_factory=dict)


def closes() -> ColumnElement[datetime]:
    """Return the expression over Filing whose value is until when it may be submitted, see `shared.submissions.deadlines.closes_at`."""
    return func.greatest(Filing.due_at, func.coalesce(Filing.mend_until, Filing.due_at))


def missed(*, now: datetime) -> ColumnElement[bool]:
    """Return the condition over Filing that holds for those that wait to be submitted, and whose time has passed."""
    return and_(Filing.status.in_(WAITING), closes() < now)


def is_in(stage: str | None, state: FilingState | None, *, now: datetime) -> ColumnElement[bool]:
    """Return the condition over Submission that holds for those with a filing at this stage (None: any) and in this state (None: any)."""
    wanted = select(Filing.id).where(Filing.submission_id == Submission.id).correlate(Submission)
    if stage is not None:
        wanted = wanted.where(Filing.stage == stage)
    if state is FilingState.MISSED:
        wanted = wanted.where(missed(now=now))
    elif state is not None:
        wanted = wanted.where(Filing.status == FilingStatus(state.value), ~missed(now=now))
    return wanted.exists()


def counts(session: Session, programme_id: UUID, person: Person, *, now: datetime) -> dict[str, StageCounts]:
    """Return, by stage, how far a programme is. Three queries.

    Filings and payments are counted of submissions that the person may see, payments only where they may see contacts, too.
    """
    found: dict[str, StageCounts] = defaultdict(StageCounts)
    state = case((missed(now=now), FilingState.MISSED.value), else_=cast(Filing.status, SqlText)).label("state")
    filings = (
        select(Filing.stage, state, func.count())
        .join(Submission, Submission.id == Filing.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id == programme_id, visible(person, Act.SEE_SUBMISSION))
        .group_by(Filing.stage, state)
    )
    for stage, value, count in session.execute(filings):
        found[stage].filings[FilingState(value)] = count
    for stage, (entries, ballots) in rounds(session, programme_id).items():
        found[stage].entries, found[stage].ballots = entries, ballots
    payments = (
        select(Payment.stage, Payment.status, func.count(), func.sum(Payment.amount))
        .join(Submission, Submission.id == Payment.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id == programme_id, visible(person, Act.SEE_CONTACTS))
        .group_by(Payment.stage, Payment.status)
    )
    for stage, status, count, total in session.execute(payments):
        found[stage].payments[status] = Paid(count, total)
    return found


def rounds(session: Session, programme_id: UUID) -> dict[str, tuple[int, int]]:
    """Return, by round, the number of its submissions and of its submitted ballots."""
    rows = session.execute(
        select(RoundRow.key, func.count(Entry.id.distinct()), func.count(Ballot.id))
        .outerjoin(Entry, and_(Entry.round_id == RoundRow.id, Entry.lapsed_at.is_(None)))
        .outerjoin(Ballot, (Ballot.entry_id == Entry.id) & Ballot.submitted_at.is_not(None))
        .where(RoundRow.programme_id == programme_id)
        .group_by(RoundRow.key)
    )
    return {key: (entries, ballots) for key, entries, ballots in rows}


WAITING = tuple(status for status, row in FILING_SHEET.items() if row.may_submit)
