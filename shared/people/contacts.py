"""Contact points: where messages reach a person or a group, one address a channel.

Messages are addressed by this table alone. `accounts.email` says who signs in, and `groups.email` what the department's register holds;
whoever writes one of those calls `put` in the same transaction, so that they agree (invariant `email_addresses_are_contact_points`).
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.database import new_id
from shared.people.models import ContactPoint

EMAIL = "email"
"""The channel of the addresses that accounts and groups have."""
NOBODY: Mapping[UUID, str | None] = {}


def put(
    session: Session, channel: str, *, accounts: Mapping[UUID, str | None] = NOBODY, groups: Mapping[UUID, str | None] = NOBODY
) -> None:
    """Set the address of each account and group on a channel, in place of the one it had; None takes it away."""
    for owner, addresses in ((ContactPoint.account_id, accounts), (ContactPoint.group_id, groups)):
        gone = [id_ for id_, address in addresses.items() if address is None]
        if gone:
            session.execute(delete(ContactPoint).where(ContactPoint.channel == channel, owner.in_(gone)))
        rows: list[dict[str, Any]] = [
            {"id": new_id(), owner.key: id_, "channel": channel, "address": address}
            for id_, address in addresses.items()
            if address is not None
        ]
        if rows:
            upsert = insert(ContactPoint)
            session.execute(
                upsert.on_conflict_do_update(index_elements=[owner.key, "channel"], set_={"address": upsert.excluded.address}), rows
            )


def of_account(session: Session, account_id: UUID) -> Sequence[ContactPoint]:
    """Return the contact points of an account, by channel."""
    return _of(session, ContactPoint.account_id, [account_id]).get(account_id, [])


def of_accounts(session: Session, account_ids: Sequence[UUID]) -> dict[UUID, list[ContactPoint]]:
    """Return the contact points of several accounts, by channel; those without any are left out."""
    return _of(session, ContactPoint.account_id, account_ids)


def of_group(session: Session, group_id: UUID) -> Sequence[ContactPoint]:
    """Return the contact points of a group, by channel."""
    return _of(session, ContactPoint.group_id, [group_id]).get(group_id, [])


def _of(session: Session, owner: InstrumentedAttribute[UUID | None], ids: Sequence[UUID]) -> dict[UUID, list[ContactPoint]]:
    found: dict[UUID, list[ContactPoint]] = {}
    for point in session.scalars(select(ContactPoint).where(owner.in_(ids)).order_by(ContactPoint.channel)):
        found.setdefault(getattr(point, owner.key), []).append(point)
    return found
