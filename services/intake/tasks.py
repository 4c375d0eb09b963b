"""The tasks of a group's page, pure: how each stands, which one is next and open."""

from dataclasses import dataclass
from typing import Any

from services.intake.texts import Said
from shared.submissions.lifecycle import Status
from shared.submissions.sheet import MAY_UPLOAD

HAND_IN, FOLLOW = "hand_in", "follow"

NOT_SENT = Said("ยังไม่ได้ส่ง", "not sent yet")
OPTIONAL = Said("ไม่บังคับ", "optional")
SENDING = Said("กำลังส่ง", "being sent", "wait")
HALTED = Said("ส่งค้างไว้", "partly sent", "wait")
CHECKING = Said("กำลังตรวจ", "being checked", "wait")
GOOD = Said("ใช้ได้", "good", "good")
MEND = Said("ต้องแก้ไข", "to be mended", "bad")
SENT = Said("ส่งแล้ว", "handed in", "good")
NOT_YET = Said("ยังทำไม่ได้", "not yet")
READY = Said("พร้อมส่ง", "ready", "ready")
OVER = Said("หมดเวลา", "too late", "bad")


@dataclass(frozen=True, slots=True)
class Tasks:
    """How the tasks stand, by item kind and `hand_in`; the one that is next to do; the one that is open."""

    states: dict[str, Said]
    next: str
    open: str


def tasks(seen: dict[str, Any], *, asked: str | None) -> Tasks:
    """Return the tasks of a submission as `view` shows it; `asked` is the one the reader chose to open."""
    code, is_in = seen["next_step"]["code"], seen["state"] not in MAY_UPLOAD
    states = {item["kind"]: _item(item, is_in=is_in) for item in seen["items"]}
    next_ = FOLLOW
    if code in ("upload", "mend"):
        wanted = (MEND,) if code == "mend" else (HALTED, SENDING, NOT_SENT)
        ours = (item["kind"] for item in seen["items"] if states[item["kind"]] in wanted)
        next_ = next((kind for kind in ours if code == "mend" or kind in seen["missing"]), FOLLOW)
    elif code == "submit":
        next_ = HAND_IN
    states[HAND_IN] = _hand_in(seen, is_in=is_in)
    if asked is not None and asked in {*states, FOLLOW}:
        return Tasks(states, next_, asked)
    return Tasks(states, next_, next_)


def _item(item: dict[str, Any], *, is_in: bool) -> Said:
    standing = {upload["state"] for upload in item["uploads"]}
    if "failed" in standing:
        return MEND
    if "receiving" in standing and not is_in:
        return SENDING if any(upload["is_sending"] for upload in item["uploads"]) else HALTED
    if "received" in standing:
        return CHECKING
    if standing & {"passed"}:
        return SENT if is_in else GOOD
    return NOT_SENT if item["required"] and not is_in else OPTIONAL


def _hand_in(seen: dict[str, Any], *, is_in: bool) -> Said:
    if is_in:
        return SENT
    code = seen["next_step"]["code"]
    if code == "submit":
        return READY
    if code == "late":
        return OVER
    return MEND if seen["state"] == Status.RETURNED else NOT_YET
