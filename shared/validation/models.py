"""The table of findings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, Choice, new_id
from shared.validation.findings import Severity


class FindingRow(Base):
    """What a rule said of an upload: the code names the rule's text, `data` fills it."""

    __tablename__ = "findings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id"), index=True)
    code: Mapped[str]
    severity: Mapped[Severity] = mapped_column(Choice(Severity))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    found_at: Mapped[datetime]
