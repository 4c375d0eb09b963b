"""Saves that never overwrite what another has saved meanwhile: each names the version it began from, and a clash shows both texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.errors import Conflict


@dataclass(frozen=True, slots=True)
class Saved:
    """A value as it is stored: its version (0: never saved), and who saved it when."""

    value: Any
    version: int
    saved_at: datetime | None
    saved_by: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A value that somebody saves, and the version of it that they began from; None: they do not say, and overwrite on purpose."""

    key: str
    value: Any
    began_from: int | None


class EditedMeanwhile(Conflict):
    """Somebody else has saved the same meanwhile; `clashes` holds both texts of each, and nothing of this save is stored."""

    th = "{saved_by} บันทึกข้อความเดียวกันไปก่อนแล้ว จึงยังไม่บันทึกของท่านทับ โปรดเลือกว่าจะใช้ข้อความใด"
    en = "{saved_by} has saved the same meanwhile, so yours was not saved over it. Please choose which text to keep."

    def __init__(self, clashes: list[dict[str, Any]]) -> None:
        super().__init__(clashes=clashes, saved_by=clashes[0]["saved_by"])


def changed(edits: Iterable[Edit], stored: Mapping[str, Saved]) -> list[Edit]:
    """Return the edits that change anything, all of them made from the stored version. Raises EditedMeanwhile with every clash."""
    found: list[Edit] = []
    clashes: list[dict[str, Any]] = []
    for edit in edits:
        now = stored.get(edit.key, NEVER_SAVED)
        if edit.value == now.value:
            continue
        if edit.began_from is not None and edit.began_from != now.version:
            clashes.append(_clash(edit, now))
        found.append(edit)
    if clashes:
        raise EditedMeanwhile(clashes)
    return found


NEVER_SAVED = Saved(None, 0, None, "")


def _clash(edit: Edit, now: Saved) -> dict[str, Any]:
    return {
        "key": edit.key,
        "mine": edit.value,
        "theirs": now.value,
        "version": now.version,
        "saved_at": now.saved_at.isoformat() if now.saved_at else None,
        "saved_by": now.saved_by,
    }
