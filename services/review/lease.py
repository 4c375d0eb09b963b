"""What a member may do with an assignment now, and the words for it: one row a state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.reviews.lifecycle import AssignmentStatus, RoundStatus
from shared.reviews.queries import AssignmentDetail
from shared.reviews.sheet import ASSIGNMENT_SHEET
from shared.text import Look, Tag, Text


class LeaseState(StrEnum):
    """An assignment's status, with two more: its time may have passed unnoticed, and its round may have been closed."""

    CLAIMED = "claimed"
    GIVEN_BACK = "given_back"
    EXPIRED = "expired"
    CONFLICTED = "conflicted"
    SUBMITTED = "submitted"
    OUTDATED = "outdated"
    ROUND_CLOSED = "round_closed"


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """A state as the page shows it. `sentence` has the slot `{at}` where an instant belongs to it."""

    tag: Tag
    sentence: Text
    may_mark: bool = False


SENTENCES: dict[LeaseState, Text] = {
    LeaseState.CLAIMED: Text("ถึง {at}", "until {at}"),
    LeaseState.SUBMITTED: Text("ท่านส่งใบให้คะแนนเมื่อ {at}", "You submitted your ballot on {at}."),
    LeaseState.ROUND_CLOSED: Text("รอบนี้ปิดการพิจารณาแล้ว จึงให้คะแนนไม่ได้", "This round is closed: no more marks are taken."),
    LeaseState.GIVEN_BACK: Text(
        "ท่านคืนงานชิ้นนี้เข้าคิวแล้ว ร่างที่บันทึกไว้ยังอยู่ และจะแสดงเมื่อท่านได้รับงานชิ้นนี้อีก",
        "You gave this back to its queue. Your saved draft is kept for when it comes to you again.",
    ),
    LeaseState.EXPIRED: Text(
        "งานชิ้นนี้กลับเข้าคิวแล้ว ร่างที่บันทึกไว้ยังอยู่ และจะแสดงเมื่อท่านได้รับงานชิ้นนี้อีก",
        "This went back to its queue. Your saved draft is kept for when it comes to you again.",
    ),
    LeaseState.OUTDATED: Text(
        "กลุ่มส่งฉบับใหม่ งานชิ้นนี้กลับเข้าคิวแล้ว คะแนนของท่านยังอยู่เป็นร่าง และจะแสดงเมื่อท่านได้รับงานชิ้นนี้อีก",
        "A later version was filed, so this went back to its queue. Your marks are kept as a draft for when it comes to you again.",
    ),
    LeaseState.CONFLICTED: Text(
        "ท่านแจ้งส่วนได้เสียกับกลุ่มนี้แล้ว จึงไม่ได้พิจารณา", "You declared a conflict of interest, so you do not judge this group."
    ),
}
TAGS: dict[LeaseState, Tag] = {
    **{LeaseState(status): row.tag for status, row in ASSIGNMENT_SHEET.items()},
    LeaseState.ROUND_CLOSED: Tag(Text("ปิดรอบแล้ว", "round closed"), Look.WAIT),
}
SHEET: dict[LeaseState, LeaseRow] = {
    state: LeaseRow(TAGS[state], SENTENCES[state], may_mark=state is LeaseState.CLAIMED) for state in LeaseState
}


def lease_state(detail: AssignmentDetail, *, now: datetime) -> LeaseState:
    """Return the state of an assignment: its status, or ROUND_CLOSED or EXPIRED as soon as that is so."""
    if detail.assignment.status != AssignmentStatus.CLAIMED:
        return LeaseState(detail.assignment.status)
    if detail.context.row.status != RoundStatus.OPEN:
        return LeaseState.ROUND_CLOSED
    return LeaseState.CLAIMED if detail.assignment.lease_until > now else LeaseState.EXPIRED
