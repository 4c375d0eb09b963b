"""The table of notifications."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id


class NotificationStatus(StrEnum):
    """Whether the channel took it. `failed`: it never will, an operator must look."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Notification(Base):
    """One message to one person over one channel."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("event_id", "message", "recipient", "channel"),
        Index("ix_notifications_submission_id", "submission_id"),
        Index("ix_notifications_status", "status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[UUID]
    """What happened."""
    message: Mapped[str]
    """A name of `shared.messages.MESSAGES`."""
    channel: Mapped[str]
    recipient: Mapped[str]
    """An address of the channel."""
    recipient_name: Mapped[str]
    submission_id: Mapped[UUID | None]
    context: Mapped[dict[str, Any]]
    """The facts of the message; never a token or code: links and codes are written when the message is sent."""
    status: Mapped[NotificationStatus] = mapped_column(Choice(NotificationStatus), default=NotificationStatus.PENDING)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
