"""Reads of people: who a token belongs to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import NotFound, Unauthenticated
from shared.events import ActorKind
from shared.people import tokens
from shared.people.models import Account, Credential, CredentialKind, Role, RoleGrantRow
from shared.people.person import Person, RoleGrant


class LinkNotValid(Unauthenticated):
    """The token is not one of ours, has expired, was used or was revoked."""

    th = "ลิงก์หรือรหัสนี้ใช้ไม่ได้แล้ว โปรดขอลิงก์ใหม่จากเจ้าหน้าที่พัฒนาชุมชนอำเภอของท่าน"
    en = "This link or token is not valid any more. Please ask your district officer for a new one."


class AccountUnknown(NotFound):
    """No account has this address."""

    th = "ไม่พบบัญชีของ {email}"
    en = "There is no account {email}."


def token_of(credential: Credential, *, secret: str) -> str:
    """Return the token that opens with this credential."""
    return tokens.write(secret, CredentialKind(credential.kind), credential.id)


def credential_of(session: Session, token: str, *kinds: CredentialKind, secret: str, now: datetime) -> Credential:
    """Return the living credential of a token of one of `kinds`. Raises LinkNotValid."""
    found = tokens.read(secret, token)
    credential = session.get(Credential, found[1]) if found and found[0] in kinds else None
    if credential is None or credential.revoked_at or (credential.expires_at and credential.expires_at <= now):
        raise LinkNotValid
    if credential.kind == CredentialKind.SIGN_IN and credential.used_at:
        raise LinkNotValid
    return credential


def person_of(session: Session, token: str, *, secret: str, now: datetime) -> Person:
    """Return who a bearer token or session cookie belongs to. Raises LinkNotValid."""
    credential = credential_of(session, token, CredentialKind.LINK, CredentialKind.API, CredentialKind.SESSION, secret=secret, now=now)
    account = session.get(Account, credential.account_id) if credential.account_id else None
    if account is not None and account.disabled_at:
        raise LinkNotValid
    submissions = frozenset(credential.submission_ids)
    if account is None:
        return Person(str(ActorKind.GROUP), submissions=submissions, credential_id=credential.id)
    return person_from(account, submissions=submissions, credential_id=credential.id)


def person_from(account: Account, *, submissions: frozenset[UUID] = frozenset(), credential_id: UUID | None = None) -> Person:
    """Return an account as a person, with the submissions their browser session holds."""
    grants = tuple(RoleGrant(Role(row.role), row.province, row.district, row.programme_id, row.committee) for row in account.roles)
    return Person(account.name, account.id, account.email, grants, submissions, credential_id)


def account_by_email(session: Session, email: str) -> Account:
    """Return the account of an address in any case. Raises AccountUnknown."""
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account is None:
        raise AccountUnknown(email=email)
    return account


def accounts(session: Session) -> Sequence[Account]:
    """Return all accounts with their roles, by address."""
    return session.scalars(select(Account).order_by(Account.email)).all()


def link_of(session: Session, submission_id: UUID) -> Credential | None:
    """Return the newest living link of a submission."""
    return session.scalar(
        select(Credential)
        .where(Credential.kind == CredentialKind.LINK, Credential.submission_ids == [submission_id], Credential.revoked_at.is_(None))
        .order_by(Credential.id.desc())
        .limit(1)
    )


def officers_by_area(session: Session) -> frozenset[tuple[str | None, str | None]]:
    """Return the areas that have an enabled officer, as (province, district): (province, None) a province, (None, None) the department."""
    rows = session.execute(
        select(RoleGrantRow.province, RoleGrantRow.district)
        .join(Account, Account.id == RoleGrantRow.account_id)
        .where(RoleGrantRow.role == Role.OFFICER, Account.disabled_at.is_(None))
        .distinct()
    )
    return frozenset((province, district if province else None) for province, district in rows)


def officers_of(session: Session, *, province: str | None, district: str | None) -> Sequence[Account]:
    """Return the enabled officers of exactly this area, by name: without a district of a province, without both of the department."""
    return session.scalars(
        select(Account)
        .join(RoleGrantRow)
        .where(
            RoleGrantRow.role == Role.OFFICER,
            RoleGrantRow.province.is_not_distinct_from(province),
            RoleGrantRow.district.is_not_distinct_from(district),
            Account.disabled_at.is_(None),
        )
        .order_by(Account.name)
        .distinct()
    ).all()


def with_role(session: Session, *roles: Role, programme_id: UUID | None = None, committee: str | None = None) -> Sequence[Account]:
    """Return enabled accounts that hold any of the roles, in a programme's committee when given, by name."""
    query = (
        select(Account)
        .join(RoleGrantRow)
        .where(RoleGrantRow.role.in_(roles), Account.disabled_at.is_(None))
        .order_by(Account.name)
        .distinct()
    )
    if programme_id is not None:
        query = query.where(RoleGrantRow.programme_id == programme_id)
    if committee is not None:
        query = query.where(RoleGrantRow.committee == committee)
    return session.scalars(query).all()
