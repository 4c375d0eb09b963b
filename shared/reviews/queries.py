"""Reads of rounds, queues, assignments and ballots."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.people import queries as people
from shared.people.models import Account, Role
from shared.people.person import Person
from shared.programmes import queries as programmes
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme
from shared.programmes.stages import Judge
from shared.reviews.assignment import JudgedEntry, most_at_once
from shared.reviews.lifecycle import AssignmentStatus, RoundStatus
from shared.reviews.models import Assignment, Ballot, ConflictOfInterest, Entry, RoundRow
from shared.submissions.models import Submission


class RoundUnknown(NotFound):
    """The programme has no such round."""

    th = "โครงการ {programme} ไม่มีรอบ {round}"
    en = "The programme {programme} has no round {round}."


class QueueUnknown(NotFound):
    """There is no such review queue, or it is another committee's."""

    th = "ไม่พบคิวพิจารณา {queue}"
    en = "There is no review queue {queue}."


class AssignmentUnknown(NotFound):
    """There is no such assignment, or it is another member's."""

    th = "ไม่พบงานพิจารณานี้ หรือเป็นของกรรมการท่านอื่น"
    en = "There is no such assignment, or it is another member's."


def queue_name(programme: str, round_key: str, committee: str) -> str:
    """Name the queue of one committee in a round of a programme."""
    return f"{programme}.{round_key}.{committee}"


@dataclass(frozen=True, slots=True)
class RoundContext:
    """A round with its programme: its row, and its rules in the programme's definition."""

    programme: Programme
    definition: Definition
    row: RoundRow
    rules: Judge

    def queue_name(self, committee: str) -> str:
        """Name the queue of one committee in this round."""
        return queue_name(self.programme.slug, self.row.key, committee)


@dataclass(frozen=True, slots=True)
class QueueCount:
    """A review queue as one member sees it, in numbers of submissions."""

    context: RoundContext
    committee: str
    entries: int
    waiting: int
    """Those the member may still take."""
    leased: int
    """Those that any member has claimed."""
    mine: int
    """Those the member has claimed."""
    done: int
    """Those the member has submitted a ballot for."""


@dataclass(frozen=True, slots=True)
class AssignmentDetail:
    """An assignment with its entry, submission, group, round, and the member's ballot."""

    assignment: Assignment
    entry: Entry
    submission: Submission
    group: Group
    context: RoundContext
    ballot: Ballot | None


@dataclass(frozen=True, slots=True)
class ClaimedAssignment:
    """An assignment that a member has claimed, as a list shows it."""

    assignment: Assignment
    queue: str
    submission: Submission
    group: Group


@dataclass(frozen=True, slots=True)
class SubmittedBallot:
    """A ballot a member submitted, as a list shows it."""

    assignment: Assignment
    ballot: Ballot
    submission: Submission
    group: Group
    round: Judge


def load_round(session: Session, programme: Programme, key: str, *, lock: bool = False) -> RoundContext:
    """Return a round of a programme by key, locked against other writers if `lock`. Raises RoundUnknown, also when never opened."""
    definition = programme.definition
    rules = definition.judge(key)
    query = select(RoundRow).where(RoundRow.programme_id == programme.id, RoundRow.key == key)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalar(query)
    if rules is None or row is None:
        raise RoundUnknown(programme=programme.slug, round=key)
    return RoundContext(programme, definition, row, rules)


def load_round_by_id(session: Session, round_id: UUID) -> RoundContext:
    """Return a round by id. Raises RoundUnknown."""
    row = session.get_one(RoundRow, round_id)
    return load_round(session, session.get_one(Programme, row.programme_id), row.key)


def rounds(session: Session, programme_id: UUID) -> Mapping[str, RoundRow]:
    """Return the rounds of a programme that were ever opened, by key."""
    rows = session.scalars(select(RoundRow).where(RoundRow.programme_id == programme_id).order_by(RoundRow.ordinal))
    return {row.key: row for row in rows}


def queue(session: Session, name: str) -> tuple[RoundContext, str]:
    """Return the round and committee a queue is of. Raises QueueUnknown."""
    slug, key, committee = name.split(".") if name.count(".") == 2 else ("", "", "")
    try:
        found = load_round(session, programmes.programme(session, slug), key)
    except NotFound:
        raise QueueUnknown(queue=name) from None
    if committee not in {known.key for known in found.definition.committees}:
        raise QueueUnknown(queue=name)
    return found, committee


def members(session: Session, programme_id: UUID, committees: Collection[str]) -> dict[str, Sequence[Account]]:
    """Return the members of committees: those who ballot. A chair ballots only by being a member too."""
    return {key: people.with_role(session, Role.MEMBER, programme_id=programme_id, committee=key) for key in committees}


def queues_of(session: Session, person: Person, *, now: datetime) -> list[QueueCount]:
    """Return the queues of open rounds of the committees a person is a member of, with their counts."""
    counts = []
    for grant in person.grants:
        if grant.role is not Role.MEMBER or grant.programme_id is None or grant.committee is None or person.account_id is None:
            continue
        programme = session.get(Programme, grant.programme_id)
        opened = [row for row in rounds(session, grant.programme_id).values() if row.status == RoundStatus.OPEN]
        if programme is None:
            continue
        counts += [
            _count_queue(session, load_round(session, programme, row.key), grant.committee, person.account_id, now) for row in opened
        ]
    return counts


