"""The sheets of submissions and uploads: one row a status, with everything that hangs on it. Pure.

A new status is one row here, one list of edges in `lifecycle` and one migration of the column's CHECK; tests name what was forgotten.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.submissions.lifecycle import Status, UploadStatus
from shared.text import Look, StatusRow, Tag, Text


class NextStepCode(StrEnum):
    """What a group does next. The first four depend on its files and on the time left, the others on the status alone."""

    UPLOAD = "upload"
    MEND = "mend"
    SUBMIT = "submit"
    LATE = "late"
    WAIT = "wait"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a group does next: a stable code, and a sentence."""

    code: NextStepCode
    detail: Text


NOTHING_FOLLOWS = NextStep(NextStepCode.NONE, Text("ไม่มีขั้นตอนต่อไป", "There is no further step."))


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow(StatusRow):
    """One status of a submission."""

    next_step: NextStep | None
    """None: it depends on the files, see `services.intake.texts.next_step`."""
    may_upload: bool = False
    may_submit: bool = False
    is_accepted: bool = False
    """Its files passed; the work is or was with a committee."""
    is_judged: bool = False
    """A round may judge it."""


SHEET: dict[Status, SubmissionRow] = {
    Status.INVITED: SubmissionRow(tag=Tag(Text("ได้รับเชิญ", "invited"), Look.WAIT), next_step=None, may_upload=True),
    Status.OPEN: SubmissionRow(tag=Tag(Text("กำลังเตรียมส่ง", "being prepared"), Look.WAIT), next_step=None, may_upload=True, may_submit=True),
    Status.SUBMITTED: SubmissionRow(
        tag=Tag(Text("ส่งแล้ว กำลังตรวจไฟล์", "submitted, files being checked"), Look.WAIT),
        next_step=NextStep(
            NextStepCode.WAIT,
            Text(
                "ไม่ต้องทำอะไร ระบบกำลังตรวจไฟล์และจะแจ้งผลทางข้อความ",
                "You do not need to do anything. Your files are being checked, and we will tell you the result.",
            ),
        ),
    ),
    Status.RETURNED: SubmissionRow(
        tag=Tag(Text("ส่งกลับให้แก้ไข", "returned for changes"), Look.BAD), next_step=None, may_upload=True, may_submit=True
    ),
    Status.ACCEPTED: SubmissionRow(
        tag=Tag(Text("รับแล้ว รอกรรมการพิจารณา", "accepted, with the committee"), Look.GOOD),
        next_step=NextStep(
            NextStepCode.WAIT, Text("ไม่ต้องทำอะไร ระบบจะแจ้งผลทางข้อความ", "You do not need to do anything. We will tell you the result.")
        ),
        is_accepted=True,
        is_judged=True,
    ),
    Status.SHORTLISTED: SubmissionRow(
        tag=Tag(Text("ผ่านการกลั่นกรอง", "shortlisted"), Look.GOOD),
        next_step=NextStep(
            NextStepCode.WAIT, Text("ไม่ต้องทำอะไร รอผลการคัดเลือก", "You do not need to do anything. Wait for the result of the selection.")
        ),
        is_accepted=True,
        is_judged=True,
    ),
    Status.NOT_SHORTLISTED: SubmissionRow(
        tag=Tag(Text("ไม่ผ่านการกลั่นกรอง", "not shortlisted"), Look.BAD), next_step=NOTHING_FOLLOWS, is_accepted=True, is_final=True
    ),
    Status.AWARDED: SubmissionRow(
        tag=Tag(Text("ได้รับคัดเลือก", "awarded"), Look.GOOD),
        next_step=NextStep(NextStepCode.WAIT, Text("เจ้าหน้าที่จะติดต่อเรื่องเงินสนับสนุน", "An officer will contact you about the grant.")),
        is_accepted=True,
        is_final=True,
    ),
    Status.NOT_AWARDED: SubmissionRow(
        tag=Tag(Text("ไม่ได้รับคัดเลือก", "not awarded"), Look.BAD), next_step=NOTHING_FOLLOWS, is_accepted=True, is_final=True
    ),
}

MAY_UPLOAD = frozenset(status for status, row in SHEET.items() if row.may_upload)
MAY_SUBMIT = frozenset(status for status, row in SHEET.items() if row.may_submit)
ACCEPTED = frozenset(status for status, row in SHEET.items() if row.is_accepted)
JUDGED = frozenset(status for status, row in SHEET.items() if row.is_judged)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow(StatusRow):
    """One status of an upload."""

    has_arrived: bool = False
    """All its bytes are here."""
    is_checked: bool = False
    """Validation has said something of it."""


UPLOAD_SHEET: dict[UploadStatus, UploadRow] = {
    UploadStatus.RECEIVING: UploadRow(tag=Tag(Text("ส่งมาแล้วบางส่วน", "partly uploaded"), Look.WAIT)),
    UploadStatus.RECEIVED: UploadRow(tag=Tag(Text("กำลังตรวจ", "being checked"), Look.WAIT), has_arrived=True),
    UploadStatus.PASSED: UploadRow(
        tag=Tag(Text("ตรวจแล้ว ใช้ได้", "checked, no problems"), Look.GOOD), has_arrived=True, is_checked=True, is_final=True
    ),
    UploadStatus.FAILED: UploadRow(tag=Tag(Text("ต้องแก้ไข", "must be fixed"), Look.BAD), has_arrived=True, is_checked=True, is_final=True),
    UploadStatus.TERMINATED: UploadRow(tag=Tag(Text("ยกเลิกแล้ว", "cancelled")), is_final=True),
    UploadStatus.EXPIRED: UploadRow(tag=Tag(Text("หมดเวลา", "expired")), is_final=True),
}

ARRIVED = frozenset(status for status, row in UPLOAD_SHEET.items() if row.has_arrived)
CHECKED = frozenset(status for status, row in UPLOAD_SHEET.items() if row.is_checked)
