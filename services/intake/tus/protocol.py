"""The words of the protocol: headers, metadata, checksums, and the refusals that have a status of their own."""

import hashlib
import zlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus

from starlette.requests import Request

from shared.errors import Conflict, Invalid, Refusal
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
    """The body is not what tus sends (415)."""

    th = "ชนิดข้อมูลต้องเป็น {expected}"
    en = "The Content-Type has to be {expected}."


class ChecksumMismatch(Refusal):
    """The bytes were changed on the way (460); none of this request is kept."""

    th = "ข้อมูลเสียหายระหว่างส่ง โปรแกรมจะส่งส่วนนี้ใหม่"
    en = "The bytes were damaged on the way; nothing of this request was kept. Send it again."


class ChecksumNotSupported(Refusal):
    """An algorithm that is not offered, or a header that is not one (400)."""

    th = "ไม่รองรับ Upload-Checksum แบบนี้ รองรับ {algorithms}"
    en = "This Upload-Checksum is not understood. Offered: {algorithms}."


class OffsetMismatch(Conflict):
    """The client is not where the server is (409)."""

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


class MoreThanAnnounced(Refusal):
    """More bytes came than the upload has left (413)."""

    th = "ได้รับข้อมูลเกินขนาดไฟล์ที่แจ้งไว้ {size_bytes} ไบต์"
    en = "More bytes came than the {size_bytes} that were announced."


class ChunkTooLargeForChecksum(Refusal):
    """A checksummed request is held in memory until it is verified, so it has a limit (413)."""

    th = "เมื่อส่งพร้อม Upload-Checksum แต่ละครั้งส่งได้ไม่เกิน {limit_bytes} ไบต์"
    en = "With Upload-Checksum a request may have at most {limit_bytes} bytes."


STATUS: dict[type[Refusal], int] = {
    VersionNotSupported: HTTPStatus.PRECONDITION_FAILED,
    ContentTypeNotSupported: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    ChecksumMismatch: CHECKSUM_MISMATCH,
    ChecksumNotSupported: HTTPStatus.BAD_REQUEST,
    MoreThanAnnounced: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ChunkTooLargeForChecksum: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}
"""The statuses tus names itself; all other refusals have that of their kind."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the client says a request's body digests to."""

    algorithm: str
    value: bytes

    def matches(self, content: bytearray) -> bool:
        """Say whether `content` digests to the value."""
        return CHECKSUMS[self.algorithm](content) == self.value


def require_version(request: Request) -> None:
    """Raises VersionNotSupported unless the client speaks our version."""
    if request.headers.get("tus-resumable") != VERSION:
        raise VersionNotSupported(version=VERSION)


def require_content_type(request: Request) -> None:
    """Raises ContentTypeNotSupported unless the body is bytes at an offset."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise ContentTypeNotSupported(expected=CONTENT_TYPE)


def number(request: Request, name: str) -> int | None:
    """Return a header that is a count of bytes, None if it is missing or not one."""
    value = request.headers.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def metadata(request: Request) -> dict[str, str]:
    """Return Upload-Metadata. Raises MetadataInvalid."""
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
    """Return what Upload-Checksum says. Raises ChecksumNotSupported."""
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
    """Return an instant as HTTP writes it (RFC 9110, section 5.6.7)."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)
