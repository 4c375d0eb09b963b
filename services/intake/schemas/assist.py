"""The officer's screen of many groups."""

from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.intake.schemas.filings import Prepared
from services.web.answers import Answer
from shared.forms.items import FileType
from shared.submissions.lifecycle import UploadStatus
from shared.text import Tag, Text


class AcceptedItem(Answer):
    """What the script needs to know to find the item a file is for."""

    kind: str
    label: Text
    types: list[FileType]
    is_clip: bool
    max_bytes: int
    max_files: int
    is_missing: bool


class FindingLine(Answer):
    """What was found in a file."""

    text: Text
    is_blocking: bool


class AssistUpload(Answer):
    """A file of a group."""

    id: UUID
    filename: str
    state: UploadStatus
    tag: Tag
    is_waiting: bool
    """Whether it is still to be checked."""
    findings: list[FindingLine]


class AssistItem(Answer):
    """An item of a group, with its files."""

    label: Text
    uploads: list[AssistUpload]


class AssistRow(Answer):
    """A group on the officer's screen."""

    id: UUID
    """The filing's."""
    submission: UUID
    stage: str
    stage_label: Text
    reference: str
    code: str
    name: str
    place: Text
    has_email: bool
    programme: Text
    tag: Tag
    is_checked_now: bool
    closes_at: datetime
    may_upload: bool
    is_late: bool
    missing: Text | None
    """The required items with too few files and how many questions need an answer, while files are accepted."""
    must_fix: bool
    """Whether a file must be replaced, and still can be."""
    may_prepare: bool
    prepared: Prepared | None
    items: list[AssistItem]
    """Those that are required or have a file."""
    accepted: list[AcceptedItem]

    @property
    def accepted_json(self) -> str:
        """What the script reads."""
        return ACCEPTED_ITEMS.dump_json(self.accepted).decode()


class UnfinishedFile(Answer):
    """A file that this officer began to upload and did not finish."""

    id: UUID
    submission: UUID
    stage: str
    kind: str
    filename: str
    size_bytes: int
    percent: int
    reference: str
    group: str


class AssistScreen(Answer):
    """What the screen shows: groups, the query of the next page, counts, and the officer's own unfinished files."""

    rows: list[AssistRow]
    following: str | None
    waiting: int
    total: int
    unfinished: list[UnfinishedFile]
    several_programmes: bool
    several_stages: bool


ACCEPTED_ITEMS = TypeAdapter(list[AcceptedItem])
