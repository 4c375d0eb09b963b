"""What a file is by its first bytes: an allow-list of the types a programme may take; pure."""

import zipfile
from io import FileIO

HEAD_BYTES = 4096
NAMES_BYTES = 1024 * 1024
"""Of the list of what an archive holds: documents hold some dozens of parts."""
CLIPS = frozenset({"mp4", "mov", "3gp", "webm", "mkv"})
DOCUMENTS = frozenset({"pdf", "docx", "odt", "jpg", "png"})
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old office documents begin, and new ones with a password."""
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
LOCKED_BYTES = 64 * 1024 * 1024
"""A larger compound file is not looked through."""


def sniff(head: bytes, *, names: frozenset[str] = frozenset()) -> str | None:
    """Return the type of a file from its first `HEAD_BYTES`, None for what we do not take.

    `names` are the entries of the archive if the file is one (see `zip_names`): documents of word processors are zip files.
    """
    if head[4:8] == b"ftyp":
        return _iso_type(head[8:12])
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mov"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "mkv"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"PK\x03\x04"):
        if "word/document.xml" in names:
            return "docx"
        if head[30:38] == b"mimetype" and b"opendocument.text" in head[38:100]:
            return "odt"
    return None


def is_locked_word(content: bytes) -> bool:
    """Say whether a file is what Word makes of a DOCX that is given a password (MS-OFFCRYPTO, 2.3): no zip file any more."""
    return content.startswith(COMPOUND) and ENCRYPTED_PACKAGE in content


def zip_names(path: str) -> frozenset[str]:
    """Return the names in an archive, none if it is not one, or lists more than a document has."""
    try:
        with _Sparing(path) as file, zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


class _Sparing(FileIO):
    """A file that is never read by more than `NAMES_BYTES` at a time: a list of a million names would fill a worker's memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as asked. Raises BadZipFile when that is more."""
        content = super().read(NAMES_BYTES + 1 if size is None or not 0 <= size <= NAMES_BYTES else size)
        if len(content) > NAMES_BYTES:
            raise zipfile.BadZipFile
        return content


def _iso_type(brand: bytes) -> str:
    if brand == b"qt  ":
        return "mov"
    return "3gp" if brand.startswith((b"3gp", b"3g2")) else "mp4"
