"""The table of payments."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id
from shared.payments.lifecycle import PaymentStatus


class Payment(Base):
    """What one support stage pays one submission, in the programme's currency."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("submission_id", "stage"),
        Index("ix_payments_outcome_id", "outcome_id"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    stage: Mapped[str]
    """The stage's key."""
    status: Mapped[PaymentStatus] = mapped_column(Choice(PaymentStatus), default=PaymentStatus.DUE)
    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcomes.id"))
    """The award that it is a share of."""
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    paid_by: Mapped[str | None]
    """Who noted that it was paid."""
    note: Mapped[str | None]
    """The number of the transfer, or whatever else proves it."""
