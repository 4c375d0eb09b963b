"""What the office's pages call things, in both languages."""

from typing import Any

from shared.awards.models import DecisionStatus
from shared.events import EventKind
from shared.reviews.lifecycle import RoundStatus

ROUND_STATES: dict[RoundStatus, tuple[str, str, str]] = {
    RoundStatus.WAITING: ("ยังไม่เปิด", "not open yet", "wait"),
    RoundStatus.OPEN: ("เปิดให้กรรมการพิจารณา", "open for judging", "wait"),
    RoundStatus.CLOSED: ("ปิดการพิจารณาแล้ว", "judging has ended", "wait"),
    RoundStatus.DECIDED: ("เสร็จสิ้น", "completed", "good"),
}
"""Status → Thai, English, and how it is to look: good, bad or wait."""

DECISION_STATES: dict[DecisionStatus, tuple[str, str, str]] = {
    DecisionStatus.MADE: ("สรุปผลแล้ว รอประธานลงนาม", "made, to be signed by the chair", "wait"),
    DecisionStatus.SIGNED: ("ประธานลงนามแล้ว รอประกาศ", "signed, to be published", "wait"),
    DecisionStatus.PUBLISHED: ("ประกาศผลแล้ว", "published", "good"),
}

ROUND_HISTORY: dict[EventKind, tuple[str, str]] = {
    EventKind.ROUND_OPENED: ("เปิดรอบ", "The round was opened"),
    EventKind.ROUND_CLOSED: ("ปิดรอบ", "The round was closed"),
    EventKind.DECISION_MADE: ("สรุปผล", "The decision was made"),
    EventKind.DECISION_SIGNED: ("ประธานลงนาม", "The chair signed"),
    EventKind.DECISION_PUBLISHED: ("ประกาศผล", "The decision was published"),
}

EXPORTS: dict[str, tuple[str, str]] = {
    "results": ("ผลการพิจารณา", "Results"),
    "contacts": ("ผู้ประสานงานของกลุ่ม", "Contacts"),
    "grants": ("เงินสนับสนุน", "Grants"),
}


def told_of_round(kind: str, data: dict[str, Any]) -> tuple[str, str] | None:
    """Return what an event of a round or its decisions says in Thai and in English; None for one that is not told."""
    if kind == EventKind.ROUND_OPENED and data.get("again"):
        return "เปิดรอบอีกครั้ง", "The round was opened again"
    return ROUND_HISTORY.get(EventKind(kind))
