"""Submissions and their files, for officers."""

from datetime import datetime
from typing import Self
from uuid import UUID

from services.pages.applicants import ApplicantAnswer, applicant_answers
from services.web.answers import Answer
from shared.listing.duplicates import SimilarClip, SimilarClips
from shared.listing.overview import ListedSubmission
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.programmes.stages import Office
from shared.renditions.rendition import POSTER
from shared.submissions.deadlines import closes_at
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.models import Filing, Submission, Upload
from shared.submissions.sheet import Standing


class GroupView(Answer):
    """A group, for those who may not see whom to reach in it."""

    code: str
    name: str
    tambon: str
    amphoe: str
    province: str
    village_no: str
    business: str
    """As `village_no` of programmes that ask it; in every programme it is among `answers`, too."""
    answers: list[ApplicantAnswer]
    """For those who may see whom to reach with that."""


class GroupWithContacts(GroupView):
    """A group, with whom to reach in it."""

    contact_name: str
    email: str | None
    phone: str | None


class LookalikeView(Answer):
    """A clip of another submission that shows the same footage."""

    submission: UUID
    reference: str
    group: str
    upload: UUID
    share: float
    """How much of the shorter clip is seen in the other, 0 to 1."""
    poster: str | None

    @classmethod
    def of(cls, found: SimilarClip) -> Self:
        """Return a clip that shows the same footage."""
        return cls(
            submission=found.submission_id,
            reference=found.reference,
            group=found.group,
            upload=found.upload_id,
            share=round(found.share, 2),
            poster=copy_url(found.submission_id, found.upload_id, POSTER) if found.has_poster else None,
        )


class LookalikesView(Answer):
    """The clips that show the same footage as one: those the person may see, and how many more there are."""

    seen: list[LookalikeView]
    more: int

    @classmethod
    def of(cls, found: SimilarClips | None) -> Self | None:
        """Return the clips that show the same footage; None when there are none."""
        return cls(seen=[LookalikeView.of(one) for one in found.seen], more=found.more) if found else None


class FileName(Answer):
    """A file as the list of submissions shows it."""

    id: UUID
    kind: str
    filename: str
    size_bytes: int
    status: UploadStatus
    url: str
    copies: dict[str, str]
    """Rendition → address."""
    same_footage: LookalikesView | None

    @classmethod
    def of(cls, submission: Submission, upload: Upload, footage: SimilarClips | None) -> Self:
        """Return a file of a submission, with the clips that show its `footage`."""
        return cls(
            id=upload.id,
            kind=upload.kind,
            filename=upload.filename,
            size_bytes=upload.size_bytes,
            status=upload.status,
            url=f"{uploads_url(submission.id, upload.id)}/content",
            copies={name: copy_url(submission.id, upload.id, name) for name in upload.copies},
            same_footage=LookalikesView.of(footage),
        )


class FilingName(Answer):
    """What a submission files at one stage, as lists show it."""

    id: UUID
    stage: str
    status: FilingStatus
    filed_by: Office
    due_at: datetime
    """Its own deadline."""
    closes_at: datetime
    """Until when it may be submitted: its deadline, or its time to fix if later."""
    submitted_at: datetime | None
    returned_at: datetime | None
    accepted_at: datetime | None
    coordinator: UUID | None
    """The account of the officer who is reminded of it; none: all of the office."""

    @classmethod
    def of(cls, filing: Filing, **more: object) -> Self:
        """Return a filing; `more` are the members that a subclass adds."""
        return cls.model_validate(
            {
                "id": filing.id,
                "stage": filing.stage,
                "status": filing.status,
                "filed_by": filing.filed_by,
                "due_at": filing.due_at,
                "closes_at": closes_at(filing.due_at, filing.mend_until),
                "submitted_at": filing.submitted_at,
                "returned_at": filing.returned_at,
                "accepted_at": filing.accepted_at,
                "coordinator": filing.coordinator_id,
                **more,
            }
        )


class SubmissionView(Answer):
    """A submission as the list shows it."""

    id: UUID
    reference: str
    status: Standing
    """Where it is as a whole."""
    category: str | None
    level: str | None
    """The key of the level it was awarded last."""
    committee: str | None
    """Of the round it entered last."""
    submitted_at: datetime | None
    """When anything of it was submitted last."""
    group: GroupWithContacts | GroupView
    filings: list[FilingName]
    """What it files, stage by stage, in the order in which it was asked."""
    items: list[FileName]
    """The files of its drafts."""

    @classmethod
    def of(cls, listed: ListedSubmission, group: GroupView, items: list[FileName]) -> Self:
        """Return a submission with its group and files."""
        submission = listed.submission
        return cls(
            id=submission.id,
            reference=submission.reference,
            status=listed.standing,
            category=submission.category,
            level=listed.level,
            committee=listed.committee,
            submitted_at=max((filing.submitted_at for filing in listed.filings if filing.submitted_at), default=None),
            group=group,
            filings=[FilingName.of(filing) for filing in listed.filings],
            items=items,
        )


class SubmissionList(Answer):
    """A page of the submissions of a programme, by reference; `next` is what to pass as `after` for the following one."""

    submissions: list[SubmissionView]
    next: str | None


def group_view(group: Group, definition: Definition, *, contacts: bool) -> GroupView:
    """Return a group, with whom to reach in it for those who may see that: officers."""
    about = {name: getattr(group, name) for name in ("code", "name", "tambon", "amphoe", "province")}
    about |= {name: group.answers.get(name, "") for name in ("village_no", "business")}
    about["answers"] = applicant_answers(definition, group, contacts=contacts, internal=contacts)
    if not contacts:
        return GroupView.model_validate(about)
    return GroupWithContacts.model_validate({**about, "contact_name": group.contact_name, "email": group.email, "phone": group.phone})


def uploads_url(submission_id: UUID, upload_id: UUID) -> str:
    """Return the address below which a file and its renditions are read."""
    return f"/api/office/submissions/{submission_id}/uploads/{upload_id}"


def copy_url(submission_id: UUID, upload_id: UUID, name: str) -> str:
    """Return where a rendition of a file is read."""
    return f"{uploads_url(submission_id, upload_id)}/copies/{name}"
