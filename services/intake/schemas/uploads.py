"""Files of an item, and what was found in them."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.web.answers import Answer
from shared.forms.items import FileType
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.sheet import UPLOAD_SHEET
from shared.text import Tag, Text
from shared.validation.findings import Severity
from shared.validation.sniffing import CLIPS, SOUNDS


class Facts(BaseModel):
    """What the tools saw of a file; further members depend on its type."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str | None = None
    duration_seconds: float | None = None
    pages: int | None = None


class FindingData(BaseModel):
    """The values in the text of a finding, by name."""

    model_config = ConfigDict(frozen=True, extra="allow")


class FindingView(Answer):
    """What was found in a file, in the language of the request and in both."""

    code: str
    severity: Severity
    detail: str
    detail_th: str
    detail_en: str
    data: FindingData

    @property
    def is_blocking(self) -> bool:
        """Whether the file must be replaced."""
        return self.severity is Severity.BLOCKING


class UploadView(Answer):
    """One file, received or on its way."""

    id: UUID
    filename: str
    state: UploadStatus
    size_bytes: int
    is_sending: bool
    """Whether bytes are arriving at this moment."""
    offset_bytes: int
    """How many bytes are stored."""
    sha256: str | None
    sha256_so_far: str | None
    """Of the bytes stored so far, while it is on its way."""
    sent_by: str
    received_at: datetime | None
    checked_at: datetime | None
    facts: Facts | None
    """None until it is checked."""
    has_poster: bool
    findings: list[FindingView]

    @property
    def tag(self) -> Tag:
        """The state as a page shows it."""
        return UPLOAD_SHEET[self.state].tag

    @property
    def duration_seconds(self) -> float | None:
        """How long a checked clip is."""
        return self.facts.duration_seconds if self.facts else None

    @property
    def pages(self) -> int | None:
        """How many pages a checked document has."""
        return self.facts.pages if self.facts else None

    @property
    def is_receiving(self) -> bool:
        """Whether it has not arrived completely."""
        return self.state is UploadStatus.RECEIVING

    @property
    def is_failed(self) -> bool:
        """Whether it must be replaced."""
        return self.state is UploadStatus.FAILED


class ItemView(Answer):
    """One item that is asked for, its limits and its files."""

    kind: str
    """The item's key."""
    label: Text
    hint: Text | None
    required: bool
    is_visible: bool
    """Whether it is asked for, by the answers so far."""
    is_clip: bool
    types: list[FileType]
    max_bytes: int
    max_files: int
    min_files: int
    max_seconds: Decimal | None
    tolerance_seconds: Decimal | None
    min_pages: int | None
    max_pages: int | None
    min_pictures: int | None
    max_pictures: int | None
    uploads: list[UploadView]
    may_upload: bool

    @property
    def accept(self) -> str:
        """What a phone's chooser of files is told to offer: of clips and sounds all, whatever a phone calls its own."""
        offered = [f".{type_}" for type_ in self.types if type_ not in CLIPS | SOUNDS]
        families = [name for name, types in (("video/*", CLIPS), ("audio/*", SOUNDS)) if not types.isdisjoint(self.types)]
        return ",".join(families + offered)
