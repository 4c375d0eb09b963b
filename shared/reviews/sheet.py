"""The sheets of rounds and of claims: one row a status. Pure."""

from shared.reviews.lifecycle import AssignmentStatus, RoundStatus
from shared.text import Look, StatusRow, Tag, Text

ROUND_SHEET: dict[RoundStatus, StatusRow] = {
    RoundStatus.WAITING: StatusRow(tag=Tag(Text("ยังไม่เปิด", "not open yet"), Look.WAIT)),
    RoundStatus.OPEN: StatusRow(tag=Tag(Text("เปิดให้กรรมการพิจารณา", "open for judging"), Look.WAIT)),
    RoundStatus.CLOSED: StatusRow(tag=Tag(Text("ปิดการพิจารณาแล้ว", "judging has ended"), Look.WAIT)),
    RoundStatus.DECIDED: StatusRow(tag=Tag(Text("เสร็จสิ้น", "completed"), Look.GOOD), is_final=True),
}

ASSIGNMENT_SHEET: dict[AssignmentStatus, StatusRow] = {
    AssignmentStatus.CLAIMED: StatusRow(tag=Tag(Text("อยู่กับท่าน", "yours"), Look.GOOD)),
    AssignmentStatus.GIVEN_BACK: StatusRow(tag=Tag(Text("คืนแล้ว", "given back"), Look.WAIT), is_final=True),
    AssignmentStatus.EXPIRED: StatusRow(tag=Tag(Text("หมดเวลาแล้ว", "time has run out"), Look.BAD), is_final=True),
    AssignmentStatus.CONFLICTED: StatusRow(tag=Tag(Text("มีส่วนได้เสีย", "conflict of interest"), Look.WAIT), is_final=True),
    AssignmentStatus.SUBMITTED: StatusRow(tag=Tag(Text("ส่งแล้ว", "submitted"), Look.GOOD)),
    AssignmentStatus.OUTDATED: StatusRow(tag=Tag(Text("มีฉบับใหม่ โปรดพิจารณาอีกครั้ง", "a later version was filed"), Look.WAIT), is_final=True),
}
