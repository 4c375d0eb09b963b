"""The sheets of filings, their versions, and uploads: one row a status, with everything that hangs on it. Pure.

A new status is one row here, one list of edges in `lifecycle` and one migration of the column's CHECK; tests name what was forgotten.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.submissions.lifecycle import FilingStatus, UploadStatus, VersionStatus
from shared.text import Look, StatusRow, Tag, Text


class NextStepCode(StrEnum):
    """What a group does next. The first five depend on its answers and files and on the time left, the others on the status alone."""

    ANSWER = "answer"
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
class FilingRow(StatusRow):
    """One status of a filing."""

    next_step: NextStep | None
    """None: it depends on answers and files, see `services.intake.texts.next_step`."""
    is_asked: bool = False
    """Its answers and files may change until its deadline."""
    may_submit: bool = False
    """It waits to be submitted."""
    is_done: bool = False
    """Those who read it may: it was accepted, or is not needed."""


FILING_SHEET: dict[FilingStatus, FilingRow] = {
    FilingStatus.OPEN: FilingRow(tag=Tag(Text("กำลังเตรียมส่ง", "being prepared"), Look.WAIT), next_step=None, is_asked=True, may_submit=True),
    FilingStatus.SUBMITTED: FilingRow(
        tag=Tag(Text("ส่งแล้ว กำลังตรวจ", "submitted, being checked"), Look.WAIT),
        next_step=NextStep(
            NextStepCode.WAIT,
            Text(
                "ไม่ต้องทำอะไร ระบบกำลังตรวจไฟล์และจะแจ้งผลทางข้อความ",
                "You do not need to do anything. Your files are being checked, and we will tell you the result.",
            ),
        ),
        is_asked=True,
    ),
    FilingStatus.RETURNED: FilingRow(
        tag=Tag(Text("ส่งกลับให้แก้ไข", "returned for changes"), Look.BAD), next_step=None, is_asked=True, may_submit=True
    ),
    FilingStatus.ACCEPTED: FilingRow(
        tag=Tag(Text("รับแล้ว", "accepted"), Look.GOOD),
        next_step=NextStep(
            NextStepCode.WAIT, Text("ไม่ต้องทำอะไร ระบบจะแจ้งผลทางข้อความ", "You do not need to do anything. We will tell you the result.")
        ),
        is_asked=True,
        is_done=True,
    ),
    FilingStatus.WAIVED: FilingRow(tag=Tag(Text("ยกเว้น ไม่ต้องส่ง", "waived"), Look.PLAIN), next_step=NOTHING_FOLLOWS, is_done=True),
    FilingStatus.LAPSED: FilingRow(tag=Tag(Text("ไม่ต้องส่งแล้ว", "no longer asked"), Look.PLAIN), next_step=NOTHING_FOLLOWS),
}

DONE = frozenset(status for status, row in FILING_SHEET.items() if row.is_done)
UNFINISHED = frozenset({FilingStatus.OPEN, FilingStatus.SUBMITTED, FilingStatus.RETURNED})
"""Those that lapse when the submission no longer belongs to the stage."""

VERSION_SHEET: dict[VersionStatus, StatusRow] = {
    VersionStatus.CHECKING: StatusRow(tag=Tag(Text("กำลังตรวจ", "being checked"), Look.WAIT)),
    VersionStatus.PASSED: StatusRow(tag=Tag(Text("รับแล้ว", "accepted"), Look.GOOD)),
    VersionStatus.FAILED: StatusRow(tag=Tag(Text("ส่งกลับให้แก้ไข", "returned for changes"), Look.BAD)),
    VersionStatus.REPLACED: StatusRow(tag=Tag(Text("มีฉบับใหม่แทนแล้ว", "replaced by a later version"), Look.PLAIN), is_final=True),
}


class Standing(StrEnum):
    """Where a submission is as a whole: derived from its marks, its last outcome, and else its filings, see `shared.listing.standing`."""

    WAITING = "waiting"
    INVITED = "invited"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not_shortlisted"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"


STANDINGS: dict[Standing, StatusRow] = {
    Standing.WAITING: StatusRow(tag=Tag(Text("ยังไม่มีขั้นตอนที่ต้องทำ", "nothing is asked yet"), Look.PLAIN)),
    Standing.INVITED: StatusRow(tag=Tag(Text("ได้รับเชิญ", "invited"), Look.WAIT)),
    Standing.OPEN: StatusRow(tag=Tag(Text("กำลังเตรียมส่ง", "being prepared"), Look.WAIT)),
    Standing.SUBMITTED: StatusRow(tag=Tag(Text("ส่งแล้ว กำลังตรวจไฟล์", "submitted, files being checked"), Look.WAIT)),
    Standing.RETURNED: StatusRow(tag=Tag(Text("ส่งกลับให้แก้ไข", "returned for changes"), Look.BAD)),
    Standing.ACCEPTED: StatusRow(tag=Tag(Text("รับแล้ว รอกรรมการพิจารณา", "accepted, with the committee"), Look.GOOD)),
    Standing.SHORTLISTED: StatusRow(tag=Tag(Text("ผ่านการกลั่นกรอง", "shortlisted"), Look.GOOD)),
    Standing.NOT_SHORTLISTED: StatusRow(tag=Tag(Text("ไม่ผ่านการกลั่นกรอง", "not shortlisted"), Look.BAD)),
    Standing.AWARDED: StatusRow(tag=Tag(Text("ได้รับคัดเลือก", "awarded"), Look.GOOD)),
    Standing.NOT_AWARDED: StatusRow(tag=Tag(Text("ไม่ได้รับคัดเลือก", "not awarded"), Look.BAD)),
    Standing.WITHDRAWN: StatusRow(tag=Tag(Text("ถอนแล้ว", "withdrawn"), Look.PLAIN)),
    Standing.DISQUALIFIED: StatusRow(tag=Tag(Text("ถูกตัดสิทธิ์", "disqualified"), Look.BAD)),
}


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
