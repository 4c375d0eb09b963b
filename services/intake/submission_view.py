"""Builds what a group, its officers and programs see of a submission: one model for the page and for JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import schemas, texts
from services.intake.progress import TEXTS, dates, progress_steps, round_ends
from services.intake.receipts import summary
from shared.events.texts import actor_text
from shared.programmes.definition import Definition, Item
from shared.programmes.models import Group, Programme
from shared.renditions.queries import renditions_in_progress
from shared.renditions.rendition import POSTER
from shared.reviews.position import queue_position
from shared.storage.digest import ResumableSha256
from shared.submissions.deadlines import closes_at, finishes_at, hands_in_until
from shared.submissions.history import HistoryLine
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.operations import missing_items
from shared.submissions.receipts.finding import newest
from shared.submissions.sheet import ARRIVED, SHEET
from shared.validation.queries import StoredFinding, findings_of

SHOWN = ARRIVED | {UploadStatus.RECEIVING}
"""Uploads that a submission shows: those that arrived and those on their way."""


@dataclass(frozen=True)
class Uploads:
    """The shown uploads of a submission, and until when what may be done with them."""

    definition: Definition
    all: Sequence[Upload]
    closes: datetime
    now: datetime

    @cached_property
    def arrived(self) -> list[Upload]:
        """The complete files."""
        return [upload for upload in self.all if upload.status in ARRIVED]

    @cached_property
    def receiving(self) -> set[str]:
        """The items with a file on its way."""
        return {upload.kind for upload in self.all if upload.status == UploadStatus.RECEIVING}

    @cached_property
    def missing(self) -> list[Item]:
        """The required items without a complete file."""
        return missing_items(self.definition, self.arrived)

    @cached_property
    def finishes(self) -> datetime:
        """Until when uploads that were begun in time may finish and be submitted."""
        return hands_in_until(self.definition, self.closes, begun=[upload.created_at for upload in self.all])

    @property
    def must_fix(self) -> bool:
        """Whether a file must be replaced and still can be."""
        return any(upload.status == UploadStatus.FAILED for upload in self.arrived) and self.now <= self.closes

    @property
    def is_late(self) -> bool:
        """Whether it is too late to submit; nothing that is missing may be begun any more, but what was begun may finish."""
        not_begun = {item.kind for item in self.missing} - self.receiving
        return self.now > (self.closes if not_begun else self.finishes)


def view(
    session: Session,
    submission: Submission,
    group: Group,
    programme: Programme,
    history: Sequence[HistoryLine],
    *,
    language: str,
    now: datetime,
) -> schemas.SubmissionView:
    """Return the submission with its items, files, findings, next step and history.

    Two queries, one more until the work is accepted, one for work that was submitted, and one for work that is with its committee.
    """
    definition, row = programme.definition, SHEET[submission.status]
    uploads = _uploads(session, submission, definition, now)
    findings = findings_of(session, [upload.id for upload in uploads.all])
    queue = _queue(session, submission, definition) if row.is_judged else None
    return schemas.SubmissionView(
        id=submission.id,
        reference=submission.reference,
        state=submission.status,
        state_th=row.tag.label.th,
        state_en=row.tag.label.en,
        programme=schemas.ProgrammeView(slug=programme.slug, name=definition.name, deadline=definition.deadline_at),
        group=schemas.GroupView(name=group.name, province=group.province, amphoe=group.amphoe, tambon=group.tambon),
        closes_at=uploads.closes,
        quota=_quota(definition, uploads.all),
        finishes_at=finishes_at(definition, uploads.closes),
        time_left=_time_left(uploads.closes, now),
        may_upload=row.may_upload and now <= uploads.closes,
        may_submit=row.may_submit and not uploads.missing and now <= uploads.finishes,
        prepared=prepared(submission),
        missing=[item.kind for item in uploads.missing],
        items=[_item(item, submission, uploads, findings, language) for item in definition.items],
        next_step=_next_step(submission, uploads, language),
        award=_award(definition, submission.level),
        submitted_at=submission.submitted_at,
        receipt=_receipt(session, submission) if submission.submitted_at else None,
        queue=queue,
        stages=_steps(session, submission, uploads, queue),
        milestones=_milestones(definition, now),
        history=[_history_entry(line, language) for line in history],
    )


def prepared(submission: Submission) -> schemas.Prepared | None:
    """Return who asked the group to confirm, while it is asked."""
    return schemas.Prepared(at=submission.prepared_at, by=submission.prepared_by) if submission.prepared_at else None


def _uploads(session: Session, submission: Submission, definition: Definition, now: datetime) -> Uploads:
    shown = select(Upload).where(Upload.submission_id == submission.id, Upload.status.in_(SHOWN), Upload.replaced_at.is_(None))
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    return Uploads(definition, session.scalars(shown.order_by(Upload.id)).all(), closes, now)


def _quota(definition: Definition, uploads: Sequence[Upload]) -> schemas.Quota:
    limit = definition.quota_bytes
    used = sum(upload.size_bytes for upload in uploads if upload.status == UploadStatus.RECEIVING)
    return schemas.Quota(limit_bytes=limit, used_bytes=used, free_bytes=max(0, limit - used))


def _time_left(closes: datetime, now: datetime) -> schemas.TimeLeft:
    tag = texts.time_left(closes, now)
    return schemas.TimeLeft(seconds=max(0, int((closes - now).total_seconds())), look=tag.look, th=tag.label.th, en=tag.label.en)


def _next_step(submission: Submission, uploads: Uploads, language: str) -> schemas.NextStepView:
    missing = [item.label for item in uploads.missing]
    step = texts.next_step(submission.status, missing=missing, fix=uploads.must_fix, late=uploads.is_late)
    text = step.detail
    return schemas.NextStepView(code=step.code, detail=text.read(language), detail_th=text.th, detail_en=text.en)


def _item(
    item: Item, submission: Submission, uploads: Uploads, findings: Mapping[UUID, list[StoredFinding]], language: str
) -> schemas.ItemView:
    until = uploads.finishes if item.kind in uploads.receiving else uploads.closes
    return schemas.ItemView(
        kind=item.kind,
        label=item.label,
        hint=item.hint,
        required=item.required,
        types=list(item.types),
        max_bytes=item.max_bytes,
        max_files=item.max_files,
        max_seconds=item.max_seconds,
        tolerance_seconds=item.tolerance_seconds,
        min_pages=item.min_pages,
        max_pages=item.max_pages,
        min_pictures=item.min_pictures,
        max_pictures=item.max_pictures,
        uploads=[_upload(upload, findings.get(upload.id, []), language, uploads.now) for upload in uploads.all if upload.kind == item.kind],
        may_upload=SHEET[submission.status].may_upload and uploads.now <= until,
    )


def _upload(upload: Upload, findings: Sequence[StoredFinding], language: str, now: datetime) -> schemas.UploadView:
    is_receiving = upload.status == UploadStatus.RECEIVING
    return schemas.UploadView(
        id=upload.id,
        filename=upload.filename,
        state=upload.status,
        size_bytes=upload.size_bytes,
        is_sending=upload.lease_until is not None and upload.lease_until > now,
        offset_bytes=upload.offset_bytes if is_receiving else upload.size_bytes,
        sha256=upload.sha256,
        sha256_so_far=ResumableSha256(upload.digest_state).hexdigest() if is_receiving else None,
        sent_by=actor_text(upload.by_kind, upload.by_name).read(language),
        received_at=upload.received_at,
        checked_at=upload.checked_at,
        facts=schemas.Facts.model_validate(upload.facts) if upload.facts is not None else None,
        has_poster=POSTER in upload.copies,
        findings=[_finding(finding, language) for finding in findings],
    )


def _finding(finding: StoredFinding, language: str) -> schemas.FindingView:
    return schemas.FindingView(
        code=finding.code,
        severity=finding.severity,
        detail=finding.text.read(language),
        detail_th=finding.text.th,
        detail_en=finding.text.en,
        data=schemas.FindingData.model_validate(finding.data),
    )


def _award(definition: Definition, key: str | None) -> schemas.Award | None:
    level = definition.level(key) if key else None
    return schemas.Award(level=level.key, label=level.label, amount=level.amount) if level else None


def _receipt(session: Session, submission: Submission) -> schemas.ReceiptSummary | None:
    receipt = newest(session, submission.id)
    return summary(receipt) if receipt else None


def _queue(session: Session, submission: Submission, definition: Definition) -> schemas.QueueView:
    """Return where accepted work is with its committee: the round, and the place in its queue while it waits there."""
    place = queue_position(session, submission, definition) if submission.committee else None
    coming = place.round if place else _coming_round(submission, definition)
    text = texts.place_in_queue(place, ends=round_ends(definition, coming))
    return schemas.QueueView(round=coming, place=place.place if place else None, of=place.of if place else None, th=text.th, en=text.en)


def _coming_round(submission: Submission, definition: Definition) -> str:
    """Return the round that work goes to next: the last one once it is shortlisted, else the first."""
    return definition.rounds[-1 if submission.status is Status.SHORTLISTED else 0].key


def _steps(session: Session, submission: Submission, uploads: Uploads, queue: schemas.QueueView | None) -> list[schemas.StepView]:
    in_progress = {} if SHEET[submission.status].is_accepted else renditions_in_progress(session, submission.id)
    steps = progress_steps(
        submission.status, uploads.arrived, missing=uploads.missing, queue=queue.text if queue else None, in_progress=in_progress
    )
    return [
        schemas.StepView(key=step.key, state=step.state, th=TEXTS[step.key].th, en=TEXTS[step.key].en, detail=step.detail) for step in steps
    ]


def _milestones(definition: Definition, now: datetime) -> list[schemas.MilestoneView]:
    return [
        schemas.MilestoneView(key=milestone.key, label=milestone.label, by=milestone.by, state=state)
        for milestone, state in dates(definition, now)
    ]


def _history_entry(line: HistoryLine, language: str) -> schemas.HistoryEntry:
    checked: dict[str, Any] = {} if line.passed is None else {"passed": line.passed}
    return schemas.HistoryEntry(
        at=line.at, event=line.event, by=line.by.read(language), th=line.text.th, en=line.text.en, reason=line.reason, **checked
    )
