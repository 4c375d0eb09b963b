"""Tables of submissions, what they file, and uploads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Index, UniqueConstraint, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id
from shared.events import ActorKind
from shared.programmes.stages import Office
from shared.submissions.lifecycle import FilingStatus, UploadStatus, VersionStatus


class Submission(Base):
    """One applicant's entry in one programme: filings are what it is asked, outcomes what was decided of it, payments what it gets."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("programme_id", "group_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("groups.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """What people call it: OM63-0001."""
    category: Mapped[str | None]
    """The key of its category; fixed when a round has it."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    opened_at: Mapped[datetime | None]
    """When its applicant came first."""
    withdrawn_at: Mapped[datetime | None]
    disqualified_at: Mapped[datetime | None]

    @property
    def is_out(self) -> bool:
        """Whether it takes no further part: it was withdrawn or disqualified."""
        return self.withdrawn_at is not None or self.disqualified_at is not None


class Filing(Base):
    """What one submission files at one collect stage: a draft that goes on changing, and the versions that were submitted."""

    __tablename__ = "filings"
    __table_args__ = (
        UniqueConstraint("submission_id", "stage"),
        Index("ix_filings_stage_status", "stage", "status"),
        Index("ix_filings_due", "due_at", postgresql_where=text("status IN ('open', 'returned')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    stage: Mapped[str]
    """The stage's key."""
    status: Mapped[FilingStatus] = mapped_column(Choice(FilingStatus), default=FilingStatus.OPEN)
    filed_by: Mapped[Office] = mapped_column(Choice(Office), default=Office.APPLICANT)
    document_version: Mapped[int] = mapped_column(default=1)
    """The version of the programme's document whose form it is filled in by."""
    made_at: Mapped[datetime]
    """When the submission came to belong to the stage."""
    due_at: Mapped[datetime]
    """Its deadline."""
    mend_until: Mapped[datetime | None]
    """Until when what was returned may be fixed."""
    submitted_at: Mapped[datetime | None]
    """When it was submitted last."""
    returned_at: Mapped[datetime | None]
    """When it was returned last."""
    accepted_at: Mapped[datetime | None]
    """When the version that is read was accepted."""
    version_id: Mapped[UUID | None]
    """The accepted version, which all that follows reads."""
    coordinator_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    """The officer who is reminded of it; None: all of the office."""
    prepared_at: Mapped[datetime | None]
    """When an officer asked the group to confirm what was prepared for it; None when nothing waits for the group's yes."""
    prepared_by_id: Mapped[UUID | None]
    prepared_by: Mapped[str | None]
    """Who prepared it: the officer's account and name."""


class FilingVersion(Base):
    """What was submitted at once: answers and files. It never changes but for its status and what is made of its files."""

    __tablename__ = "filing_versions"
    __table_args__ = (UniqueConstraint("filing_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filings.id"))
    number: Mapped[int]
    """From 1."""
    status: Mapped[VersionStatus] = mapped_column(Choice(VersionStatus), default=VersionStatus.CHECKING)
    document_version: Mapped[int]
    """The version of the programme's document by which it reads."""
    answers: Mapped[dict[str, Any]]
    """By the question's key, as `shared.forms` stores them; only what was asked."""
    upload_ids: Mapped[list[UUID]] = mapped_column(ARRAY(item_type=Uuid))
    submitted_at: Mapped[datetime]
    by_kind: Mapped[ActorKind] = mapped_column(Choice(ActorKind))
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    """Who submitted it, as history names them."""
    checked_at: Mapped[datetime | None]
    """When the checks of all its files had ended."""
    helper_ids: Mapped[list[UUID]] = mapped_column(ARRAY(item_type=Uuid), default=list, server_default=text("'{}'"))
    """Accounts of officers who prepared it or helped."""
    findings: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'::jsonb"))
    """Why it was returned: `{item, code, data}` of checks, `{reason}` of an officer."""
    bound: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    """Of items whose files are pages of one document, by key: all of them as one to read, see `shared.renditions`."""


class Answer(Base):
    """One answer of a filing's draft, as it was typed."""

    __tablename__ = "answers"

    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filings.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """The question's."""
    value: Mapped[Any] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(default=1)
    """Counts its saves; one who saves names the version it began from."""
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    """Who saved it last, as history names them."""


class Receipt(Base):
    """What a group holds for one handing in: who sent what when. It never changes."""

    __tablename__ = "receipts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    """What is typed to check it."""
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("filing_versions.id"), index=True)
    """What it is the receipt of; None of one that was replaced before versions were kept."""
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
    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filings.id"), index=True)
    kind: Mapped[str]
    """The item's key."""
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
