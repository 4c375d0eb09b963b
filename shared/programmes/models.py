"""Tables of programmes, groups, and targets."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, new_id
from shared.programmes.definition import Definition


class Programme(Base):
    """One call in one year. `document` is its definition as loaded last; `version` counts the loads that changed it."""

    __tablename__ = "programmes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    document: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    next_reference: Mapped[int] = mapped_column(default=1)
    frozen_rounds: Mapped[list[Any]] = mapped_column(default=list)
    """Keys of the rounds that were opened: how they judge does not change any more."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())

    @property
    def definition(self) -> Definition:
        """The programme's definition."""
        return Definition.model_validate(self.document)


class Group(Base):
    """A savings group for production. `code` is its number in the department's register."""

    __tablename__ = "groups"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    village_no: Mapped[str]
    tambon: Mapped[str]
    amphoe: Mapped[str]
    province: Mapped[str]
    business: Mapped[str]
    contact_name: Mapped[str]
    email: Mapped[str | None]
    """As the register has it; messages go to the group's contact points."""
    phone: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Target(Base):
    """A group that a programme invites."""

    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("programme_id", "group_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("groups.id"), index=True)
