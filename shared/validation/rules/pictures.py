"""A zip holds pictures that can be opened, nothing else, and as many as its programme asks for."""

from shared.text import Text
from shared.validation.facts import MOST_PICTURES, ArchiveFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding

WORDS = {
    "zip_without_pictures": Text(
        "ไม่พบภาพใน ZIP นี้เลย โปรดบีบอัดภาพ JPG หรือ PNG เป็น ZIP แล้วส่งใหม่",
        "There are no pictures in this zip. Make a zip of JPG or PNG pictures and upload it.",
    ),
    "zip_holds_others": Text(
        "ใน ZIP นี้มีสิ่งที่ไม่ใช่ภาพ JPG หรือ PNG ({names}) โปรดบีบอัดใหม่ให้มีแต่ภาพ แล้วส่งอีกครั้ง",
        "This zip holds something that is not a JPG or PNG picture ({names}). Make a new zip of pictures only and upload it.",
    ),
    "zip_picture_damaged": Text(
        "เปิดภาพบางภาพใน ZIP นี้ไม่ได้ ({names}) โปรดบีบอัดใหม่จากภาพต้นฉบับ แล้วส่งอีกครั้ง",
        "Some pictures in this zip cannot be opened ({names}). Make a new zip of the original pictures and upload it.",
    ),
    "too_few_pictures": Text(
        "ใน ZIP มี {found} ภาพ น้อยกว่าที่กำหนดอย่างน้อย {allowed} ภาพ โปรดเพิ่มภาพ แล้วส่งใหม่",
        "Pictures in the zip: {found}. The minimum is {allowed}. Add pictures and upload it again.",
    ),
    "too_many_pictures": Text(
        "ใน ZIP มี {found} ภาพ เกินที่กำหนดไม่เกิน {allowed} ภาพ โปรดเลือกภาพให้น้อยลง แล้วส่งใหม่",
        "Pictures in the zip: {found}. The limit is {allowed}. Choose fewer and upload it again.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Say the first of what is wrong with a zip that could be opened."""
    if not isinstance(facts, ArchiveFacts) or facts.problem is not None or facts.pages is None or facts.type not in limits.types:
        return None
    most = min(limits.max_pictures or MOST_PICTURES, MOST_PICTURES)
    if facts.strange:
        return _named("zip_holds_others", facts.strange)
    if facts.pages == 0:
        return Finding("zip_without_pictures", WORDS["zip_without_pictures"])
    if facts.pages > most:
        return Finding("too_many_pictures", WORDS["too_many_pictures"], found=facts.pages, allowed=most)
    if facts.broken:
        return _named("zip_picture_damaged", facts.broken)
    if limits.min_pictures is not None and facts.pages < limits.min_pictures:
        return Finding("too_few_pictures", WORDS["too_few_pictures"], found=facts.pages, allowed=limits.min_pictures)
    return None


def _named(code: str, names: tuple[str, ...]) -> Finding:
    return Finding(code, WORDS[code], names=", ".join(names))
