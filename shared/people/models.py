"""Tables of people: accounts with their roles, contact points, credentials and codes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.database import Base, Choice, new_id


class Role(StrEnum):
    """What an account may be; the scope is in the same row."""

    OFFICER = "officer"
    MEMBER = "member"
    CHAIR = "chair"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


class Account(Base):
    """A member of staff: an officer, committee member, operator or administrator. Groups have links, not accounts."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    """Lower case; who signs in. Messages go to the account's contact points."""
    name: Mapped[str]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    roles: Mapped[list["RoleGrantRow"]] = relationship(lazy="selectin", order_by="RoleGrantRow.role")


class RoleGrantRow(Base):
    """A role of an account and where it holds: an officer's province and district (None: all), a member's programme and committee."""

    __tablename__ = "role_grants"
    __table_args__ = (
        UniqueConstraint(
            "account_id",
            "role",
            "province",
            "district",
            "programme_id",
            "committee",
            name="uq_role_grants_held",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role] = mapped_column(Choice(Role))
    province: Mapped[str | None]
    district: Mapped[str | None]
    programme_id: Mapped[UUID | None]
    committee: Mapped[str | None]


class ContactPoint(Base):
    """Where messages reach an account or a group on one channel. Written by `shared.people.contacts` alone."""

    __tablename__ = "contact_points"
    __table_args__ = (
        UniqueConstraint("account_id", "channel", name="uq_contact_points_account_id_channel"),
        UniqueConstraint("group_id", "channel", name="uq_contact_points_group_id_channel"),
        CheckConstraint("num_nonnulls(account_id, group_id) = 1", name="one_owner"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    group_id: Mapped[UUID | None]
    channel: Mapped[str]
    """A name of `shared.notifications.channels.CHANNELS`."""
    address: Mapped[str]
    """As the channel writes addresses."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CredentialKind(StrEnum):
    """A group's link, a staff API token, a browser session, or a one-time sign-in link."""

    LINK = "link"
    API = "api"
    SESSION = "session"
    SIGN_IN = "sign_in"


class Credential(Base):
    """What lets somebody in. The token itself is derived from the row's id with the secret key and is never stored."""

    __tablename__ = "credentials"
    __table_args__ = (Index("ix_credentials_submission_ids", "submission_ids", postgresql_using="gin"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[CredentialKind] = mapped_column(Choice(CredentialKind))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    submission_ids: Mapped[list[UUID]] = mapped_column(ARRAY(item_type=Uuid), default=list)
    """The submissions it opens: one for a link, any number for a browser session."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class CodePurpose(StrEnum):
    """What a short code is for: going on with another device, or the group's yes to what an officer prepared."""

    HANDOVER = "handover"
    CONFIRM = "confirm"


class Code(Base):
    """A short code that people read out or type, for one subject and a short time. Only a keyed digest of it is stored."""

    __tablename__ = "codes"
    __table_args__ = (Index("ix_codes_digest", "purpose", "digest"), Index("ix_codes_subject_id", "subject_id", "purpose"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[CodePurpose] = mapped_column(Choice(CodePurpose))
    digest: Mapped[str]
    """HMAC-SHA-256 with the secret key, hexadecimal."""
    subject_id: Mapped[UUID]
    """The submission that is handed over, or the filing that is confirmed."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    tries_left: Mapped[int]
    used_at: Mapped[datetime | None]
