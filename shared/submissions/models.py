"""Tables of submissions and uploads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id
from shared.events import ActorKind
from shared.submissions.lifecycle import Status, UploadStatus


class Submission(Base):
    """One group's entry in one programme."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("programme_id", "group_id"), Index("ix_submissions_programme_id_status", "programme_id", "status"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("groups.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """What people call it: OM63-0001."""
    status: Mapped[Status] = mapped_column(Choice(Status), default=Status.INVITED)
    committee: Mapped[str | None]
    """The key of the committee it is routed to."""
    level: Mapped[str | None]
    """The key of the level it was awarded."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    submitted_at: Mapped[datetime | None]
    """When it was handed in last."""
    returned_at: Mapped[datetime | None]
    """When it was returned last."""
    prepared_at: Mapped[datetime | None]
    """When an officer asked the group to confirm what was prepared for it; None when nothing waits for the group's yes."""
    prepared_by_id: Mapped[UUID | None]
    prepared_by: Mapped[str | None]
    """Who prepared it: the officer's account and name."""
    bound: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    """Of items with several files, by kind: all of them as one document to read, see `shared.renditions`."""


class Receipt(Base):
    """What a group holds for one handing in: who sent what when. It never changes."""

    __tablename__ = "receipts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    """What is typed to check it."""
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    issued_at: Mapped[datetime]
    document: Mapped[dict[str, Any]]
    """What it says, as JSON: reference, programme, group, who handed in and who helped, files with name, size and SHA-256."""
    pdf_key: Mapped[str | None]
    """The object of its PDF, once made."""
    pdf_sha256: Mapped[str | None]


class Upload(Base):
    """A file on its way in, or arrived: one item's file. A later one replaces it (`replaced_at`); none is deleted.

    The offset is what is durable: whole parts, then the pieces of the tail. A writer holds the row by `lease_token`; one who wants it
    sets `wanted_at`.
    """

    __tablename__ = "uploads"
    __table_args__ = (
        Index("ix_uploads_submission_id", "submission_id", "id"),
        Index("ix_uploads_sha256", "sha256"),
        Index("ix_uploads_receiving", "expires_at", postgresql_where=text("status = 'receiving'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    kind: Mapped[str]
    """The item's kind."""
    filename: Mapped[str]
    """What the sender calls it: a label, never part of a path or key."""
    filetype: Mapped[str | None]
    """What the sender claims; the content decides."""
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    offset_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    part_bytes: Mapped[int]
    """The size of every S3 part but the last."""
    digest_state: Mapped[bytes | None]
    """The running SHA-256 after `offset_bytes`; None once complete."""
    sha256: Mapped[str | None]
    """Of the complete file, hexadecimal."""
    object_key: Mapped[str]
    multipart_id: Mapped[str | None]
    status: Mapped[UploadStatus] = mapped_column(Choice(UploadStatus), default=UploadStatus.RECEIVING)
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    wanted_at: Mapped[datetime | None]
    by_kind: Mapped[ActorKind] = mapped_column(Choice(ActorKind))
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    """Who sends it, as history names them."""
    facts: Mapped[dict[str, Any] | None]
    """What the tools saw."""
    copies: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    """What is made of it for people to look at, by name: see `shared.renditions`."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    """When an unfinished upload is given up."""
    received_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]


class UploadPart(Base):
    """A part that lies in the store."""

    __tablename__ = "upload_parts"

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """From 1, without gaps."""
    size_bytes: Mapped[int]
    etag: Mapped[str]


class UploadTail(Base):
    """A piece of the bytes after the last whole part, kept here until a part is full."""

    __tablename__ = "upload_tails"

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id"), primary_key=True)
    offset_bytes: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """Where the piece begins in the file."""
    content: Mapped[bytes]
