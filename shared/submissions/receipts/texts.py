"""What a receipt says, as people read it: for its page, its PDF and its message alike."""

from datetime import datetime
from typing import Any

from shared.events import ActorKind
from shared.forms.showing import NOTHING
from shared.text import Text, plural
from shared.thai import dates
from shared.thai.figures import length, megabytes

LATE = Text(
    "ทุกไฟล์เริ่มส่งก่อนหมดเวลา และส่งผลงานภายในเวลาผ่อนผันของโครงการ",
    "Every upload began before the deadline, and everything was submitted within the programme's grace period.",
)
CONFIRMED = {
    "link": Text("กลุ่ม โดยลิงก์ของกลุ่มเอง", "The group, with its own link"),
    "code": Text("กลุ่ม โดยรหัสยืนยันของกลุ่ม", "The group, with its confirmation code"),
}
"""How a group confirmed that it submits."""
PLACE = Text(
    "หมู่ที่ {village_no} ตำบล{tambon} อำเภอ{amphoe} จังหวัด{province}",
    "Village no. {village_no}, Tambon {tambon}, Amphoe {amphoe}, {province}",
)
ADDRESS = Text("ที่ตั้ง", "Address")
SIZE = Text("{size} ({bytes} ไบต์)", "{size} ({bytes} bytes)")
LENGTH = Text("ยาว {length} นาที", "{length} min")
BEGUN = Text("เริ่มส่ง {at}", "upload began {at}")
RECEIVED = Text("ได้รับครบ {at}", "received {at}")


def check_url(base_url: str, code: str) -> str:
    """Return the address at which anybody may check a code."""
    return f"{base_url}/s/receipts/{code}"


def is_late(document: dict[str, Any]) -> bool:
    """Say whether it was submitted within the grace period after the deadline."""
    return datetime.fromisoformat(document["handed_in_at"]) > datetime.fromisoformat(document["closes_at"])


def place(group: dict[str, Any]) -> Text:
    """Return where an applicant is, – if it was not asked. Before 2026-11-25 a receipt had the parts of an address."""
    if "answers" not in group:
        return PLACE.fill(**{name: group[name] for name in ("village_no", "tambon", "amphoe", "province")})
    return next((Text(**answer["value"]) for answer in group["answers"] if answer["type"] == "place"), NOTHING)


def applicant(group: dict[str, Any]) -> list[tuple[Text, Text]]:
    """Return what a receipt says of the applicant besides its name: labels and answers."""
    if "answers" not in group:
        return [(ADDRESS, place(group))]
    return [(Text(**answer["label"]), Text(**answer["value"])) for answer in group["answers"]]


def sender(by: dict[str, str]) -> Text:
    """Return who submitted; a group has no account, so how it confirmed is shown instead of a name."""
    if by["kind"] != ActorKind.GROUP:
        return Text(by["name"], by["name"])
    return CONFIRMED[by["confirmed_by"]]


def file_facts(file: dict[str, Any], *, begun: bool) -> list[Text]:
    """Return what is known of a file: size, length or pages, when it was received and, if `begun`, when its upload began."""
    facts = [SIZE.fill(size=megabytes(file["size_bytes"]), bytes=f"{file['size_bytes']:,}")]
    if "duration_seconds" in file:
        facts.append(LENGTH.fill(length=length(file["duration_seconds"])))
    if "pages" in file:
        facts.append(page_count(file["pages"]))
    if begun:
        facts.append(BEGUN.fill(at=_moment(file["begun_at"])))
    if file["received_at"]:
        facts.append(RECEIVED.fill(at=_moment(file["received_at"])))
    return facts


def page_count(pages: int) -> Text:
    """Return a number of pages."""
    return plural(pages, th="{count} หน้า", one="{count} page", many="{count} pages")


def _moment(instant: str) -> Text:
    at = datetime.fromisoformat(instant)
    return Text(dates.long_moment(at, "th"), dates.long_moment(at, "en"))
