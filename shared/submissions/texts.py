"""What people read of a submission: where it stands and what happened to it, in both languages."""

from typing import Any

from shared.events import EventKind
from shared.submissions.lifecycle import Status
from shared.submissions.sheet import SHEET

STATES: dict[Status, tuple[str, str, str]] = {status: (row.tag.label.th, row.tag.label.en, row.tag.look) for status, row in SHEET.items()}
"""Status → Thai, English, and how it is to look: good, bad or wait."""

HISTORY: dict[str, tuple[str, str]] = {
    EventKind.SUBMISSION_INVITED: ("ได้รับเชิญเข้าร่วมโครงการ", "was invited"),
    EventKind.SUBMISSION_OPENED: ("เปิดหน้าส่งผลงานครั้งแรก", "opened the page for the first time"),
    EventKind.UPLOAD_RECEIVED: ("ได้รับไฟล์ {filename} ครบแล้ว", "{filename} arrived whole"),
    EventKind.UPLOAD_CHECKED: ("ตรวจไฟล์ {filename} แล้ว", "{filename} was checked"),
    EventKind.UPLOAD_TERMINATED: ("ยกเลิกการส่งไฟล์ {filename}", "sending {filename} was cancelled"),
    EventKind.UPLOAD_EXPIRED: ("การส่งไฟล์ {filename} หมดเวลา", "sending {filename} expired"),
    EventKind.HANDOVER_MADE: ("ขอรหัสเพื่อทำต่อบนเครื่องอื่น", "a code was made to go on with another device"),
    EventKind.HANDOVER_USED: ("เปิดหน้านี้บนเครื่องอื่นด้วยรหัส", "was opened on another device by its code"),
    EventKind.SUBMISSION_PREPARED: (
        "{helped_by} เตรียมผลงานให้ และขอให้{group}ยืนยัน",
        "was prepared by {helped_by}; {group} was asked to confirm",
    ),
    EventKind.SUBMISSION_SUBMITTED: ("ส่งผลงาน", "was handed in"),
    EventKind.SUBMISSION_RETURNED: ("ส่งกลับให้แก้ไข", "was returned to be mended"),
    EventKind.SUBMISSION_ACCEPTED: ("รับผลงานแล้ว", "was accepted"),
    EventKind.SUBMISSION_ROUTED: ("ส่งให้คณะกรรมการพิจารณา", "was passed to the committee"),
    EventKind.SUBMISSION_SHORTLISTED: ("ผ่านการกลั่นกรอง", "was shortlisted"),
    EventKind.SUBMISSION_NOT_SHORTLISTED: ("ไม่ผ่านการกลั่นกรอง", "was not shortlisted"),
    EventKind.SUBMISSION_AWARDED: ("ได้รับคัดเลือก", "was awarded"),
    EventKind.SUBMISSION_NOT_AWARDED: ("ไม่ได้รับคัดเลือก", "was not awarded"),
}
"""What a group and its officers see of its history. Claims, ballots and conflicts are the committee's own."""

HANDED_IN_WITH_HELP = ("ส่งผลงาน (โดย{group} ช่วยโดย {helped_by})", "was handed in (by {group}, helped by {helped_by})")
SENT_AGAIN = ("ได้รับไฟล์ {filename} อีกครั้ง (เหมือนไฟล์ที่ส่งไว้แล้ว)", "{filename} arrived again, the same as before")


def history_text(kind: str, data: dict[str, Any]) -> tuple[str, str] | None:
    """Return what an event says in Thai and in English; None for one that is not told."""
    words = HISTORY.get(kind)
    if words is None:
        return None
    if kind == EventKind.SUBMISSION_SUBMITTED and data.get("helped_by"):
        words = HANDED_IN_WITH_HELP
    if kind == EventKind.UPLOAD_RECEIVED and data.get("again"):
        words = SENT_AGAIN
    facts = {name: data.get(name, "") for name in ("filename", "group", "helped_by")}
    return words[0].format(**facts), words[1].format(**facts)
