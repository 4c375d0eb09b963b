"""What a group reads: what to do next, how much time is left, and where its work is in the queue."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shared.reviews.position import QueuePosition
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.sheet import FILING_SHEET, NOTHING_FOLLOWS, UPLOAD_SHEET, NextStep, NextStepCode
from shared.text import Look, Tag, Text, plural
from shared.thai.dates import long_date

SOON = timedelta(days=3)
"""With less time left than this, the tag is a warning."""

CLOSED = NextStep(
    NextStepCode.LATE,
    Text("หมดเวลาส่งแล้ว โปรดติดต่อเจ้าหน้าที่", "The deadline has passed. Contact your officer."),
)
FIX = NextStep(NextStepCode.MEND, Text("เปลี่ยนไฟล์ที่มีปัญหา แล้วกดส่งผลงาน", "Replace the file that has a problem, then submit."))
SUBMIT = NextStep(NextStepCode.SUBMIT, Text("ไฟล์ครบแล้ว กดปุ่มส่งผลงาน", "All files are here. Submit them."))
SUBMIT_ANSWERS = NextStep(NextStepCode.SUBMIT, Text("กรอกครบแล้ว กดปุ่มส่ง", "Everything is filled in. Submit it."))
SUBMIT_AGAIN = NextStep(
    NextStepCode.SUBMIT,
    Text(
        "มีการแก้ไขที่ยังไม่ได้ส่ง กดส่งฉบับใหม่ หรือกลับไปใช้ฉบับที่ส่งแล้ว",
        "You have changes that are not submitted yet. Submit the new version, or go back to what was submitted.",
    ),
)
UPLOAD = Text("อัปโหลด: {items}", "Upload: {items}")
COMING = NextStep(
    NextStepCode.WAIT,
    Text("ยังไม่มีสิ่งที่ต้องทำ ระบบจะแจ้งเมื่อถึงขั้นตอนถัดไป", "There is nothing to do yet. We will tell you when the next stage opens."),
)
OF_OTHERS = NextStep(
    NextStepCode.WAIT, Text("ไม่ต้องทำอะไร เจ้าหน้าที่เป็นผู้กรอกขั้นตอนนี้", "You do not need to do anything. Officers fill in this stage.")
)
RECEIVED_SO_FAR = Text("ส่งมาแล้ว {percent}%", "{percent}% uploaded")


def joined(texts: Sequence[Text]) -> Text:
    """Return several names as one list."""
    return Text(", ".join(text.th for text in texts), ", ".join(text.en for text in texts))


def next_step(
    status: FilingStatus, *, missing: Sequence[Text] = (), unanswered: int = 0, fix: bool = False, late: bool = False, changed: bool = False
) -> NextStep:
    """Return what to do next.

    `missing` names the items to upload, `unanswered` counts the questions that need an answer; `fix` says that a file must be replaced
    and still can be, `changed` that the draft differs from what was submitted and may be submitted again.
    """
    row = FILING_SHEET[status]
    if not row.may_submit and not changed:
        return row.next_step or NOTHING_FOLLOWS
    if late:
        return CLOSED
    if unanswered:
        return NextStep(NextStepCode.ANSWER, to_answer(unanswered))
    if missing:
        return NextStep(NextStepCode.UPLOAD, UPLOAD.fill(items=joined(missing)))
    if fix:
        return FIX
    return SUBMIT_AGAIN if changed else SUBMIT


def to_answer(count: int) -> Text:
    """Return how many questions need an answer."""
    return plural(
        count,
        th="กรอกแบบฟอร์มให้ครบ: ยังมี {count} ข้อที่ต้องกรอกหรือแก้ไข",
        one="Fill in the form: {count} question needs an answer.",
        many="Fill in the form: {count} questions need an answer.",
    )


def time_left(closes: datetime, now: datetime) -> Tag:
    """Return how long a group may still begin uploads and submit: in days, on the last day in hours, in the last hour in minutes."""
    left = closes - now
    if left <= timedelta(0):
        return Tag(Text("หมดเวลาแล้ว", "deadline passed"), Look.BAD)
    look = Look.WAIT if left < SOON else Look.GOOD
    if left.days:
        return Tag(plural(left.days, th="เหลืออีก {count} วัน", one="{count} day left", many="{count} days left"), look)
    hours, minutes = left.seconds // 3600, max(1, left.seconds // 60)
    if hours:
        return Tag(plural(hours, th="เหลืออีก {count} ชั่วโมง", one="{count} hour left", many="{count} hours left"), look)
    return Tag(plural(minutes, th="เหลืออีก {count} นาที", one="{count} minute left", many="{count} minutes left"), look)


def upload_tag(status: UploadStatus, *, percent: int) -> Tag:
    """Return the state of a file; `percent` is how much of one that is on its way has arrived."""
    tag = UPLOAD_SHEET[status].tag
    return Tag(RECEIVED_SO_FAR.fill(percent=percent), tag.look) if status is UploadStatus.RECEIVING else tag


def place_in_queue(place: QueuePosition | None, *, ends: datetime | None) -> Text:
    """Return where accepted work is with its committee; `ends` is the programme's date for the round that judges it."""
    until = Text(long_date(ends), long_date(ends, "en")) if ends else None
    if place is not None and place.is_judged:
        return Text("คณะกรรมการพิจารณาแล้ว รอสรุปผลของรอบ", "The committee has judged your work. The result of the round follows.")
    if place is not None and place.place is not None:
        return Text("อยู่กับคณะกรรมการ ลำดับที่ {place} จาก {of}", "With the committee: number {place} of {of} in its queue.").fill(
            place=place.place, of=place.of
        )
    if place is None and until is None:
        return Text("รอคณะกรรมการเริ่มพิจารณา", "Waiting for the committee to begin.")
    if place is None:
        return Text(
            "รอคณะกรรมการเริ่มพิจารณา จะพิจารณาให้เสร็จภายใน {until}", "Waiting for the committee to begin. It finishes by {until}."
        ).fill(until=until)
    if until is None:
        return Text("คณะกรรมการกำลังพิจารณาผลงานของกลุ่มท่าน", "The committee is looking at your work now.")
    return Text(
        "คณะกรรมการกำลังพิจารณาผลงานของกลุ่มท่าน จะพิจารณาให้เสร็จภายใน {until}",
        "The committee is looking at your work now. It finishes by {until}.",
    ).fill(until=until)
