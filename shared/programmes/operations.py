"""What is done with a programme: load its definition, import its target groups."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.errors import Conflict, Invalid
from shared.events import Actor, EventKind
from shared.people import contacts
from shared.programmes import queries
from shared.programmes.applicants.snapshot import snapshot
from shared.programmes.definition import Definition
from shared.programmes.holidays import HolidayRow
from shared.programmes.models import Group, Holiday, Programme, ProgrammeVersion, RegisterEntry
from shared.programmes.stages import Judge
from shared.programmes.targets import TargetRow
from shared.thai.text import normalise


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
    session: Session, programme: Programme, rows: Sequence[TargetRow], *, by: Actor, now: datetime, dry_run: bool = False
) -> Import:
    """Create or change the programme's groups by their code; with `dry_run` only count what would happen.

    Each is the snapshot of one that the programme's organisation knows by this code: snapshots of other programmes never change.
    Groups that are not in `rows` stay. The programme's row is locked, so that two imports follow one another.
    """
    if not dry_run:
        session.refresh(programme, with_for_update=True)
    form = programme.definition.applicant_form
    columns = {row.code: {"answers": row.answers, **asdict(snapshot(form, row.answers))} for row in rows}
    known = queries.groups_by_code(session, programme.id, list(columns))
    changed = [code for code, group in known.items() if any(getattr(group, name) != value for name, value in columns[code].items())]
    new = [code for code in columns if code not in known]
    result = Import(
        rows=len(rows),
        groups_new=len(new),
        groups_changed=len(changed),
        groups_same=len(known) - len(changed),
        targets_new=len(new),
        targets_total=queries.target_count(session, programme.id) + len(new),
        without_email=sum(values["email"] is None for values in columns.values()),
    )
    if dry_run:
        return result
    register = _registered(session, programme.definition, list(columns))
    for code, group in known.items():
        for name, value in {"register_id": register[code], **columns[code]}.items():
            setattr(group, name, value)
    session.flush()
    if new:
        made = [
            {"id": new_id(), "programme_id": programme.id, "register_id": register[code], "code": code, **columns[code]} for code in new
        ]
        session.execute(insert(Group), made)
    ids = session.execute(select(Group.id, Group.email).where(Group.programme_id == programme.id, Group.code.in_(columns)))
    contacts.put(session, contacts.EMAIL, groups={group.id: group.email for group in ids})
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


def _registered(session: Session, definition: Definition, codes: Sequence[str]) -> dict[str, UUID]:
    """Return the register's entries of a programme's organisation by code, those that were not there newly made."""
    organisation = normalise(definition.organisation.th)
    rows = [{"id": new_id(), "organisation": organisation, "code": code} for code in codes]
    if rows:
        session.execute(upsert(RegisterEntry).on_conflict_do_nothing(), rows)
    entries = session.execute(
        select(RegisterEntry.code, RegisterEntry.id).where(RegisterEntry.organisation == organisation, RegisterEntry.code.in_(codes))
    )
    return {code: id_ for code, id_ in entries}  # noqa: C416  # rows are no pairs to a type checker


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
