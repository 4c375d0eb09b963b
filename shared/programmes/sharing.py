"""Groups that several programmes share by their code in the register: no programme's import makes another group of them."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import Conflict
from shared.programmes.models import Group, Programme, Target
from shared.programmes.targets import TargetRow
from shared.text import Text

Seen = Callable[[Programme], bool]
"""Whether a person may know of another programme."""
OTHER = Text("โครงการอื่น", "another programme")
THE_PROGRAMME = Text("โครงการ “{name}” ({slug})", "the programme “{name}” ({slug})")
WHO = ("name", "village_no", "tambon", "amphoe", "province", "business")
"""What makes a group the one that it is; whom to reach in it may change for all its programmes at once."""


class CodesInUse(Conflict):
    """A code of the register is one group in every programme; `groups` names each row that would make another group of it."""

    th = "รหัสกลุ่ม {group_code} ใช้อยู่แล้วใน{programme_th} โดยเป็น “{name}” ({count} แถว) โปรดแก้รหัสหรือข้อมูลกลุ่มให้ตรงกัน"
    en = "The code {group_code} is “{name}” in {programme_en} already (rows: {count}). Please correct the code or the group's data."


def require_own_codes(
    session: Session,
    programme: Programme,
    rows: Sequence[TargetRow],
    known: Mapping[str, Group],
    *,
    seen: Seen,
) -> None:
    """Raise CodesInUse where a row would rename or move a group that another programme has as its target. One query.

    Another programme is named where it is `seen`, and its group's name only then.
    """
    differing = {known[row.code].id: row for row in rows if row.code in known and _is_another(known[row.code], row)}
    if not differing:
        return
    found = session.execute(
        select(Group, Programme)
        .join(Target, Target.group_id == Group.id)
        .join(Programme, Programme.id == Target.programme_id)
        .where(Group.id.in_(differing), Programme.id != programme.id)
        .order_by(Group.code, Programme.id)
    ).all()
    if not found:
        return
    groups = [_described(group, other, is_seen=seen(other)) for group, other in found]
    raise CodesInUse(**groups[0], count=len(groups), groups=groups)


def _is_another(group: Group, row: TargetRow) -> bool:
    return any(getattr(group, field) != getattr(row, field) for field in WHO)


def _described(group: Group, other: Programme, *, is_seen: bool) -> dict[str, str]:
    if not is_seen:
        return {"group_code": group.code, "name": "–", "programme_th": OTHER.th, "programme_en": OTHER.en}
    return {"group_code": group.code, "name": group.name, "programme": other.slug, **named(other)}


def named(other: Programme) -> dict[str, str]:
    """Return how a refusal names another programme: `programme_th` and `programme_en`."""
    text = THE_PROGRAMME.fill(name=other.definition.name, slug=other.slug)
    return {"programme_th": text.th, "programme_en": text.en}
