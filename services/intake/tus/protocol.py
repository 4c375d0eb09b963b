"""Headers, metadata and checksums of tus 1.0.0, and the refusals that only tus has; `services.intake.tus.route` gives them statuses."""

import hashlib
import zlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.requests import Request

from shared.errors import Conflict, Invalid, Refusal, TooLarge
from shared.submissions.models import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
CONTENT_TYPE = "application/offset+octet-stream"
RESUMABLE = {"Tus-Resumable": VERSION}
CHECKSUM_MISMATCH = 460

CHECKSUMS: dict[str, Callable[[bytearray], bytes]] = {
    "sha1": lambda content: hashlib.sha1(content, usedforsecurity=False).digest(),
    "sha256": lambda content: hashlib.sha256(content).digest(),
    "md5": lambda content: hashlib.md5(content, usedforsecurity=False).digest(),
    "crc32": lambda content: zlib.crc32(content).to_bytes(4, "big"),
}


class VersionNotSupported(Refusal):
    """The client speaks another version of tus (412)."""

    th = "โปรแกรมส่งไฟล์ใช้โปรโตคอลรุ่นที่ระบบไม่รองรับ (ต้องเป็น tus {version})"
    en = "This server speaks tus {version}; send the header Tus-Resumable: {version}."


class ContentTypeNotSupported(Refusal):
    """The Content-Type is not that of tus (415)."""

    th = "ชนิดข้อมูลต้องเป็น {expected}"
    en = "The Content-Type has to be {expected}."


class ChecksumMismatch(Refusal):
    """The bytes were damaged on the way (460); nothing of this request is stored."""

    th = "ข้อมูลเสียหายระหว่างส่ง โปรแกรมจะส่งส่วนนี้ใหม่"
    en = "The bytes were damaged on the way; nothing of this request was stored. Please send it again."


class ChecksumNotSupported(Refusal):
    """Upload-Checksum names an unknown algorithm or is malformed (400)."""

    th = "ไม่รองรับ Upload-Checksum แบบนี้ รองรับ {algorithms}"
    en = "This Upload-Checksum is not supported. Supported: {algorithms}."


class OffsetMismatch(Conflict):
    """The client's offset is not the server's (409)."""

    th = "ตำแหน่งที่ส่งต่อไม่ตรงกัน ระบบได้รับแล้ว {offset} ไบต์ โปรแกรมจะส่งต่อจากตำแหน่งนั้น"
    en = "The offset does not match: {offset} bytes have arrived. Ask with HEAD and go on from there."


class OffsetNeeded(Refusal):
    """Upload-Offset is missing or not a number (400)."""

    th = "ต้องระบุตำแหน่งที่จะส่งต่อ (Upload-Offset) เป็นจำนวนไบต์"
    en = "Upload-Offset is needed: the number of bytes that have arrived, as HEAD says."


class LengthNeeded(Invalid):
    """Upload-Length is missing, not a number, or deferred."""

    th = "ต้องระบุขนาดไฟล์ (Upload-Length)"
    en = "Upload-Length is needed: the size of the file in bytes."


class MetadataInvalid(Invalid):
    """Upload-Metadata is not key and base64 pairs, or lacks what is needed."""

    th = "ข้อมูลกำกับไฟล์ (Upload-Metadata) ไม่ครบ ต้องมี submission, kind และ filename"
    en = "Upload-Metadata has to hold submission, kind and filename (each value in base64)."


class MoreThanAnnounced(TooLarge):
    """The request has more bytes than the upload still needs (413)."""

    th = "ได้รับข้อมูลเกินขนาดไฟล์ที่แจ้งไว้ {size_bytes} ไบต์"
    en = "More bytes came than the {size_bytes} that were announced."


class ChunkTooLargeForChecksum(TooLarge):
    """A request with a checksum is held in memory until it is verified, so its size is limited (413)."""

    th = "เมื่อส่งพร้อม Upload-Checksum แต่ละครั้งส่งได้ไม่เกิน {limit_bytes} ไบต์"
    en = "With Upload-Checksum a request may have at most {limit_bytes} bytes."


@dataclass(frozen=True, slots=True)
class Checksum:
    """The digest that the client announced for a request's body."""

    algorithm: str
    value: bytes

    def matches(self, content: bytearray) -> bool:
        """Say whether `content` has this digest."""
        return CHECKSUMS[self.algorithm](content) == self.value


def require_version(request: Request) -> None:
    """Check the version of the client. Raises VersionNotSupported."""
    if request.headers.get("tus-resumable") != VERSION:
        raise VersionNotSupported(version=VERSION)


def require_content_type(request: Request) -> None:
    """Check the Content-Type. Raises ContentTypeNotSupported."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise ContentTypeNotSupported(expected=CONTENT_TYPE)


def number(request: Request, name: str) -> int | None:
    """Return a header that is a number of bytes, None if it is missing or malformed."""
    value = request.headers.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def metadata(request: Request) -> dict[str, str]:
    """Return the decoded pairs of Upload-Metadata. Raises MetadataInvalid."""
    found: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in request.headers.get("upload-metadata", "").split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = b64decode(value, validate=True).decode()
        except (Base64Error, UnicodeDecodeError) as error:
            raise MetadataInvalid(key=key) from error
    return found


def metadata_of(upload: Upload) -> str:
    """Return Upload-Metadata as the sender gave it at creation."""
    given = {"submission": str(upload.submission_id), "kind": upload.kind, "filename": upload.filename, "filetype": upload.filetype}
    return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in given.items() if value)


def checksum(request: Request) -> Checksum | None:
    """Return the decoded Upload-Checksum, None if there is none. Raises ChecksumNotSupported."""
    header = request.headers.get("upload-checksum")
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    try:
        decoded = b64decode(value, validate=True)
    except Base64Error:
        decoded = b""
    if algorithm not in CHECKSUMS or not decoded:
        raise ChecksumNotSupported(algorithms=", ".join(CHECKSUMS))
    return Checksum(algorithm, decoded)


def http_date(instant: datetime) -> str:
    """Format an instant as HTTP does (RFC 9110, section 5.6.7)."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)
