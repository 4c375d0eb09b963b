"""Tables of programmes and their applicants."""

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import Base, new_id
from shared.programmes.definition import Definition
from shared.programmes.upgrading import upgrade


class Programme(Base):
    """One call. `document` is its definition as saved last; `version` counts the saves that changed it."""

    __tablename__ = "programmes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    document: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    next_reference: Mapped[int] = mapped_column(default=1)
    frozen_rounds: Mapped[list[Any]] = mapped_column(default=list)
    """Keys of the judge stages that were opened: how they judge does not change any more."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())

    @property
    def definition(self) -> Definition:
        """The programme's definition, from a document of any format."""
        return _definition(self.id, self.version, json.dumps(self.document, sort_keys=True))


class ProgrammeVersion(Base):
    """A document as it was saved: what it said, when, and by whom. It never changes."""

    __tablename__ = "programme_versions"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    """Who saved it, as history names them."""

    @property
    def definition(self) -> Definition:
        """What this version defines."""
        return _definition(self.programme_id, self.version, json.dumps(self.document, sort_keys=True))


class Opening(Base):
    """A stage that has begun: every submission that belongs to it by then has its row once `done_at` is set."""

    __tablename__ = "openings"
    __table_args__ = (UniqueConstraint("programme_id", "stage"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"))
    stage: Mapped[str]
    """The stage's key."""
    opened_at: Mapped[datetime]
    placed_until: Mapped[UUID | None]
    """The last submission that was looked at, in the order of ids; a worker that takes over goes on after it."""
    done_at: Mapped[datetime | None]


class Holiday(Base):
    """A day of the installation on which nobody works, besides Saturdays and Sundays: a term of days does not end on it."""

    __tablename__ = "holidays"

    day: Mapped[date] = mapped_column(primary_key=True)
    name_th: Mapped[str]
    name_en: Mapped[str]


class RegisterEntry(Base):
    """An applicant that an organisation knows by its number in the register, over all programmes of the organisation."""

    __tablename__ = "register_entries"
    __table_args__ = (UniqueConstraint("organisation", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation: Mapped[str]
    """Its Thai name, as its programmes have it."""
    code: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Group(Base):
    """An applicant in one programme, which the programme is for: a snapshot of what it answered to the applicant's form.

    What stands beside `answers` follows from them, see `shared.programmes.applicants.snapshot`.
    """

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("programme_id", "code"), Index("ix_groups_area", "programme_id", "province", "amphoe"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"))
    register_id: Mapped[UUID] = mapped_column(ForeignKey("register_entries.id"), index=True)
    code: Mapped[str]
    """Its number in the register."""
    answers: Mapped[dict[str, Any]]
    """By the question's key, as `shared.forms` stores them."""
    name: Mapped[str]
    province: Mapped[str]
    """Official Thai name, as those below it; empty where the form asks for no place."""
    amphoe: Mapped[str]
    tambon: Mapped[str]
    place_code: Mapped[str | None]
    """The official code of its place: 2 digits for a province, 4 for an amphoe, 6 for a tambon."""
    contact_name: Mapped[str]
    """Whom to write to: itself where the form asks for nobody else."""
    email: Mapped[str | None]
    """As it was answered; messages go to the group's contact points."""
    phone: Mapped[str | None]
    """In international form, as +66812345678."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


@lru_cache(maxsize=64)
def _definition(programme_id: UUID, version: int, document: str) -> Definition:
    """Read a document once: it is asked at every step and never changes. The ids keep equal documents of two programmes apart."""
    return Definition.stored(upgrade(json.loads(document)).document)
