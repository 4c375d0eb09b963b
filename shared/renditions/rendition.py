"""A copy and its name. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from shared.errors import NotFound

POSTER = "poster"
"""One picture of a clip, JPEG."""
WEB = "web"
"""The clip as every browser plays it: MP4 with H.264, at most 1080 lines, and AAC, its index first."""
SMALL = "small"
"""The clip in 240 lines, for bad links."""
SOUND = "sound"
"""Only what is heard, MP4 with AAC: of a clip, for bad links, and of a sound."""
THUMBNAILS = "thumbnails"
"""Pictures of the clip at equal distances, side by side and row by row in one JPEG; `data` says how, see `storyboard`."""
DOCUMENT = "document"
"""The document as PDF, without anything active in it."""
PAGE = "page-{number}"
"""A page of the document as JPEG, from 1; of long documents only the first."""


class CopyMissing(NotFound):
    """There is no such copy of the file: it is not of that kind, or it is not made yet."""

    th = "ยังไม่มีไฟล์สำหรับดูนี้ ระบบอาจกำลังเตรียมอยู่ โปรดลองใหม่ภายหลัง"
    en = "There is no such copy of this file; it may still be made. Please try again later."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """An object made of a file: where it lies, its size, and its type as `validation.sniffing` names types."""

    key: str
    type: str
    size_bytes: int | None = None
    """None of what was made before sizes were noted."""
    data: dict[str, Any] = field(default_factory=dict)
    """What is known of it: seconds, pixels, pages."""

    def to_json(self) -> dict[str, Any]:
        """Return the copy as kept in the database."""
        return asdict(self)


def named(copies: Mapping[str, Any], name: str) -> Rendition:
    """Return the copy of that name. Raises CopyMissing."""
    if name not in copies:
        raise CopyMissing
    return Rendition(**copies[name])
