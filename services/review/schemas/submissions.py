"""A submission and its files, for those who judge it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import JsonValue

from services.pages.applicants import ApplicantAnswer, applicant_answers
from services.pages.uploads import UploadView
from services.web.answers import Answer
from shared.forms import showing
from shared.forms.items import Item
from shared.forms.questions import Question
from shared.forms.reading import Stored
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.renditions.queries import RenditionInProgress
from shared.submissions.filings.reading import ReadVersion
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.sheet import Standing
from shared.text import Text, plural


class GroupView(Answer):
    """A group for those who judge it: without contacts."""

    name: str
    tambon: str
    amphoe: str
    province: str
    village_no: str
    business: str
    """As `village_no` of programmes that ask it; in every programme it is among `answers`, too."""
    answers: list[ApplicantAnswer]

    @classmethod
    def of(cls, group: Group, definition: Definition) -> Self:
        """Return a group of a programme."""
        answers = group.answers
        return cls(
            name=group.name,
            tambon=group.tambon,
            amphoe=group.amphoe,
            province=group.province,
            village_no=answers.get("village_no", ""),
            business=answers.get("business", ""),
            answers=applicant_answers(definition, group),
        )


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
    def of(cls, read: ReadVersion, kind: str) -> Self | None:
        """Return where all files of an item are read as one; None where it is no item of several files, or not made yet."""
        version, filing = read.version, read.of.filing
        if kind not in version.bound:
            return None
        which = "" if version.id == filing.version_id else f"?version={version.id}"
        return cls(url=f"/api/review/submissions/{filing.submission_id}/bound/{kind}{which}", pages=version.bound[kind]["data"]["pages"])


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


class AnswerView(Answer):
    """One answer, as it reads for people."""

    key: str
    label: Text
    text: Text

    @classmethod
    def of(cls, question: Question, value: Stored) -> Self:
        """Return an answer."""
        return cls(key=question.key, label=question.label, text=showing.shown(question, value))


class ItemView(Answer):
    """One item that was asked for, with its files."""

    kind: str
    stage: str
    label: Text
    uploads: list[ReviewedUpload]
    bound: BoundView | None

    @classmethod
    def of(cls, item: Item, read: ReadVersion, made: Mapping[UUID, Mapping[str, RenditionInProgress]]) -> Self:
        """Return an item of a version."""
        submission = read.of.submission
        own = [ReviewedUpload.of_submission(submission, one, made.get(one.id, {})) for one in read.uploads if one.kind == item.key]
        return cls(kind=item.key, stage=read.stage.key, label=item.label, uploads=own, bound=BoundView.of(read, item.key))


class StageView(Answer):
    """What was submitted at one stage: the version that is judged."""

    key: str
    label: Text
    version: int
    """Its number, from 1."""
    submitted_at: datetime
    answers: list[AnswerView]
    items: list[ItemView]

    @classmethod
    def of(cls, read: ReadVersion, made: Mapping[UUID, Mapping[str, RenditionInProgress]]) -> Self:
        """Return a version as those who judge see it: without what is internal."""
        form, answers = read.form.public(), read.version.answers
        return cls(
            key=read.stage.key,
            label=read.stage.label,
            version=read.version.number,
            submitted_at=read.version.submitted_at,
            answers=[AnswerView.of(one, answers[one.key]) for one in form.questions if one.key in answers],
            items=[ItemView.of(item, read, made) for item in form.items],
        )


class SubmissionView(Answer):
    """A submission for those who judge it."""

    id: UUID
    reference: str
    status: Standing
    submitted_at: datetime | None
    """When what is judged was submitted last."""
    group: GroupView
    stages: list[StageView]
    items: list[ItemView]
    """Of all stages."""

    @classmethod
    def of(
        cls,
        submission: Submission,
        group: Group,
        definition: Definition,
        standing: Standing,
        read: Sequence[ReadVersion],
        made: Mapping[UUID, Mapping[str, RenditionInProgress]],
    ) -> Self:
        """Return a submission with the versions that are read; `made` is what is being made of their files."""
        stages = [StageView.of(one, made) for one in read]
        return cls(
            id=submission.id,
            reference=submission.reference,
            status=standing,
            submitted_at=max((stage.submitted_at for stage in stages), default=None),
            group=GroupView.of(group, definition),
            stages=stages,
            items=[item for stage in stages for item in stage.items],
        )
