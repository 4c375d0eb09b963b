"""The tools can look into a file."""

from shared.text import Text
from shared.validation.facts import ArchiveFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding
from shared.validation.sniffing import ARCHIVED

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
    "zip_damaged": Text(
        "ระบบเปิดไฟล์ ZIP นี้ไม่ได้ ไฟล์อาจเสียหายหรือคัดลอกมาไม่ครบ โปรดบีบอัดภาพเป็น ZIP ใหม่ แล้วส่งอีกครั้ง",
        "This zip cannot be opened. It may be damaged or not completely copied. Make a new zip of the pictures and upload it.",
    ),
    "zip_encrypted": Text(
        "ไฟล์ ZIP นี้ใส่รหัสผ่านไว้ โปรดบีบอัดภาพเป็น ZIP ใหม่โดยไม่ใส่รหัสผ่าน แล้วส่งอีกครั้ง",
        "This zip is protected by a password. Make a new zip of the pictures without a password and upload it.",
    ),
    "zip_too_large": Text(
        "ไฟล์ ZIP นี้เมื่อแตกออกแล้วใหญ่เกินกว่าที่ระบบจะตรวจได้ โปรดย่อภาพหรือแบ่งเป็น ZIP ที่มีภาพน้อยลง แล้วส่งอีกครั้ง",
        "What is in this zip is too large to check. Make the pictures smaller, or make a zip of fewer pictures, and upload it again.",
    ),
}
CODES = {"damaged": "damaged", "encrypted": "encrypted", "limits": "too_complex"}
OF_ARCHIVES = {"damaged": "zip_damaged", "encrypted": "zip_encrypted", "limits": "zip_too_large"}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Say what kept the tools from opening a file of an accepted type."""
    if facts.problem is None or not facts.is_among(limits.types):
        return None
    is_zip = isinstance(facts, ArchiveFacts) or (facts.type is None and ARCHIVED.intersection(limits.types) == {"zip"})
    codes = OF_ARCHIVES if is_zip else CODES
    code = codes.get(facts.problem, codes["damaged"])
    return Finding(code, WORDS[code])
