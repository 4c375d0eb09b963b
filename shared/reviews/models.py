"""Tables of reviews."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id
from shared.reviews.lifecycle import AssignmentStatus, RoundStatus


class RoundRow(Base):
    """One pass of judging of one programme; its criteria are in the programme's definition."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("programme_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"))
    key: Mapped[str]
    ordinal: Mapped[int]
    status: Mapped[RoundStatus] = mapped_column(Choice(RoundStatus), default=RoundStatus.WAITING)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Entry(Base):
    """A submission in a round, in the queue of one committee, with what it reads."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("round_id", "submission_id"),
        Index("ix_entries_queue", "round_id", "committee", "filled", "id"),
        CheckConstraint("filled >= 0", name="filled"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("rounds.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    committee: Mapped[str]
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    """The versions of filings that are judged: stage key → id."""
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())
    lapsed_at: Mapped[datetime | None]
    """When its submission no longer belonged to the round; it is not judged any more, and nothing of it is erased."""
    filled: Mapped[int] = mapped_column(default=0)
    """Ballots submitted plus active claims. It is a column because a claim that waited for its lock must see the newest count."""


class Assignment(Base):
    """A member's claim of an entry: theirs until `lease_until` unless renewed."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index("uq_assignments_open", "entry_id", "account_id", unique=True, postgresql_where=text("status = 'claimed'")),
        Index("ix_assignments_leases", "lease_until", postgresql_where=text("status = 'claimed'")),
        Index("ix_assignments_account_id", "account_id", "entry_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    status: Mapped[AssignmentStatus] = mapped_column(Choice(AssignmentStatus), default=AssignmentStatus.CLAIMED)
    claimed_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Ballot(Base):
    """One member's marks, comment and signature for one submission in one round; a draft until `submitted_at`."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("entry_id", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    marks: Mapped[dict[str, Any]]
    """Criterion key → mark, as a decimal string."""
    comment: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    renewed_at: Mapped[datetime | None]
    """When a later version was filed after it was submitted: it is a draft again, until its member confirms or changes it."""


class ConflictOfInterest(Base):
    """Why a member may not judge a submission; valid in every round."""

    __tablename__ = "conflicts"
    __table_args__ = (UniqueConstraint("submission_id", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    reason: Mapped[str]
    declared_at: Mapped[datetime]
