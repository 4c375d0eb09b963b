"""The columns of a table of target groups: what they may be called, and how the values of some are written."""

import re

HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("รหัสกลุ่ม", "รหัส", "code", "group code"),
    "name": ("ชื่อกลุ่ม", "กลุ่ม", "name", "group", "group name"),
    "village_no": ("หมู่ที่", "หมู่", "village_no", "village no", "moo"),
    "tambon": ("ตำบล", "tambon", "subdistrict"),
    "amphoe": ("อำเภอ", "amphoe", "district"),
    "province": ("จังหวัด", "province"),
    "business": ("กิจการ", "ธุรกิจ", "ธุรกิจชุมชน", "business"),
    "contact_name": ("ผู้ประสานงาน", "ชื่อผู้ประสานงาน", "ผู้ติดต่อ", "contact_name", "contact name", "contact"),
    "email": ("อีเมล", "อีเมล์", "email", "e-mail"),
    "phone": ("โทรศัพท์", "เบอร์โทรศัพท์", "เบอร์โทร", "phone", "telephone"),
}
"""Field → the headings a table may use for it, the first as our template writes it."""
OPTIONAL = frozenset({"email", "phone"})
TEXT_ONLY = frozenset({"code", "phone"})
"""A spreadsheet that holds these as numbers has already lost their leading zeros."""

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"[0-9+][0-9 ()-]{6,20}(( ต่อ | ext\.? )[0-9]+)?")
"""In Arabic digits, with an extension or without."""
