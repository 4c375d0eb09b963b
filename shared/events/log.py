"""Append to the log; what follows from an event is put into the job ledger in the same transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from shared.database import new_id
from shared.events.actor import Actor
from shared.events.kinds import EventKind
from shared.events.models import Event
from shared.queue import ledger
from shared.queue.kinds import JobKind


@dataclass(frozen=True, slots=True)
class Consequence:
    """A job that follows from an event: its kind, what it is about, and what the worker needs to know beyond that.

    `qualifier` tells apart several jobs of one kind about one subject that follow from the same event.
    """

    kind: JobKind
    subject_id: UUID
    qualifier: str = ""
    data: dict[str, Any] = field(default_factory=dict)


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
    if not _planners:
        raise FlowNotInstalled
    event = Event(
        id=new_id(),
        at=now,
        kind=kind,
        subject_id=subject_id,
        submission_id=submission_id,
        programme_id=programme_id,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        reason=reason,
        data=data or {},
    )
    session.add(event)
    for consequence in _planners[0](event):
        ledger.add(
            session,
            consequence.kind,
            subject_id=consequence.subject_id,
            key=f"{event.id}{consequence.qualifier}",
            now=now,
            submission_id=submission_id,
            data=consequence.data,
        )
    return event
