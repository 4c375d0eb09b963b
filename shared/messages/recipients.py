"""Who messages go to, read from the event they are about."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from shared.events import Event
from shared.notifications.operations import Recipient
from shared.people import contacts, queries
from shared.people.models import Account, Role
from shared.programmes.stages import Office
from shared.stages.coordinating import officers
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.record import filing_of
from shared.submissions.models import FilingVersion, Receipt
from shared.submissions.queries import submission_with_group


def group(session: Session, event: Event) -> list[Recipient]:
    """Return the contact person of the group whose submission the event belongs to."""
    if event.submission_id is None:
        raise ValueError(f"{event.kind} belongs to no submission")
    _, found, _ = submission_with_group(session, event.submission_id)
    return [Recipient(found.contact_name, contacts.of_group(session, found.id))]


def filers(session: Session, event: Event) -> list[Recipient]:
    """Return who files what the event is about: the applicant's contact person, or the officers of the office that files it.

    Of an office it is the coordinator that was named for the filing, else everybody.
    """
    return _filers(session, filing_of(session, event))


def filers_of_receipt(session: Session, event: Event) -> list[Recipient]:
    """Return who files what the receipt is of that the event is about."""
    version = session.get_one(FilingVersion, session.get_one(Receipt, event.subject_id).version_id)
    return _filers(session, context.of_filing(session, version.filing_id))


def _filers(session: Session, of: FilingContext) -> list[Recipient]:
    if of.filing.filed_by is Office.APPLICANT:
        return [Recipient(of.group.contact_name, contacts.of_group(session, of.group.id))]
    if of.filing.coordinator_id is not None:
        return _accounts(session, [session.get_one(Account, of.filing.coordinator_id)])
    return _accounts(session, officers(session, of.filing.filed_by, of.group))


def acceptors(session: Session, event: Event) -> list[Recipient]:
    """Return the officers who accept what the event is about: those of the level that its stage names, in its area."""
    of = context.of_filing(session, event.subject_id)
    return _accounts(session, officers(session, Office(of.stage.acceptor(of.filing.filed_by)), of.group))


def renewed(session: Session, event: Event) -> list[Recipient]:
    """Return the members whose claims and ballots ended because a later version was filed."""
    return _accounts(session, [session.get_one(Account, UUID(id_)) for id_ in event.data["members"]])


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
    return _accounts(session, queries.with_role(session, role, programme_id=event.programme_id))


def _accounts(session: Session, accounts: Sequence[Account]) -> list[Recipient]:
    points = contacts.of_accounts(session, [found.id for found in accounts])
    return [Recipient(found.name, points.get(found.id, [])) for found in accounts]
