"""What people read of what happened to a submission, in both languages."""

from decimal import Decimal
from typing import Any

from shared.events import EventKind
from shared.text import Text

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
    EventKind.ENTRY_MADE: Text("ส่งให้คณะกรรมการพิจารณา", "Passed to the committee"),
    EventKind.ENTRY_RENEWED: Text("ส่งฉบับใหม่ให้คณะกรรมการพิจารณา", "Later version passed to the committee"),
    EventKind.SUBMISSION_WITHDRAWN: Text("ถอนใบสมัคร", "Withdrawn"),
    EventKind.SUBMISSION_DISQUALIFIED: Text("ถูกตัดสิทธิ์", "Disqualified"),
    EventKind.FILING_OPENED: Text("เปิดให้ส่ง: {stage}", "Now asked: {stage}"),
    EventKind.FILING_CHECKED: Text("ตรวจไฟล์ครบแล้ว รอเจ้าหน้าที่รับ: {stage}", "Files checked, an officer has to accept: {stage}"),
    EventKind.FILING_WAIVED: Text("ยกเว้น ไม่ต้องส่ง: {stage}", "Waived: {stage}"),
    EventKind.FILING_LAPSED: Text("ไม่ต้องส่งแล้ว: {stage}", "No longer asked: {stage}"),
    EventKind.FILING_EXTENDED: Text("ขยายเวลาส่ง: {stage}", "Deadline extended: {stage}"),
    EventKind.FILING_RESTORED: Text("กลับไปใช้ฉบับที่ส่งแล้ว: {stage}", "Went back to what was submitted: {stage}"),
    EventKind.PAYMENT_DUE: Text("รอโอนเงิน {amount}", "To be paid: {amount}"),
    EventKind.PAYMENT_PAID: Text("โอนเงินแล้ว {amount}", "Paid: {amount}"),
    EventKind.PAYMENT_ENDED: Text("ไม่ต้องจ่ายเงิน {amount} แล้ว", "No longer due: {amount}"),
    EventKind.PAYMENT_TO_RETURN: Text("ต้องคืนเงิน {amount}", "To be returned: {amount}"),
    EventKind.SUBMISSION_SHORTLISTED: Text("ผ่านการกลั่นกรอง", "Shortlisted"),
    EventKind.SUBMISSION_NOT_SHORTLISTED: Text("ไม่ผ่านการกลั่นกรอง", "Not shortlisted"),
    EventKind.SUBMISSION_AWARDED: Text("ได้รับคัดเลือก", "Awarded"),
    EventKind.SUBMISSION_NOT_AWARDED: Text("ไม่ได้รับคัดเลือก", "Not awarded"),
}
"""What a group and its officers see of its history, by kind of event. Claims, ballots and conflicts are the committee's own."""

SUBMITTED_WITH_HELP = Text("ส่งผลงาน (โดย{group} ช่วยโดย {helped_by})", "Submitted (by {group}, helped by {helped_by})")
UPLOADED_AGAIN = Text("ได้รับไฟล์ {filename} อีกครั้ง (เหมือนไฟล์ที่ส่งไว้แล้ว)", "{filename} uploaded again, the same as before")
AT_STAGES = frozenset({EventKind.SUBMISSION_SUBMITTED, EventKind.SUBMISSION_RETURNED, EventKind.SUBMISSION_ACCEPTED})
"""What happens at each stage anew; before there were stages it happened at one."""
AT_A_STAGE = Text("{text}: {stage}", "{text}: {stage}")


def history_text(kind: str, data: dict[str, Any]) -> Text | None:
    """Return what an event of a submission says; None for one that is not shown."""
    text = HISTORY.get(kind)
    if text is None:
        return None
    if kind == EventKind.SUBMISSION_SUBMITTED and data.get("helped_by"):
        text = SUBMITTED_WITH_HELP
    if kind == EventKind.UPLOAD_RECEIVED and data.get("again"):
        text = UPLOADED_AGAIN
    stage = Text(data.get("stage_th", ""), data.get("stage_en", ""))
    amount = f"{Decimal(data['amount']):,.2f}" if "amount" in data else ""
    filled = text.fill(stage=stage, amount=amount, **{name: data.get(name, "") for name in ("filename", "group", "helped_by")})
    return AT_A_STAGE.fill(text=filled, stage=stage) if kind in AT_STAGES and stage.th else filled
