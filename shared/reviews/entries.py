"""Submissions in a round: they enter, a later version of what is judged is filed, they no longer belong to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.database.transitions import advance
from shared.events import SYSTEM, EventKind, Occurrence
from shared.reviews.lifecycle import ASSIGNMENT_TRANSITIONS, AssignmentStatus
from shared.reviews.models import Assignment, Ballot, Entry, RoundRow

LIVE = (AssignmentStatus.CLAIMED, AssignmentStatus.SUBMITTED)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A submission that a round judges from now on: at which committee, and the versions it reads by stage."""

    submission_id: UUID
    committee: str
    versions: Mapping[str, str]


def enter(session: Session, row: RoundRow, new: Sequence[NewEntry], *, now: datetime) -> int:
    """Put submissions into the queues of a round; those that are in it stay. Return how many were added. The order is the queue's."""
    if not new:
        return 0
    ids = sorted(new_id() for _ in new)
    rows = [
        {
            "id": id_,
            "round_id": row.id,
            "submission_id": one.submission_id,
            "committee": one.committee,
            "versions": dict(one.versions),
            "made_at": now,
            "filled": 0,
        }
        for id_, one in zip(ids, new, strict=True)
    ]
    made = session.scalars(insert(Entry).on_conflict_do_nothing().returning(Entry), rows).all()
    events.append_all(session, [_occurrence(EventKind.ENTRY_MADE, entry, row) for entry in made], by=SYSTEM, now=now)
    return len(made)


def renew(session: Session, row: RoundRow, entry: Entry, versions: Mapping[str, str], *, now: datetime) -> None:
    """Judge the versions that were filed since: claims end, and each ballot is a draft again until its member confirms or changes it.

    The round is open, its row and the submission's are locked by the caller, who read the entry after that: nobody else changes what it
    reads. The same versions again change nothing, and ask nothing of the database.
    """
    if entry.versions == dict(versions):
        if entry.lapsed_at is not None:
            entry.lapsed_at = None
            session.flush()
            _record_event(session, EventKind.ENTRY_MADE, entry, row, now)
        return
    # A member who ballots locks the claim, then the entry.
    assignments = session.scalars(
        select(Assignment).where(Assignment.entry_id == entry.id, Assignment.status.in_(LIVE)).order_by(Assignment.id).with_for_update()
    ).all()
    session.refresh(entry, with_for_update=True)
    session.execute(
        update(Ballot).where(Ballot.entry_id == entry.id, Ballot.submitted_at.is_not(None)).values(submitted_at=None, renewed_at=now)
    )
    for assignment in assignments:
        advance(session, assignment, AssignmentStatus.OUTDATED, edges=ASSIGNMENT_TRANSITIONS, ended_at=now)
    entry.versions, entry.lapsed_at, entry.filled = dict(versions), None, 0
    session.flush()
    members = [str(assignment.account_id) for assignment in assignments]
    _record_event(session, EventKind.ENTRY_RENEWED, entry, row, now, members=members)


def lapse(session: Session, row: RoundRow, entry: Entry, *, now: datetime) -> None:
    """Judge a submission no more that no longer belongs to a round: claims end, ballots are kept and count for nothing."""
    if entry.lapsed_at is not None:
        return
    claimed = session.scalars(
        select(Assignment).where(Assignment.entry_id == entry.id, Assignment.status == AssignmentStatus.CLAIMED).with_for_update()
    ).all()
    for assignment in claimed:
        advance(session, assignment, AssignmentStatus.OUTDATED, edges=ASSIGNMENT_TRANSITIONS, ended_at=now)
    session.refresh(entry, with_for_update=True)  # who claims at this moment counts it as filled
    entry.lapsed_at = now
    entry.filled -= len(claimed)
    session.flush()
    _record_event(session, EventKind.ENTRY_LAPSED, entry, row, now)


def _record_event(session: Session, kind: EventKind, entry: Entry, row: RoundRow, now: datetime, **data: object) -> None:
    events.append_all(session, [_occurrence(kind, entry, row, **data)], by=SYSTEM, now=now)


def _occurrence(kind: EventKind, entry: Entry, row: RoundRow, **data: object) -> Occurrence:
    about = {"round": row.key, "committee": entry.committee, **data}
    return Occurrence(kind, entry.id, entry.submission_id, row.programme_id, data=about)
