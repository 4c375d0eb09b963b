"""What a file is by its first bytes: an allow-list of the types a programme may take; pure."""

from shared.validation import mp3

HEAD_BYTES = 4096
CLIPS = frozenset({"mp4", "mov", "3gp", "webm", "mkv"})
SOUNDS = frozenset({"mp3", "m4a"})
OFFICE = frozenset({"docx", "xlsx", "pptx"})
ARCHIVED = OFFICE | {"odt", "ods", "zip"}
DOCUMENTS = ARCHIVED | {"pdf", "jpg", "png"}
ARCHIVE = "archive"
"""A zip file: most documents are one. What it is, only a look inside says, which is taken in the jail."""
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old office documents begin, and new ones with a password."""
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
LOCKED_BYTES = 64 * 1024 * 1024
"""A larger compound file is not looked through."""


def sniff(head: bytes) -> str | None:
    """Return the type of a file from its first `HEAD_BYTES`, `ARCHIVE`, or None for what we do not take."""
    if head[4:8] == b"ftyp":
        return _iso_type(head[8:12])
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mov"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "mkv"
    if head.startswith(b"ID3") or mp3.begins(head):
        return "mp3"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ARCHIVE
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return None


def is_locked_office(content: bytes) -> bool:
    """Say whether a file is what office programs make of a DOCX, XLSX or PPTX with a password (MS-OFFCRYPTO, 2.3): no zip file any more."""
    return content.startswith(COMPOUND) and ENCRYPTED_PACKAGE in content


def _iso_type(brand: bytes) -> str:
    if brand == b"qt  ":
        return "mov"
    if brand in (b"M4A ", b"M4B "):
        return "m4a"
    return "3gp" if brand.startswith((b"3gp", b"3g2")) else "mp4"
