"""What the office's pages say, in both languages."""

from enum import StrEnum
from typing import Any

from shared.events import EventKind
from shared.text import Text

ROUND_HISTORY: dict[str, Text] = {
    EventKind.ROUND_OPENED: Text("เปิดรอบ", "The round was opened"),
    EventKind.ROUND_CLOSED: Text("ปิดรอบ", "The round was closed"),
    EventKind.DECISION_MADE: Text("สรุปผล", "The decision was made"),
    EventKind.DECISION_SIGNED: Text("ประธานลงนาม", "The chair signed"),
    EventKind.DECISION_PUBLISHED: Text("ประกาศผล", "The decision was published"),
}

EXPORTS: dict[str, Text] = {
    "results": Text("ผลการพิจารณา", "Results"),
    "contacts": Text("ผู้ประสานงานของกลุ่ม", "Contacts"),
    "grants": Text("เงินสนับสนุน", "Grants"),
    "filings": Text("การส่งในแต่ละขั้นตอน", "What was filed"),
    "payments": Text("การจ่ายเงิน", "Payments"),
}
"""Table → what it is called."""


class RoundStep(StrEnum):
    """What is to be done next in a round."""

    JUDGE = "judge"
    ORDER_TIES = "order_ties"
    DECIDE = "decide"
    SIGN = "sign"
    PUBLISH = "publish"
    WAIT = "wait"
    NOTHING = "nothing"


ROUND_STEPS: dict[RoundStep, Text] = {
    RoundStep.JUDGE: Text(
        "กรรมการกำลังให้คะแนน เมื่อครบทุกใบแล้วให้ปิดรอบ", "The committee is judging. When every ballot has been submitted, close the round."
    ),
    RoundStep.ORDER_TIES: Text(
        "คะแนนเท่ากันคร่อมเส้นตัด คณะกรรมการจัดลำดับพร้อมเหตุผล แล้วสรุปผล",
        "Equal scores lie across a cut: the committee orders them, with the reason, and the decision is made.",
    ),
    RoundStep.DECIDE: Text(
        "ตรวจอันดับข้างล่าง แล้วสรุปผล จากนั้นประธานลงนาม", "Check the ranking below and make the decision; the chair then signs it."
    ),
    RoundStep.SIGN: Text("รอประธานตรวจและลงนาม", "The chair checks and signs."),
    RoundStep.PUBLISH: Text(
        "ประธานลงนามแล้ว เมื่อประกาศ ทุกกลุ่มจะได้รับแจ้งผล และเปลี่ยนผลไม่ได้อีก",
        "The chair has signed. When you publish, every group is told its result, and it cannot be changed after that.",
    ),
    RoundStep.WAIT: Text(
        "ประกาศแล้ว ระบบกำลังบันทึกผลและแจ้งทุกกลุ่ม โปรดเปิดหน้านี้อีกครั้งในอีกสักครู่",
        "Published. The results are being recorded and every group is being told. Please look again in a moment.",
    ),
    RoundStep.NOTHING: Text(
        "รอบนี้เสร็จสิ้น บันทึกผลและแจ้งทุกกลุ่มแล้วเมื่อ {at}", "There is nothing to do: the results were recorded and every group was told on {at}."
    ),
}


def round_history_text(kind: str, data: dict[str, Any]) -> Text | None:
    """Return what an event of a round or its decisions says; None for one that is not shown."""
    if kind == EventKind.ROUND_OPENED and data.get("again"):
        return Text("เปิดรอบอีกครั้ง", "The round was opened again")
    return ROUND_HISTORY.get(kind)
