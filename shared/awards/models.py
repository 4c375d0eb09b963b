"""The table of decisions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.awards.lifecycle import DecisionStatus
from shared.database import Base, Choice, new_id


class Decision(Base):
    """A frozen ranking of one round with its outcome, signed."""

    __tablename__ = "decisions"
    __table_args__ = (Index("uq_decisions_standing", "round_id", unique=True, postgresql_where=text("status <> 'superseded'")),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), index=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("rounds.id"))
    status: Mapped[DecisionStatus] = mapped_column(Choice(DecisionStatus), default=DecisionStatus.MADE)
    places: Mapped[list[Any]]
    """In order: {submission, reference, group, province, score, exact, ballots, rank, outcome, amount}; see `shared.awards.operations`."""
    ties: Mapped[list[Any]]
    """How people decided ties: {submissions in order, reason}."""
    digest: Mapped[str]
    """SHA-256 of programme, round, places and ties as canonical JSON: what was signed."""
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    signed_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
