"""The tools can look into a file."""

from shared.validation.facts import FileFacts, ItemLimits
from shared.validation.findings import Finding, Words

WORDS = {
    "damaged": Words(
        "ระบบเปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสียหายหรือบันทึกไม่สมบูรณ์ โปรดบันทึกหรือแปลงไฟล์ใหม่ แล้วส่งอีกครั้ง",
        "The file can not be opened; it may be damaged or was not saved completely. Please save or convert it anew and send it again.",
    ),
    "encrypted": Words(
        "ไฟล์นี้ใส่รหัสผ่านไว้ โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน แล้วส่งอีกครั้ง",
        "This file is protected by a password. Please save it without one and send it again.",
    ),
    "too_complex": Words(
        "ไฟล์นี้ซับซ้อนผิดปกติจนระบบตรวจไม่ได้ โปรดส่งออก (export) ใหม่เป็นไฟล์ธรรมดา แล้วส่งอีกครั้ง",
        "This file is so unusual that it can not be checked. Please export it anew as a plain file and send it again.",
    ),
}
CODES = {"damaged": "damaged", "encrypted": "encrypted", "limits": "too_complex"}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Say what kept the tools from opening a file of an accepted type."""
    if facts.problem is None or facts.type not in limits.types:
        return None
    code = CODES.get(facts.problem, "damaged")
    return Finding(code, WORDS[code])
