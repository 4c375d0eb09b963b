"""One submission as officers see it: its group with contacts, its files, what was found in them, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self
from uuid import UUID

from sqlalchemy.orm import Session

from services.office.schemas.submissions import LookalikesView, LookalikeView, uploads_url
from services.pages.uploads import FileView, UploadView
from services.web.components import Address
from services.web.templates import Page, PageModel
from shared.events.texts import actor_text
from shared.listing import duplicates
from shared.listing.duplicates import SimilarClips, same_files, same_footage
from shared.people.person import Act, Person, Scope, may
from shared.programmes.definition import Definition, Item
from shared.programmes.models import Group, Programme
from shared.renditions.queries import RenditionInProgress, renditions_in_progress
from shared.renditions.rendition import POSTER
from shared.submissions import queries
from shared.submissions.history import HistoryLine, history_of
from shared.submissions.models import Submission, Upload
from shared.submissions.receipts.finding import newest
from shared.submissions.sheet import SHEET, UPLOAD_SHEET
from shared.text import Tag, Text
from shared.validation.findings import Severity
from shared.validation.queries import StoredFinding, findings_of

SHOWN_BESIDE = 3
"""How many clips that look alike are shown with their pictures; the others are linked."""


class Contact(PageModel):
    """Whom to reach in a group."""

    name: str
    phone: str | None
    email: str | None


class Award(PageModel):
    """What the submission was awarded; `amount` in baht."""

    label: Text
    amount: Decimal


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
    """One part that was asked of the group, with its files."""

    label: Text
    is_required: bool
    bound: str | None
    """Where all its files are read as one document."""
    files: list[SubmittedFile]


class SubmissionPage(Page):
    """A submission for officers."""

    template: ClassVar[str] = "office/submission.html"

    id: UUID
    reference: str
    programme: str
    programme_name: Text
    tag: Tag
    award: Award | None
    receipt: str | None
    """The code of the newest receipt."""
    group: str
    group_code: str
    address: Address
    business: str
    contact: Contact | None
    """None for those who may not see it."""
    may_upload: bool
    items: list[ItemSection]
    history: list[HistoryLine]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of the files of a submission, by upload; where else a file was sent by its SHA-256."""

    findings: Mapping[UUID, list[StoredFinding]]
    made: Mapping[UUID, Mapping[str, RenditionInProgress]]
    elsewhere: Mapping[str, duplicates.SameFile]
    footage: Mapping[UUID, SimilarClips]


def submission_page(
    session: Session, submission: Submission, group: Group, programme: Programme, person: Person, scope: Scope
) -> SubmissionPage:
    """Return a submission as `person` may see it; `scope` is where it belongs."""
    definition, may_upload, receipt = programme.definition, may(person, Act.UPLOAD, scope), newest(session, submission.id)
    contact = Contact(name=group.contact_name, phone=group.phone, email=group.email) if may(person, Act.SEE_CONTACTS, scope) else None
    return SubmissionPage(
        id=submission.id,
        reference=submission.reference,
        programme=programme.slug,
        programme_name=definition.name,
        tag=SHEET[submission.status].tag,
        award=_award(definition, submission),
        receipt=receipt.code if receipt else None,
        group=group.name,
        group_code=group.code,
        address=Address.model_validate(group, from_attributes=True),
        business=group.business,
        contact=contact,
        may_upload=may_upload,
        items=_items(session, submission, definition, officer=person if may_upload else None),
        history=history_of(session, submission.id)[::-1],
    )


def _award(definition: Definition, submission: Submission) -> Award | None:
    level = definition.level(submission.level) if submission.level else None
    return Award(label=level.label, amount=level.amount) if level else None


def _items(session: Session, submission: Submission, definition: Definition, *, officer: Person | None) -> list[ItemSection]:
    """Return the parts with their files; only an `officer` who helps the group sees which of them others sent, too."""
    made = renditions_in_progress(session, submission.id)
    uploads = queries.current_uploads(session, [submission.id])[submission.id]
    found = _Found(
        findings=findings_of(session, [upload.id for upload in uploads]),
        made=made,
        elsewhere=same_files(session, officer, submission, uploads) if officer else {},
        footage=same_footage(session, officer, uploads) if officer else {},
    )
    return [_item(item, submission, [upload for upload in uploads if upload.kind == item.kind], found) for item in definition.items]


def _item(item: Item, submission: Submission, uploads: Sequence[Upload], found: _Found) -> ItemSection:
    return ItemSection(
        label=item.label,
        is_required=item.required,
        bound=f"/api/office/submissions/{submission.id}/bound/{item.kind}" if item.kind in submission.bound else None,
        files=[_file(upload, found) for upload in uploads],
    )


def _file(upload: Upload, found: _Found) -> SubmittedFile:
    view = UploadView.of(upload, at=uploads_url(upload.submission_id, upload.id), making=found.made.get(upload.id, {}))
    return SubmittedFile(
        file=FileView.of(view),
        tag=UPLOAD_SHEET[upload.status].tag,
        sent_by=actor_text(upload.by_kind, upload.by_name),
        received_at=upload.received_at,
        same_file=SameFile.of(found.elsewhere.get(upload.sha256 or "")),
        same_footage=SameFootage.of(LookalikesView.of(found.footage.get(upload.id)), poster=view.copies.get(POSTER)),
        findings=[FindingLine(text=one.text, is_blocking=one.severity is Severity.BLOCKING) for one in found.findings.get(upload.id, [])],
    )