def _count_queue(session: Session, of: RoundContext, committee: str, member: UUID, now: datetime) -> QueueCount:
    claimed = and_(Assignment.status == AssignmentStatus.CLAIMED, Assignment.lease_until > now)
    mine = Assignment.account_id == member
    assignments = select(Assignment.id).where(Assignment.entry_id == Entry.id)
    submitted = assignments.where(mine, Assignment.status == AssignmentStatus.SUBMITTED).exists()
    claimed_by_member = assignments.where(mine, claimed).exists()
    conflict = (
        select(ConflictOfInterest.id)
        .where(ConflictOfInterest.submission_id == Entry.submission_id, ConflictOfInterest.account_id == member)
        .exists()
    )
    most = most_at_once(of.rules.ballots)
    room = Entry.filled < most if most is not None else Entry.filled >= 0
    row = session.execute(
        select(
            func.count(),
            func.count().filter(~submitted, ~claimed_by_member, ~conflict, room),
            func.count().filter(assignments.where(claimed).exists()),
            func.count().filter(claimed_by_member),
            func.count().filter(submitted),
        )
        .select_from(Entry)
        .where(Entry.round_id == of.row.id, Entry.committee == committee, Entry.lapsed_at.is_(None))
    ).one()
    return QueueCount(of, committee, *row)


def assignment(session: Session, id_: UUID, *, member: UUID | None, lock: bool = False) -> AssignmentDetail:
    """Return a member's assignment with its submission, round and ballot; its row is locked if `lock`. Raises AssignmentUnknown."""
    query = (
        select(Assignment, Entry, Submission, Group, RoundRow, Programme, Ballot)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .join(RoundRow, RoundRow.id == Entry.round_id)
        .join(Programme, Programme.id == RoundRow.programme_id)
        .outerjoin(Ballot, and_(Ballot.entry_id == Entry.id, Ballot.account_id == Assignment.account_id))
        .where(Assignment.id == id_, Assignment.account_id == member)
    )
    if lock:
        # The round first, as closing locks it before it ends claims.
        its_round = select(RoundRow.id).join(Entry, Entry.round_id == RoundRow.id).join(Assignment, Assignment.entry_id == Entry.id)
        session.execute(its_round.where(Assignment.id == id_).with_for_update(read=True, of=RoundRow))
        session.execute(select(Assignment.id).where(Assignment.id == id_).with_for_update())
        query = query.execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise AssignmentUnknown
    found, entry, submission, group, round_row, programme, ballot = row
    definition = programme.definition
    rules = definition.judge(round_row.key)
    if rules is None:
        raise AssignmentUnknown
    return AssignmentDetail(found, entry, submission, group, RoundContext(programme, definition, round_row, rules), ballot)


def claimed_by(session: Session, member: UUID, *, now: datetime) -> list[ClaimedAssignment]:
    """Return the assignments that a member has claimed, the oldest first. One query."""
    rows = session.execute(
        select(Assignment, Entry.committee, RoundRow.key, Programme.slug, Submission, Group)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(RoundRow, RoundRow.id == Entry.round_id)
        .join(Programme, Programme.id == RoundRow.programme_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Assignment.account_id == member, Assignment.status == AssignmentStatus.CLAIMED, Assignment.lease_until > now)
        .order_by(Assignment.id)
    )
    return [
        ClaimedAssignment(assignment, queue_name(slug, key, committee), submission, group)
        for assignment, committee, key, slug, submission, group in rows
    ]


def submitted_by(session: Session, member: UUID | None, *, visible: ColumnElement[bool], limit: int) -> list[SubmittedBallot]:
    """Return the ballots a member submitted, the newest first, of submissions that are still `visible` to them. One query."""
    rows = session.execute(
        select(Assignment, Ballot, Submission, Group, RoundRow.key, Programme)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Ballot, and_(Ballot.entry_id == Entry.id, Ballot.account_id == Assignment.account_id))
        .join(RoundRow, RoundRow.id == Entry.round_id)
        .join(Programme, Programme.id == RoundRow.programme_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Assignment.account_id == member, Assignment.status == AssignmentStatus.SUBMITTED, visible)
        .order_by(Ballot.submitted_at.desc())
        .limit(limit)
    ).all()
    rules = {known.id: {of.key: of for of in known.definition.judges} for known in {row.Programme for row in rows}}
    return [
        SubmittedBallot(assignment, ballot, submission, group, rules[of.id][key]) for assignment, ballot, submission, group, key, of in rows
    ]


def judged_entries(session: Session, round_id: UUID) -> list[JudgedEntry]:
    """Return the entries that a round judges, with who gave a ballot and who may not. Three queries."""
    entries = session.execute(
        select(Entry.id, Entry.submission_id, Entry.committee, Submission.reference)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(Entry.round_id == round_id, Entry.lapsed_at.is_(None))
    ).all()
    balloted: dict[UUID, set[UUID]] = defaultdict(set)
    for entry_id, account_id in session.execute(
        select(Ballot.entry_id, Ballot.account_id)
        .join(Entry, Entry.id == Ballot.entry_id)
        .where(Entry.round_id == round_id, Ballot.submitted_at.is_not(None))
    ):
        balloted[entry_id].add(account_id)
    conflicted: dict[UUID, set[UUID]] = defaultdict(set)
    for submission_id, account_id in session.execute(
        select(ConflictOfInterest.submission_id, ConflictOfInterest.account_id)
        .join(Entry, Entry.submission_id == ConflictOfInterest.submission_id)
        .where(Entry.round_id == round_id)
    ):
        conflicted[submission_id].add(account_id)
    return [
        JudgedEntry(row.reference, row.committee, frozenset(conflicted[row.submission_id]), frozenset(balloted[row.id])) for row in entries
    ]
