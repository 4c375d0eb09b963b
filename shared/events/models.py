"""The table of events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id
from shared.events.actor import ActorKind


class Event(Base):
    """One thing that happened: what, to what, by whom, when and why. Never changed, never deleted by the program."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_submission_id", "submission_id", "id"),
        Index("ix_events_programme_id", "programme_id", "id"),
        Index("ix_events_subject_id", "subject_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    kind: Mapped[str]
    """An EventKind, or one that is no longer in use: what happened stays as it was written."""
    subject_id: Mapped[UUID]
    submission_id: Mapped[UUID | None]
    programme_id: Mapped[UUID | None]
    actor_kind: Mapped[ActorKind] = mapped_column(Choice(ActorKind))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    reason: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
