"""What is done with a programme: load its definition, import its target groups."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.errors import Conflict, Invalid
from shared.events import Actor, EventKind
from shared.people import contacts
from shared.programmes import queries
from shared.programmes.definition import Definition
from shared.programmes.holidays import HolidayRow
from shared.programmes.models import Group, Holiday, Programme, ProgrammeVersion, Target
from shared.programmes.sharing import require_own_codes
from shared.programmes.stages import Judge
from shared.programmes.targets import TargetRow


class RoundFrozen(Conflict):
    """How a round judges does not change once it was opened."""

    th = "รอบ {rounds} เปิดพิจารณาไปแล้ว จึงแก้ไขเกณฑ์ ระดับ จำนวน หรือคณะกรรมการของรอบนั้นไม่ได้"
    en = "Round {rounds} was opened; its criteria, levels, numbers and committees cannot change any more."


class SlugDiffers(Invalid):
    """The file is of another programme than the one named."""

    th = "ไฟล์นี้เป็นของโครงการ {found} ไม่ใช่ {expected}"
    en = "This file is of the programme {found}, not {expected}."


@dataclass(frozen=True, slots=True)
class Import:
    """What an import of target groups did, or would do."""

    rows: int
    groups_new: int
    groups_changed: int
    groups_same: int
    targets_new: int
    targets_total: int
    without_email: int


@dataclass(frozen=True, slots=True)
class HolidayImport:
    """What an import of holidays did, or would do."""

    rows: int
    new: int
    changed: int
    same: int


def load_programme(
    session: Session, definition: Definition, *, by: Actor, now: datetime, slug: str | None = None
) -> tuple[Programme, bool]:
    """Make a programme, or give it a new definition; the same again changes nothing. Returns it, and whether it changed.

    Raises RoundFrozen, and SlugDiffers when it was loaded as another `slug` than its own.
    """
    if slug is not None and slug != definition.slug:
        raise SlugDiffers(found=definition.slug, expected=slug)
    document = definition.model_dump(mode="json")
    session.execute(
        upsert(Programme)
        .values(id=new_id(), slug=definition.slug, document=document, version=0, next_reference=1, frozen_rounds=[])
        .on_conflict_do_nothing()
    )
    programme = queries.programme(session, definition.slug, lock=True)
    if programme.version > 0:
        if programme.definition == definition:  # not the documents: a stored one lacks the fields that a later release added
            return programme, False
        _refuse_frozen(programme, definition)
    programme.document = document
    programme.version += 1
    programme.updated_at = now
    session.flush()
    session.add(ProgrammeVersion(programme_id=programme.id, version=programme.version, document=document, saved_at=now, saved_by=by.name))
    session.flush()
    events.append(
        session,
        EventKind.PROGRAMME_LOADED,
        subject_id=programme.id,
        programme_id=programme.id,
        by=by,
        now=now,
        data={"version": programme.version},
    )
    return programme, True


def freeze_round(session: Session, programme: Programme, key: str) -> None:
    """Record that a round was opened: its part of the definition can no longer change. `programme` is locked by the caller."""
    if key not in programme.frozen_rounds:
        programme.frozen_rounds = [*programme.frozen_rounds, key]
        session.flush()


def import_targets(
    session: Session,
    programme: Programme,
    rows: Sequence[TargetRow],
    *,
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    seen: Callable[[Programme], bool] = lambda other: True,
) -> Import:
    """Create or update groups by their code and make them targets of the programme; with `dry_run` only count what would happen.

    Groups of the programme that are not in `rows` stay. `seen` says whether the person who imports may know of another programme.
    Raises CodesInUse.
    """
    known = queries.groups_by_code(session, [row.code for row in rows])
    require_own_codes(session, programme, rows, known, seen=seen)
    new = [row for row in rows if row.code not in known]
    changed = [row for row in rows if row.code in known and _differs(known[row.code], row)]
    listed = set(session.scalars(select(Target.group_id).where(Target.programme_id == programme.id)))
    targets_new = sum(row.code not in known or known[row.code].id not in listed for row in rows)
    result = Import(
        rows=len(rows),
        groups_new=len(new),
        groups_changed=len(changed),
        groups_same=len(rows) - len(new) - len(changed),
        targets_new=targets_new,
        targets_total=len(listed) + targets_new,
        without_email=sum(row.email is None for row in rows),
    )
    if dry_run:
        return result
    for row in changed:
        for field in fields(TargetRow):
            setattr(known[row.code], field.name, getattr(row, field.name))
    session.flush()
    if new:
        session.execute(insert(Group), [{"id": new_id(), **asdict(row)} for row in new])
    imported = session.execute(select(Group.id, Group.email).where(Group.code.in_([row.code for row in rows])))
    addresses = {group.id: group.email for group in imported}
    contacts.put(session, contacts.EMAIL, groups=addresses)
    targets = [{"id": new_id(), "programme_id": programme.id, "group_id": group_id} for group_id in addresses]
    if targets:
        session.execute(upsert(Target).on_conflict_do_nothing(), targets)
    events.append(
        session, EventKind.TARGETS_IMPORTED, subject_id=programme.id, programme_id=programme.id, by=by, now=now, data=asdict(result)
    )
    return result


def load_holidays(session: Session, rows: Sequence[HolidayRow], *, dry_run: bool = False) -> HolidayImport:
    """Add holidays, or give those there are new names; with `dry_run` only count what would happen. Those not in `rows` stay."""
    before = {holiday.day: (holiday.name_th, holiday.name_en) for holiday in queries.holiday_list(session)}
    new = sum(row.day not in before for row in rows)
    same = sum(before.get(row.day) == (row.name_th, row.name_en) for row in rows)
    if not dry_run and rows:
        values = upsert(Holiday).values([asdict(row) for row in rows])
        names = {"name_th": values.excluded.name_th, "name_en": values.excluded.name_en}
        session.execute(values.on_conflict_do_update(index_elements=[Holiday.day], set_=names))
    return HolidayImport(rows=len(rows), new=new, changed=len(rows) - new - same, same=same)


def _differs(group: Group, row: TargetRow) -> bool:
    return any(getattr(group, field.name) != getattr(row, field.name) for field in fields(TargetRow))


def _refuse_frozen(programme: Programme, definition: Definition) -> None:
    before = programme.definition
    broken = [key for key in programme.frozen_rounds if _judged_by(before, key) != _judged_by(definition, key)]
    gone = {committee.key for committee in before.committees} - {committee.key for committee in definition.committees}
    if broken or (programme.frozen_rounds and gone):
        raise RoundFrozen(rounds=", ".join(broken or programme.frozen_rounds))


def _judged_by(definition: Definition, key: str) -> Judge | None:
    """Return what is frozen of a judge stage: all but its name and its dates."""
    stage = definition.judge(key)
    return stage and stage.model_copy(update={"label": None, "hint": None, "opens": None, "by": None})
