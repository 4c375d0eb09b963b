"""Files of a submission as its officers' page shows them: with who uploaded them, what was found, and where else they were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy.orm import Session

from services.office.schemas.submissions import LookalikesView, LookalikeView, uploads_url
from services.pages.uploads import FileView, UploadView
from services.web.templates import PageModel
from shared.events.texts import actor_text
from shared.forms.items import Item
from shared.listing import duplicates
from shared.listing.duplicates import SimilarClips, same_files, same_footage
from shared.people.person import Person
from shared.renditions.queries import RenditionInProgress
from shared.renditions.rendition import POSTER
from shared.submissions.models import Submission, Upload
from shared.submissions.sheet import UPLOAD_SHEET
from shared.text import Tag, Text
from shared.validation.findings import Severity
from shared.validation.queries import StoredFinding, findings_of

SHOWN_BESIDE = 3
"""How many clips that look alike are shown with their pictures; the others are linked."""


class SubmissionLink(PageModel):
    """Another submission that the person may see."""

    id: UUID
    reference: str


class SameFile(PageModel):
    """Where else the same file was sent; `more` outside of the person's area."""

    seen: list[SubmissionLink]
    more: int

    @classmethod
    def of(cls, found: duplicates.SameFile | None) -> Self | None:
        """Return where else a file was sent; None when nowhere."""
        if found is None:
            return None
        return cls(seen=[SubmissionLink(id=id_, reference=reference) for id_, reference in found.seen], more=found.more)


class SameFootage(PageModel):
    """Clips that show the same footage: the most alike beside this one, links to the others, `more` outside of the person's area."""

    poster: str | None
    beside: list[LookalikeView]
    others: list[SubmissionLink]
    more: int

    @classmethod
    def of(cls, found: LookalikesView | None, *, poster: str | None) -> Self | None:
        """Return the clips that show the same footage as one with this `poster`; None when there are none."""
        if found is None:
            return None
        others = [SubmissionLink(id=one.submission, reference=one.reference) for one in found.seen[SHOWN_BESIDE:]]
        return cls(poster=poster, beside=found.seen[:SHOWN_BESIDE], others=others, more=found.more)


class FindingLine(PageModel):
    """What was found in a file."""

    text: Text
    is_blocking: bool


class SubmittedFile(PageModel):
    """A file with who uploaded it, and what was found in it."""

    file: FileView
    tag: Tag
    sent_by: Text
    received_at: datetime | None
    same_file: SameFile | None
    same_footage: SameFootage | None
    findings: list[FindingLine]


class ItemSection(PageModel):
    """One item that was asked for, with its files."""

    label: Text
    is_required: bool
    is_internal: bool
    bound: str | None
    """Where all its files are read as one document."""
    files: list[SubmittedFile]


@dataclass(frozen=True, slots=True)
class FoundInFiles:
    """What is known of the files of a submission, by upload; where else a file was sent by its SHA-256."""

    findings: Mapping[UUID, Sequence[StoredFinding]]
    made: Mapping[UUID, Mapping[str, RenditionInProgress]]
    elsewhere: Mapping[str, duplicates.SameFile] = field(default_factory=dict)
    footage: Mapping[UUID, SimilarClips] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        session: Session,
        submission: Submission,
        uploads: Sequence[Upload],
        made: Mapping[UUID, Mapping[str, RenditionInProgress]],
        *,
        officer: Person | None,
    ) -> Self:
        """Return what is known of files; only an `officer` who helps the group sees which of them others sent, too. Three queries."""
        findings = findings_of(session, [upload.id for upload in uploads])
        if officer is None:
            return cls(findings, made)
        return cls(findings, made, same_files(session, officer, submission, uploads), same_footage(session, officer, uploads))


def item_section(item: Item, uploads: Sequence[Upload], known: FoundInFiles, *, bound: str | None) -> ItemSection:
    """Return an item with those of the files that are its own; `bound` is where they are read as one document."""
    return ItemSection(
        label=item.label,
        is_required=item.required,
        is_internal=item.internal,
        bound=bound,
        files=[_file(upload, known) for upload in uploads if upload.kind == item.key],
    )


def _file(upload: Upload, known: FoundInFiles) -> SubmittedFile:
    view = UploadView.of(upload, at=uploads_url(upload.submission_id, upload.id), making=known.made.get(upload.id, {}))
    return SubmittedFile(
        file=FileView.of(view),
        tag=UPLOAD_SHEET[upload.status].tag,
        sent_by=actor_text(upload.by_kind, upload.by_name),
        received_at=upload.received_at,
        same_file=SameFile.of(known.elsewhere.get(upload.sha256 or "")),
        same_footage=SameFootage.of(LookalikesView.of(known.footage.get(upload.id)), poster=view.copies.get(POSTER)),
        findings=[FindingLine(text=one.text, is_blocking=one.severity is Severity.BLOCKING) for one in known.findings.get(upload.id, [])],
    )
