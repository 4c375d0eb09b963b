"""The one way a status moves: compare and set, against a table of legal edges."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from shared.database.base import Base
from shared.errors import Conflict

S = TypeVar("S", bound=StrEnum)


class StatusChanged(Conflict):
    """The row was not in the state this step starts from."""

    th = "รายการนี้เปลี่ยนสถานะไปแล้ว (ต้องการเปลี่ยนเป็น {to}) โปรดเปิดหน้านี้ใหม่"
    en = "This has changed in the meantime and can not become {to} from here. Please reload."


def advance(session: Session, row: Base, to: S, *, edges: Mapping[S, set[S]], **values: Any) -> None:
    """Move `row.status` to `to` and set `values`, if its status in the database is still the one this session read.

    Raises StatusChanged when the edge is not legal or another transaction was first.
    """
    id_: UUID = row.id  # type: ignore[attr-defined]  # every table with a status has an id
    before: S = row.status  # type: ignore[attr-defined]
    if to not in edges.get(before, set()):
        raise StatusChanged(was=str(before), to=str(to))
    table = type(row)
    result = session.execute(
        update(table).where(table.id == id_, table.status == before).values(status=to, **values)  # type: ignore[attr-defined]
    )
    assert isinstance(result, CursorResult)  # noqa: S101  # narrows the type: an UPDATE has a row count
    if result.rowcount != 1:
        raise StatusChanged(was=str(before), to=str(to))
    session.refresh(row)
