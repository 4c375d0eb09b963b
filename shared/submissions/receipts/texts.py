"""What a receipt says, as people read it: for its page, its PDF and its message alike."""

from datetime import datetime
from typing import Any

from shared.events import ActorKind
from shared.thai import dates
from shared.thai.figures import length, megabytes

LATE = (
    "ทุกไฟล์เริ่มส่งก่อนหมดเวลา และส่งผลงานภายในเวลาผ่อนผันของโครงการ",
    "Every file was begun before the deadline, and it was handed in within the programme's grace.",
)
SAID_YES = {
    "link": ("กลุ่ม โดยลิงก์ของกลุ่มเอง", "The group, by its own link"),
    "code": ("กลุ่ม โดยรหัสยืนยันของกลุ่ม", "The group, by its confirmation code"),
}
"""How a group said that it hands in."""


def check_url(base_url: str, code: str) -> str:
    """Return the address at which anybody may check a code."""
    return f"{base_url}/s/receipts/{code}"


def is_late(document: dict[str, Any]) -> bool:
    """Say whether it was handed in within the grace after the deadline."""
    return datetime.fromisoformat(document["handed_in_at"]) > datetime.fromisoformat(document["closes_at"])


def place(group: dict[str, str], language: str) -> str:
    """Return where a group is."""
    if language == "en":
        return "Village no. {village_no}, Tambon {tambon}, Amphoe {amphoe}, {province}".format(**group)
    return "หมู่ที่ {village_no} ตำบล{tambon} อำเภอ{amphoe} จังหวัด{province}".format(**group)


def sender(by: dict[str, str], language: str) -> str:
    """Return who handed in; a group has no account, so how it said yes stands for it."""
    if by["kind"] != ActorKind.GROUP:
        return by["name"]
    th, en = SAID_YES[by["confirmed_by"]]
    return en if language == "en" else th


def seen(file: dict[str, Any], language: str, *, begun: bool) -> list[str]:
    """Return what is known of a file: size, length or pages, when it was received and, if `begun`, when it was begun."""
    thai = language != "en"
    said = [f"{megabytes(file['size_bytes'])} ({file['size_bytes']:,} {'ไบต์' if thai else 'bytes'})"]
    if "duration_seconds" in file:
        said.append(f"{'ยาว' if thai else ''} {length(file['duration_seconds'])} {'นาที' if thai else 'min'}".strip())
    if "pages" in file:
        said.append(f"{file['pages']} {'หน้า' if thai else 'pages'}")
    if begun:
        said.append(f"{'เริ่มส่ง' if thai else 'begun'} {_moment(file['begun_at'], language)}")
    if file["received_at"]:
        said.append(f"{'ได้รับครบ' if thai else 'received'} {_moment(file['received_at'], language)}")
    return said


def _moment(instant: str, language: str) -> str:
    return dates.long_moment(datetime.fromisoformat(instant), language)
