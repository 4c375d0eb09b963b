"""A submission and its files, for those who judge it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import JsonValue

from services.pages.uploads import UploadView
from services.web.answers import Answer
from shared.programmes.definition import Definition, Item
from shared.programmes.models import Group
from shared.renditions.queries import RenditionInProgress
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Submission, Upload
from shared.text import Text, plural


class GroupView(Answer):
    """A group for those who judge it: without contacts."""

    name: str
    village_no: str
    tambon: str
    amphoe: str
    province: str
    business: str

    @classmethod
    def of(cls, group: Group) -> Self:
        """Return a group."""
        return cls.model_validate(group, from_attributes=True)


class BoundView(Answer):
    """All files of an item as one document to read."""

    url: str
    pages: int

    @property
    def link_text(self) -> Text:
        """What the link to it says."""
        return plural(
            self.pages,
            th="อ่านทุกไฟล์ต่อกันเป็นฉบับเดียว ({count} หน้า)",
            one="Read all files as one ({count} page)",
            many="Read all files as one ({count} pages)",
        )

    @classmethod
    def of(cls, submission: Submission, kind: str) -> Self | None:
        """Return where all files of an item are read as one; None where it is no item of several files, or not made yet."""
        if kind not in submission.bound:
            return None
        return cls(url=f"/api/review/submissions/{submission.id}/bound/{kind}", pages=submission.bound[kind]["data"]["pages"])


class ReviewedUpload(UploadView):
    """A file for those who judge it."""

    kind: str
    sha256: str | None
    status: UploadStatus
    facts: dict[str, JsonValue]
    """What the tools saw, by name; which names there are depends on the type of the file."""

    @classmethod
    def of_submission(cls, submission: Submission, upload: Upload, making: Mapping[str, RenditionInProgress]) -> Self:
        """Return a file of a submission, with the progress of the renditions still being made."""
        return cls.of(
            upload,
            at=f"/api/review/submissions/{submission.id}/uploads/{upload.id}",
            making=making,
            kind=upload.kind,
            sha256=upload.sha256,
            status=upload.status,
            facts=upload.facts or {},
        )


class ItemView(Answer):
    """One part that was asked of the group, with its files."""

    kind: str
    label: Text
    uploads: list[ReviewedUpload]
    bound: BoundView | None

    @classmethod
    def of(
        cls, item: Item, submission: Submission, uploads: Sequence[Upload], made: Mapping[UUID, Mapping[str, RenditionInProgress]]
    ) -> Self:
        """Return a part of a submission."""
        own = [ReviewedUpload.of_submission(submission, one, made.get(one.id, {})) for one in uploads if one.kind == item.kind]
        return cls(kind=item.kind, label=item.label, uploads=own, bound=BoundView.of(submission, item.kind))


class SubmissionView(Answer):
    """A submission for those who judge it."""

    id: UUID
    reference: str
    status: Status
    submitted_at: datetime | None
    group: GroupView
    items: list[ItemView]

    @classmethod
    def of(
        cls,
        submission: Submission,
        group: Group,
        definition: Definition,
        uploads: Sequence[Upload],
        made: Mapping[UUID, Mapping[str, RenditionInProgress]],
    ) -> Self:
        """Return a submission with its current `uploads`; `made` is what is being made of them."""
        return cls(
            id=submission.id,
            reference=submission.reference,
            status=submission.status,
            submitted_at=submission.submitted_at,
            group=GroupView.of(group),
            items=[ItemView.of(item, submission, uploads, made) for item in definition.items],
        )
