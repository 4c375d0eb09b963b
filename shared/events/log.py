"""Append to the log; what follows from an event is put into the job ledger in the same transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from shared.database import new_id
from shared.events.actor import Actor
from shared.events.kinds import EventKind
from shared.events.models import Event
from shared.queue import ledger
from shared.queue.kinds import JobKind
from shared.queue.ledger import NewJob


@dataclass(frozen=True, slots=True)
class Consequence:
    """A job that follows from an event: its kind, what it is about, and what the worker needs to know beyond that.

    `qualifier` tells apart several jobs of one kind about one subject that follow from the same event.
    """

    kind: JobKind
    subject_id: UUID
    qualifier: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of many things that happened at once: what, to what, and its data."""

    kind: EventKind
    subject_id: UUID
    submission_id: UUID | None = None
    programme_id: UUID | None = None
    reason: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


COLUMNS = tuple(column.key for column in Event.__table__.columns)

Planner = Callable[[Event], Iterable[Consequence]]
_planners: list[Planner] = []


class FlowNotInstalled(RuntimeError):
    """This process appends events before it called `shared.flow.install()`: the jobs that follow from them would be lost."""

    def __init__(self) -> None:
        super().__init__("shared.flow.install() was not called in this process: events would have no consequences")


def bind(planner: Planner) -> None:
    """Use `planner` in this process to say what follows from an event; called by `shared.flow.install`."""
    _planners[:] = [planner]


def append(
    session: Session,
    kind: EventKind,
    *,
    subject_id: UUID,
    by: Actor,
    now: datetime,
    submission_id: UUID | None = None,
    programme_id: UUID | None = None,
    reason: str | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Write down what happened and put the jobs that follow into the ledger; both commit with the change itself.

    Raises FlowNotInstalled in a process that did not call `shared.flow.install()`.
    """
    event = _event(new_id(), Occurrence(kind, subject_id, submission_id, programme_id, reason, data or {}), by, now)
    jobs = _jobs(event)
    session.add(event)
    ledger.add_all(session, jobs, now=now)
    return event


def append_all(session: Session, occurred: Sequence[Occurrence], *, by: Actor, now: datetime) -> None:
    """Write down many things that happened at once, in their order, and put in the jobs that follow: a few statements for all.

    Raises FlowNotInstalled as `append` does.
    """
    if not occurred:
        return
    ids = sorted(new_id() for _ in occurred)  # those of one millisecond are in no order
    events = [_event(id_, one, by, now) for id_, one in zip(ids, occurred, strict=True)]
    jobs = [job for event in events for job in _jobs(event)]
    session.execute(insert(Event), [{name: getattr(event, name) for name in COLUMNS} for event in events])
    ledger.add_all(session, jobs, now=now)


def _event(id_: UUID, one: Occurrence, by: Actor, now: datetime) -> Event:
    return Event(
        id=id_,
        at=now,
        kind=one.kind,
        subject_id=one.subject_id,
        submission_id=one.submission_id,
        programme_id=one.programme_id,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        reason=one.reason,
        data=one.data,
    )


def _jobs(event: Event) -> list[NewJob]:
    if not _planners:
        raise FlowNotInstalled
    return [
        NewJob(follows.kind, follows.subject_id, f"{event.id}{follows.qualifier}", event.submission_id, follows.data)
        for follows in _planners[0](event)
    ]
