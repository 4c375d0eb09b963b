"""The sheet of jobs: one row a state. Pure."""

from shared.queue.lifecycle import JobState
from shared.text import Look, StatusRow, Tag, Text

JOB_SHEET: dict[JobState, StatusRow] = {
    JobState.PENDING: StatusRow(tag=Tag(Text("รอทำ", "waiting"), Look.WAIT)),
    JobState.RUNNING: StatusRow(tag=Tag(Text("กำลังทำ", "running"), Look.WAIT)),
    JobState.DONE: StatusRow(tag=Tag(Text("เสร็จแล้ว", "done"), Look.GOOD), is_final=True),
    JobState.DEAD: StatusRow(tag=Tag(Text("หยุด ต้องดู", "dead"), Look.BAD)),
    JobState.CANCELLED: StatusRow(tag=Tag(Text("ยกเลิกแล้ว", "cancelled"), Look.WAIT)),
}
"""Dead and cancelled jobs are not final: an operator may retry them."""
