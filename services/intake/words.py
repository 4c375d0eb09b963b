"""What a group is told of its submission: where it stands, what to do next, what happened; in both languages."""

from datetime import datetime

from shared.events import EventKind
from shared.submissions.lifecycle import Status

STATES: dict[Status, tuple[str, str, str]] = {
    Status.INVITED: ("ได้รับเชิญ", "invited", "wait"),
    Status.OPEN: ("กำลังเตรียมส่ง", "being prepared", "wait"),
    Status.SUBMITTED: ("ส่งแล้ว กำลังตรวจไฟล์", "handed in, files being checked", "wait"),
    Status.RETURNED: ("ส่งกลับให้แก้ไข", "returned to be mended", "bad"),
    Status.ACCEPTED: ("รับแล้ว รอกรรมการพิจารณา", "accepted, with the committee", "good"),
    Status.SHORTLISTED: ("ผ่านการกลั่นกรอง", "shortlisted", "good"),
    Status.NOT_SHORTLISTED: ("ไม่ผ่านการกลั่นกรอง", "not shortlisted", "bad"),
    Status.AWARDED: ("ได้รับคัดเลือก", "awarded", "good"),
    Status.NOT_AWARDED: ("ไม่ได้รับคัดเลือก", "not awarded", "bad"),
    Status.GRANTED: ("ได้รับเงินสนับสนุน", "granted", "good"),
    Status.PROCURED: ("จัดซื้อจัดจ้างแล้ว", "procured", "good"),
    Status.RECORDED: ("บันทึกผลแล้ว", "recorded", "good"),
    Status.REPORTED: ("รายงานผลแล้ว", "reported", "good"),
    Status.CLOSED: ("เสร็จสิ้น", "closed", "good"),
    Status.WITHDRAWN: ("ถอนตัว", "withdrawn", "bad"),
}
"""Status → Thai, English, and how it is to look: good, bad or wait."""

HISTORY: dict[EventKind, tuple[str, str]] = {
    EventKind.SUBMISSION_INVITED: ("ได้รับเชิญเข้าร่วมโครงการ", "was invited"),
    EventKind.SUBMISSION_OPENED: ("เปิดหน้าส่งผลงานครั้งแรก", "opened the page for the first time"),
    EventKind.UPLOAD_RECEIVED: ("ได้รับไฟล์ {filename} ครบแล้ว", "{filename} arrived whole"),
    EventKind.UPLOAD_CHECKED: ("ตรวจไฟล์ {filename} แล้ว", "{filename} was checked"),
    EventKind.UPLOAD_TERMINATED: ("ยกเลิกการส่งไฟล์ {filename}", "sending {filename} was cancelled"),
    EventKind.UPLOAD_EXPIRED: ("การส่งไฟล์ {filename} หมดเวลา", "sending {filename} expired"),
    EventKind.SUBMISSION_SUBMITTED: ("ส่งผลงาน", "was handed in"),
    EventKind.SUBMISSION_RETURNED: ("ส่งกลับให้แก้ไข", "was returned to be mended"),
    EventKind.SUBMISSION_ACCEPTED: ("รับผลงานแล้ว", "was accepted"),
    EventKind.SUBMISSION_ROUTED: ("ส่งให้คณะกรรมการพิจารณา", "was passed to the committee"),
    EventKind.SUBMISSION_SHORTLISTED: ("ผ่านการกลั่นกรอง", "was shortlisted"),
    EventKind.SUBMISSION_NOT_SHORTLISTED: ("ไม่ผ่านการกลั่นกรอง", "was not shortlisted"),
    EventKind.SUBMISSION_AWARDED: ("ได้รับคัดเลือก", "was awarded"),
    EventKind.SUBMISSION_NOT_AWARDED: ("ไม่ได้รับคัดเลือก", "was not awarded"),
    EventKind.SUBMISSION_WITHDRAWN: ("ถอนตัว", "was withdrawn"),
}
"""What a group sees of its history. Claims, ballots and conflicts are the committee's own."""


def next_step(status: Status, *, missing_th: str, missing_en: str, failed: bool, now: datetime, closes: datetime) -> tuple[str, str, str]:
    """Return what to do next: a code, Thai, English."""
    if status in (Status.INVITED, Status.OPEN, Status.RETURNED):
        if now > closes:
            return (
                "late",
                "หมดเวลาส่งแล้ว โปรดติดต่อเจ้าหน้าที่พัฒนาชุมชนอำเภอ",
                "The time to hand in has ended. Please speak to your district officer.",
            )
        if missing_th:
            return "upload", f"อัปโหลด: {missing_th}", f"Upload: {missing_en}"
        if failed:
            return "mend", "เปลี่ยนไฟล์ที่มีปัญหา แล้วกดส่งผลงาน", "Replace the file with a problem, then hand in."
        return "submit", "ไฟล์ครบแล้ว กดปุ่มส่งผลงาน", "All files are here: hand in."
    steps = {
        Status.SUBMITTED: (
            "wait",
            "ไม่ต้องทำอะไร ระบบกำลังตรวจไฟล์และจะแจ้งผลทางข้อความ",
            "Nothing to do: the files are being checked; you will be told.",
        ),
        Status.ACCEPTED: ("wait", "ไม่ต้องทำอะไร คณะกรรมการกำลังพิจารณา", "Nothing to do: the committee is judging."),
        Status.SHORTLISTED: ("wait", "ไม่ต้องทำอะไร รอผลการคัดเลือก", "Nothing to do: wait for the selection."),
        Status.AWARDED: ("wait", "เจ้าหน้าที่จะติดต่อเรื่องเงินสนับสนุน", "An officer will contact you about the grant."),
    }
    return steps.get(status, ("none", "ไม่มีขั้นตอนต่อไป", "There is no further step."))
