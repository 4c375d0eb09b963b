"""Who judges, and what is theirs; another member's assignment is as good as none."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session

from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared.access.visibility import scope_of
from shared.errors import Forbidden
from shared.people.models import Role
from shared.people.person import Act, Person, Scope, may
from shared.reviews import queries
from shared.reviews.queries import AssignmentDetail, AssignmentUnknown, QueueUnknown, RoundContext


class NoMember(Forbidden):
    """Only members of committees judge."""

    th = "เฉพาะกรรมการเท่านั้นที่รับงานพิจารณาได้"
    en = "Only members of a committee take submissions to judge."


@raises(NoMember)
def _judge(person: Asking) -> Person:
    if not person.has(Role.MEMBER, Role.CHAIR):
        raise NoMember
    return person


Judge = Annotated[Person, Depends(_judge)]
"""A member or the chair of a committee."""


def member_id(person: Person) -> UUID:
    """Return the account of a member. Raises NoMember."""
    if person.account_id is None or not person.has(Role.MEMBER):
        raise NoMember
    return person.account_id


def queue_of(session: Session, person: Person, name: str) -> tuple[RoundContext, str]:
    """Return the round and committee of a queue that a person may pull from. Raises QueueUnknown."""
    context, committee = queries.queue(session, name)
    if not may(person, Act.REVIEW, Scope(programme_id=context.programme.id, committees=frozenset({committee}))):
        raise QueueUnknown(queue=name)
    return context, committee


def own_assignment(session: Session, person: Person, id_: UUID, *, lock: bool = False) -> AssignmentDetail:
    """Return a member's own assignment, its row locked if `lock`. Raises AssignmentUnknown, also for what they may not judge (any more)."""
    detail = queries.assignment(session, id_, member=member_id(person), lock=lock)
    if not may(person, Act.REVIEW, scope_of(session, detail.submission, detail.group)):
        raise AssignmentUnknown
    return detail


@raises(NoMember, AssignmentUnknown)
def _own(assignment: UUID, session: Transaction, person: Asking) -> AssignmentDetail:
    return own_assignment(session, person, assignment)


@raises(NoMember, AssignmentUnknown)
def _own_for_change(assignment: UUID, session: Transaction, person: Asking) -> AssignmentDetail:
    return own_assignment(session, person, assignment, lock=True)


OwnAssignment = Annotated[AssignmentDetail, Depends(_own)]
"""The asking member's own assignment, to be shown: reading waits for nobody."""

OwnAssignmentForChange = Annotated[AssignmentDetail, Depends(_own_for_change)]
"""The asking member's own assignment, its row locked until the request's transaction ends."""
