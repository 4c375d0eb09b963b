"""The e-mail addresses of accounts and groups are those that their messages go to."""

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shared.people.contacts import EMAIL
from shared.people.models import Account, ContactPoint
from shared.programmes.models import Group


def broken(session: Session) -> list[str]:
    """Return the addresses of accounts and the codes of groups whose contact point differs or is missing."""
    account = and_(ContactPoint.account_id == Account.id, ContactPoint.channel == EMAIL)
    group = and_(ContactPoint.group_id == Group.id, ContactPoint.channel == EMAIL)
    accounts = select(Account.email).outerjoin(ContactPoint, account).where(ContactPoint.address.is_distinct_from(Account.email))
    groups = select(Group.code).outerjoin(ContactPoint, group).where(ContactPoint.address.is_distinct_from(Group.email))
    return [*session.scalars(accounts.order_by(Account.email)), *session.scalars(groups.order_by(Group.code))]
