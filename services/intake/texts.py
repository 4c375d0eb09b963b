"""What a group is told: what to do next, how long it may take, and where its work is in the queue; in both languages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.reviews.position import QueuePosition
from shared.submissions.lifecycle import Status
from shared.submissions.sheet import NOTHING_FOLLOWS, SHEET
from shared.thai.dates import long_date

SOON = timedelta(days=3)
"""From here on a group is told that little time is left."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words in both languages, and how they are to look: good, bad, wait, or plain."""

    th: str
    en: str
    look: str = "plain"

    def to_json(self) -> dict[str, str]:
        """Return both languages."""
        return {"th": self.th, "en": self.en}


def next_step(status: Status, *, missing_th: str, missing_en: str, mend: bool, late: bool) -> tuple[str, str, str]:
    """Return what to do next: a code, Thai, English. `mend` says that a file should be replaced, and still can be."""
    if SHEET[status].may_upload:
        if late:
            return (
                "late",
                "หมดเวลาส่งแล้ว โปรดติดต่อเจ้าหน้าที่พัฒนาชุมชนอำเภอ",
                "The time to hand in has ended. Please speak to your district officer.",
            )
        if missing_th:
            return "upload", f"อัปโหลด: {missing_th}", f"Upload: {missing_en}"
        if mend:
            return "mend", "เปลี่ยนไฟล์ที่มีปัญหา แล้วกดส่งผลงาน", "Replace the file with a problem, then hand in."
        return "submit", "ไฟล์ครบแล้ว กดปุ่มส่งผลงาน", "All files are here: hand in."
    step = SHEET[status].next_step or NOTHING_FOLLOWS
    return step.code, step.detail.th, step.detail.en


def time_left(closes: datetime, now: datetime) -> Said:
    """Return how long a group may still begin files and hand in: in days, on the last day in hours, in the last hour in minutes."""
    left = closes - now
    if left <= timedelta(0):
        return Said("หมดเวลาแล้ว", "the time has ended", "bad")
    look = "wait" if left < SOON else "good"
    if left.days:
        return Said(f"เหลืออีก {left.days} วัน", f"{left.days} day{'s' if left.days > 1 else ''} left", look)
    hours, minutes = left.seconds // 3600, max(1, left.seconds // 60)
    if hours:
        return Said(f"เหลืออีก {hours} ชั่วโมง", f"{hours} hour{'s' if hours > 1 else ''} left", look)
    return Said(f"เหลืออีก {minutes} นาที", f"{minutes} minute{'s' if minutes > 1 else ''} left", look)


def place_in_queue(place: QueuePosition | None, *, ends: datetime | None) -> Said:
    """Return where accepted work is with its committee; `ends` is the programme's date for the round that judges it."""
    until_th = f" จะพิจารณาให้เสร็จภายใน {long_date(ends)}" if ends else ""
    until_en = f" They finish by {long_date(ends, 'en')}." if ends else ""
    if place is None:
        return Said(f"รอคณะกรรมการเริ่มพิจารณา{until_th}", f"Waiting for the committee to begin.{until_en}")
    if place.is_judged:
        return Said("คณะกรรมการพิจารณาแล้ว รอสรุปผลของรอบ", "The committee has looked at it; the round's result follows.")
    if place.place is None:
        return Said(f"คณะกรรมการกำลังพิจารณาผลงานของกลุ่มท่าน{until_th}", f"The committee is looking at your work now.{until_en}")
    return Said(
        f"อยู่กับคณะกรรมการ ลำดับที่ {place.place} จาก {place.of}", f"With the committee: number {place.place} of {place.of} in its queue."
    )
