"""The table of grants."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, new_id


class Grant(Base):
    """The money of one awarded submission, in baht."""

    __tablename__ = "grants"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), unique=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), index=True)
    level: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    made_at: Mapped[datetime]
