"""The verbs of people: accounts, links, tokens, sessions."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.errors import Invalid
from shared.events import Actor, EventKind
from shared.people import contacts
from shared.people.models import Account, Credential, CredentialKind, RoleGrantRow
from shared.people.person import RoleGrant
from shared.people.queries import LinkNotValid, credential_of

SIGN_IN_TERM = timedelta(minutes=15)
SESSION_TERM = timedelta(days=14)


class EmailNotValid(Invalid):
    """An address without an @ cannot receive anything."""

    th = "ที่อยู่อีเมล {email} ไม่ถูกต้อง"
    en = "{email} is not an e-mail address."


def put_account(session: Session, *, email: str, name: str, grants: tuple[RoleGrant, ...], by: Actor, now: datetime) -> Account:
    """Make the account of an address, or give an existing one this name and, beside those it has, these roles. Raises EmailNotValid."""
    address = email.strip().lower()
    if address.count("@") != 1 or address.startswith("@") or address.endswith("@"):
        raise EmailNotValid(email=email)
    account_id = session.scalar(
        insert(Account)
        .values(id=new_id(), email=address, name=name)
        .on_conflict_do_update(index_elements=["email"], set_={"name": name})
        .returning(Account.id)
    )
    assert account_id is not None  # noqa: S101  # an upsert with an update returns its row
    contacts.put(session, contacts.EMAIL, accounts={account_id: address})
    for grant in grants:
        session.execute(
            insert(RoleGrantRow)
            .values(
                id=new_id(),
                account_id=account_id,
                role=grant.role,
                province=grant.province,
                district=grant.district,
                programme_id=grant.programme_id,
                committee=grant.committee,
            )
            .on_conflict_do_nothing()
        )
    events.append(session, EventKind.ACCOUNT_MADE, subject_id=account_id, by=by, now=now, data={"email": address})
    session.expire_all()
    return session.get_one(Account, account_id)


def make_link(session: Session, *, submission_id: UUID) -> Credential:
    """Make a link that opens one submission until it is revoked."""
    return _make(session, CredentialKind.LINK, submission_ids=[submission_id])


def make_api_token(session: Session, account: Account) -> Credential:
    """Make a token with which a program acts as `account`."""
    return _make(session, CredentialKind.API, account_id=account.id)


def make_sign_in_link(session: Session, account: Account, *, now: datetime) -> Credential:
    """Make a one-time link for a browser, to be handed over by whoever asked."""
    return _make(session, CredentialKind.SIGN_IN, account_id=account.id, expires_at=now + SIGN_IN_TERM)


def ask_sign_in(session: Session, account: Account, *, by: Actor, now: datetime) -> Credential:
    """Make a one-time link for a browser, which the notification that follows from the event carries."""
    credential = make_sign_in_link(session, account, now=now)
    events.append(session, EventKind.SIGN_IN_ASKED, subject_id=account.id, by=by, now=now, data={"credential": str(credential.id)})
    return credential


def sign_in(session: Session, *, token: str, secret: str, now: datetime, submissions: frozenset[UUID] = frozenset()) -> Credential:
    """Use up a one-time link and begin a browser session that keeps the groups' `submissions` it had. Raises LinkNotValid."""
    link = credential_of(session, token, CredentialKind.SIGN_IN, secret=secret, now=now)
    used = session.scalar(
        update(Credential).where(Credential.id == link.id, Credential.used_at.is_(None)).values(used_at=now).returning(Credential.id)
    )
    if used is None:
        raise LinkNotValid
    return _make(
        session, CredentialKind.SESSION, account_id=link.account_id, submission_ids=sorted(submissions), expires_at=now + SESSION_TERM
    )


def open_link(session: Session, *, token: str, current: Credential | None, secret: str, now: datetime) -> tuple[UUID, Credential]:
    """Let a browser in by a group's link: return the submission and the session that now holds it. Raises LinkNotValid."""
    (submission_id,) = credential_of(session, token, CredentialKind.LINK, secret=secret, now=now).submission_ids
    return submission_id, hold(session, submission_id, current=current, now=now)


def hold(session: Session, submission_id: UUID, *, current: Credential | None, now: datetime) -> Credential:
    """Return the browser session that holds a submission from now on: the `current` one, or a new one."""
    if current is None:
        return _make(session, CredentialKind.SESSION, submission_ids=[submission_id], expires_at=now + SESSION_TERM)
    if submission_id not in current.submission_ids:
        current.submission_ids = [*current.submission_ids, submission_id]
    return current


def revoke(session: Session, credential: Credential, *, by: Actor, now: datetime) -> None:
    """End a credential at once."""
    credential.revoked_at = now
    events.append(session, EventKind.CREDENTIAL_REVOKED, subject_id=credential.id, by=by, now=now)


def _make(
    session: Session,
    kind: CredentialKind,
    *,
    account_id: UUID | None = None,
    submission_ids: list[UUID] | None = None,
    expires_at: datetime | None = None,
) -> Credential:
    credential = Credential(id=new_id(), kind=kind, account_id=account_id, submission_ids=submission_ids or [], expires_at=expires_at)
    session.add(credential)
    session.flush()
    return credential
