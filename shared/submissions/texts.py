"""What people read of a submission: its status and what happened to it, in both languages."""

from typing import Any

from shared.events import EventKind
from shared.submissions.lifecycle import Status
from shared.submissions.sheet import SHEET
from shared.text import Text

STATES: dict[Status, tuple[str, str, str]] = {status: (row.tag.label.th, row.tag.label.en, row.tag.look) for status, row in SHEET.items()}
"""Status → Thai, English, and how it is to look: good, bad or wait."""

HISTORY: dict[str, Text] = {
    EventKind.SUBMISSION_INVITED: Text("ได้รับเชิญเข้าร่วมโครงการ", "Invited"),
    EventKind.SUBMISSION_OPENED: Text("เปิดหน้าส่งผลงานครั้งแรก", "Page opened for the first time"),
    EventKind.UPLOAD_RECEIVED: Text("ได้รับไฟล์ {filename} ครบแล้ว", "{filename} uploaded"),
    EventKind.UPLOAD_CHECKED: Text("ตรวจไฟล์ {filename} แล้ว", "{filename} checked"),
    EventKind.UPLOAD_TERMINATED: Text("ยกเลิกการส่งไฟล์ {filename}", "Upload of {filename} cancelled"),
    EventKind.UPLOAD_EXPIRED: Text("การส่งไฟล์ {filename} หมดเวลา", "Upload of {filename} expired"),
    EventKind.HANDOVER_MADE: Text("ขอรหัสเพื่อทำต่อบนเครื่องอื่น", "Code made to continue on another device"),
    EventKind.HANDOVER_USED: Text("เปิดหน้านี้บนเครื่องอื่นด้วยรหัส", "Opened on another device with the code"),
    EventKind.SUBMISSION_PREPARED: Text(
        "{helped_by} เตรียมผลงานให้ และขอให้{group}ยืนยัน",
        "Prepared by {helped_by}, who asked {group} to confirm",
    ),
    EventKind.SUBMISSION_SUBMITTED: Text("ส่งผลงาน", "Submitted"),
    EventKind.SUBMISSION_RETURNED: Text("ส่งกลับให้แก้ไข", "Returned for changes"),
    EventKind.SUBMISSION_ACCEPTED: Text("รับผลงานแล้ว", "Accepted"),
    EventKind.SUBMISSION_ROUTED: Text("ส่งให้คณะกรรมการพิจารณา", "Passed to the committee"),
    EventKind.SUBMISSION_SHORTLISTED: Text("ผ่านการกลั่นกรอง", "Shortlisted"),
    EventKind.SUBMISSION_NOT_SHORTLISTED: Text("ไม่ผ่านการกลั่นกรอง", "Not shortlisted"),
    EventKind.SUBMISSION_AWARDED: Text("ได้รับคัดเลือก", "Awarded"),
    EventKind.SUBMISSION_NOT_AWARDED: Text("ไม่ได้รับคัดเลือก", "Not awarded"),
}
"""What a group and its officers see of its history, by kind of event. Claims, ballots and conflicts are the committee's own."""

SUBMITTED_WITH_HELP = Text("ส่งผลงาน (โดย{group} ช่วยโดย {helped_by})", "Submitted (by {group}, helped by {helped_by})")
UPLOADED_AGAIN = Text("ได้รับไฟล์ {filename} อีกครั้ง (เหมือนไฟล์ที่ส่งไว้แล้ว)", "{filename} uploaded again, the same as before")


def history_text(kind: str, data: dict[str, Any]) -> Text | None:
    """Return what an event of a submission says; None for one that is not shown."""
    text = HISTORY.get(kind)
    if text is None:
        return None
    if kind == EventKind.SUBMISSION_SUBMITTED and data.get("helped_by"):
        text = SUBMITTED_WITH_HELP
    if kind == EventKind.UPLOAD_RECEIVED and data.get("again"):
        text = UPLOADED_AGAIN
    return text.fill(**{name: data.get(name, "") for name in ("filename", "group", "helped_by")})
