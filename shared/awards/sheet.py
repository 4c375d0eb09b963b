"""The sheet of decisions: one row a status. Pure."""

from shared.awards.lifecycle import DecisionStatus
from shared.text import Look, StatusRow, Tag, Text

DECISION_SHEET: dict[DecisionStatus, StatusRow] = {
    DecisionStatus.MADE: StatusRow(tag=Tag(Text("สรุปผลแล้ว รอประธานลงนาม", "made, waiting for the chair to sign"), Look.WAIT)),
    DecisionStatus.SIGNED: StatusRow(tag=Tag(Text("ประธานลงนามแล้ว รอประกาศ", "signed, waiting to be published"), Look.WAIT)),
    DecisionStatus.PUBLISHED: StatusRow(tag=Tag(Text("ประกาศผลแล้ว", "published"), Look.GOOD), is_final=True),
    DecisionStatus.SUPERSEDED: StatusRow(tag=Tag(Text("ยกเลิกแล้ว มีผลใหม่แทน", "superseded"), Look.WAIT), is_final=True),
}
