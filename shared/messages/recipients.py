"""Who messages go to, read from the event they are about."""

from sqlalchemy.orm import Session

from shared.events import Event
from shared.notifications.operations import Recipient
from shared.people import contacts, queries
from shared.people.models import Account, Role
from shared.submissions.queries import submission_with_group


def group(session: Session, event: Event) -> list[Recipient]:
    """Return the contact person of the group whose submission the event belongs to."""
    if event.submission_id is None:
        raise ValueError(f"{event.kind} belongs to no submission")
    _, found, _ = submission_with_group(session, event.submission_id)
    return [Recipient(found.contact_name, contacts.of_group(session, found.id))]


def account(session: Session, event: Event) -> list[Recipient]:
    """Return the account that the event is about."""
    found = session.get_one(Account, event.subject_id)
    return [Recipient(found.name, contacts.of_account(session, found.id))]


def members(session: Session, event: Event) -> list[Recipient]:
    """Return the committee members of the event's programme."""
    return _with_role(session, event, Role.MEMBER)


def chairs(session: Session, event: Event) -> list[Recipient]:
    """Return the chairs of the event's programme."""
    return _with_role(session, event, Role.CHAIR)


def _with_role(session: Session, event: Event, role: Role) -> list[Recipient]:
    accounts = queries.with_role(session, role, programme_id=event.programme_id)
    points = contacts.of_accounts(session, [found.id for found in accounts])
    return [Recipient(found.name, points.get(found.id, [])) for found in accounts]
