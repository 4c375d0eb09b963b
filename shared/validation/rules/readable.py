"""The tools can look into a file."""

from shared.text import Text
from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.findings import Finding

WORDS = {
    "damaged": Text(
        "ระบบเปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสียหายหรือบันทึกไม่สมบูรณ์ โปรดบันทึกหรือแปลงไฟล์ใหม่ แล้วส่งอีกครั้ง",
        "The file cannot be opened. It may be damaged or not completely saved. Save or convert it again and upload the new file.",
    ),
    "encrypted": Text(
        "ไฟล์นี้ใส่รหัสผ่านไว้ โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน แล้วส่งอีกครั้ง",
        "This file is protected by a password. Save it without a password and upload it again.",
    ),
    "too_complex": Text(
        "ไฟล์นี้ซับซ้อนผิดปกติจนระบบตรวจไม่ได้ โปรดส่งออก (export) ใหม่เป็นไฟล์ธรรมดา แล้วส่งอีกครั้ง",
        "This file is too complex to check. Export it as a plain file and upload it again.",
    ),
}
CODES = {"damaged": "damaged", "encrypted": "encrypted", "limits": "too_complex"}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Say what kept the tools from opening a file of an accepted type."""
    if facts.problem is None or facts.type not in limits.types:
        return None
    code = CODES.get(facts.problem, "damaged")
    return Finding(code, WORDS[code])
