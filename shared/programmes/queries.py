"""Reads of programmes and their groups."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Holiday, Programme, ProgrammeVersion


class ProgrammeUnknown(NotFound):
    """There is no such programme."""

    th = "ไม่พบโครงการ {slug}"
    en = "There is no programme {slug}."


def programme(session: Session, slug: str, *, lock: bool = False) -> Programme:
    """Return the programme of a slug, locked against other writers if `lock`. Raises ProgrammeUnknown."""
    query = select(Programme).where(Programme.slug == slug)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise ProgrammeUnknown(slug=slug)
    return found


def programmes(session: Session) -> Sequence[Programme]:
    """Return all programmes, the newest first."""
    return session.scalars(select(Programme).order_by(Programme.id.desc())).all()


def definition_of(session: Session, programme: Programme, version: int) -> Definition:
    """Return what a version of a programme's document defines. Raises sqlalchemy.exc.NoResultFound for one that was never saved."""
    if version == programme.version:
        return programme.definition
    return session.get_one(ProgrammeVersion, (programme.id, version)).definition


def versions(session: Session, programme_id: UUID) -> Sequence[ProgrammeVersion]:
    """Return every version of a programme's document, the newest first."""
    query = select(ProgrammeVersion).where(ProgrammeVersion.programme_id == programme_id)
    return session.scalars(query.order_by(ProgrammeVersion.version.desc())).all()


def holidays(session: Session) -> frozenset[date]:
    """Return the days on which nobody works, besides Saturdays and Sundays."""
    return frozenset(session.scalars(select(Holiday.day)))


def holiday_list(session: Session, year: int | None = None) -> Sequence[Holiday]:
    """Return the holidays in order, of one year of the common era or of all."""
    query = select(Holiday).order_by(Holiday.day)
    if year is not None:
        query = query.where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
    return session.scalars(query).all()


def groups_by_code(session: Session, programme_id: UUID, codes: Collection[str]) -> dict[str, Group]:
    """Return a programme's groups by their number in the register. One query."""
    query = select(Group).where(Group.programme_id == programme_id, Group.code.in_(codes))
    return {group.code: group for group in session.scalars(query)}


def target_count(session: Session, programme_id: UUID) -> int:
    """Return how many groups a programme is for."""
    return session.scalar(select(func.count()).select_from(Group).where(Group.programme_id == programme_id)) or 0
