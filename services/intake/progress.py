"""How far a submission has come, pure: the steps from the first file to the committee, and the dates of its programme."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.programmes.definition import Definition, Item, ItemKind, Milestone
from shared.renditions.queries import RenditionInProgress
from shared.renditions.rendition import POSTER, WEB
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Upload
from shared.submissions.sheet import MAY_UPLOAD, SHEET
from shared.text import Text

CLIPS = frozenset({ItemKind.CLIP, ItemKind.REPORT_CLIP})


class StepKey(StrEnum):
    """The steps, in their order."""

    RECEIVED = "received"
    CHECKED = "checked"
    PREVIEW = "preview"
    WEB_COPY = "web_copy"
    SUBMITTED = "handed_in"
    ACCEPTED = "accepted"
    COMMITTEE = "committee"


class StepState(StrEnum):
    """How far a step has come; `bad`: something must be fixed first."""

    DONE = "done"
    NOW = "now"
    NOT_STARTED = "todo"
    BAD = "bad"


STATE_TEXTS: dict[StepState, Text] = {
    StepState.DONE: Text("เสร็จแล้ว", "done"),
    StepState.NOW: Text("กำลังทำ", "in progress"),
    StepState.NOT_STARTED: Text("ยังไม่ถึง", "not started"),
    StepState.BAD: Text("ต้องแก้ไข", "must be fixed"),
}


class DateState(StrEnum):
    """Where a date of the programme lies."""

    PAST = "past"
    NEXT = "next"
    LATER = "later"


TEXTS: dict[StepKey, Text] = {
    StepKey.RECEIVED: Text("ได้รับไฟล์ครบ", "All files uploaded"),
    StepKey.CHECKED: Text("ตรวจไฟล์และความยาวคลิป", "Files and length of the clip checked"),
    StepKey.PREVIEW: Text("ทำภาพตัวอย่างของคลิป", "Preview picture of the clip made"),
    StepKey.WEB_COPY: Text("ทำคลิปสำหรับเปิดดูบนเว็บ", "Clip prepared for watching on the web"),
    StepKey.SUBMITTED: Text("กลุ่มกดส่งผลงาน", "Submitted by the group"),
    StepKey.ACCEPTED: Text("รับเข้าพิจารณา", "Accepted for judging"),
    StepKey.COMMITTEE: Text("คณะกรรมการพิจารณา", "Judged by the committee"),
}


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """A step and how far it has come; `detail` says more."""

    key: StepKey
    state: StepState
    detail: Text | None = None


def progress_steps(
    status: Status,
    arrived: Sequence[Upload],
    *,
    missing: Collection[Item],
    queue: Text | None,
    in_progress: Mapping[UUID, Mapping[str, RenditionInProgress]],
) -> list[ProgressStep]:
    """Return the steps. `arrived` are the current files, `missing` the required items without one, `in_progress` what is made of files."""
    is_in, is_accepted = status not in MAY_UPLOAD, SHEET[status].is_accepted
    found = {upload.status for upload in arrived}
    received = StepState.DONE if not missing else StepState.NOW if arrived else StepState.NOT_STARTED
    if UploadStatus.FAILED in found:
        checked = StepState.BAD
    elif UploadStatus.RECEIVED in found:
        checked = StepState.NOW
    else:
        checked = StepState.DONE if arrived and not missing else StepState.NOT_STARTED
    submitted = StepState.DONE if is_in else StepState.BAD if status == Status.RETURNED else StepState.NOT_STARTED
    accepted = StepState.DONE if is_accepted else StepState.NOW if status == Status.SUBMITTED else StepState.NOT_STARTED
    committee = StepState.NOW if SHEET[status].is_judged else StepState.DONE if is_accepted else StepState.NOT_STARTED
    return [
        ProgressStep(StepKey.RECEIVED, received),
        ProgressStep(StepKey.CHECKED, checked),
        *_rendition(StepKey.PREVIEW, POSTER, arrived, is_accepted=is_accepted),
        *(_rendition(StepKey.WEB_COPY, WEB, arrived, is_accepted=is_accepted) if _is_coming(arrived, in_progress) else []),
        ProgressStep(StepKey.SUBMITTED, submitted),
        ProgressStep(StepKey.ACCEPTED, accepted),
        ProgressStep(StepKey.COMMITTEE, committee, queue),
    ]


def _rendition(key: StepKey, name: str, arrived: Sequence[Upload], *, is_accepted: bool) -> list[ProgressStep]:
    """Return the step of a rendition of the clip; once the work is accepted, one that never came is left out."""
    clips = _clips(arrived)
    if clips and all(name in upload.copies for upload in clips):
        return [ProgressStep(key, StepState.DONE)]
    if not clips or is_accepted:
        return []
    return [ProgressStep(key, StepState.NOW if all(upload.status == UploadStatus.PASSED for upload in clips) else StepState.NOT_STARTED)]


def _is_coming(arrived: Sequence[Upload], in_progress: Mapping[UUID, Mapping[str, RenditionInProgress]]) -> bool:
    """Say whether each clip that passed has its web rendition or will have it; a job that was given up is not waited for."""
    wanting = [upload.id for upload in _clips(arrived) if upload.status == UploadStatus.PASSED and WEB not in upload.copies]
    return all(WEB in in_progress.get(id_, {}) and in_progress[id_][WEB].is_coming for id_ in wanting)


def _clips(arrived: Sequence[Upload]) -> list[Upload]:
    return [upload for upload in arrived if upload.kind in CLIPS and upload.status != UploadStatus.FAILED]


def dates(definition: Definition, now: datetime) -> list[tuple[Milestone, DateState]]:
    """Return the programme's dates in their order, each past, next or later; those of the same date are next together."""
    ordered = sorted(definition.milestones, key=lambda milestone: milestone.by)
    coming = next((milestone.by for milestone in ordered if milestone.by >= now), None)
    return [
        (milestone, DateState.PAST if milestone.by < now else DateState.NEXT if milestone.by == coming else DateState.LATER)
        for milestone in ordered
    ]


def round_ends(definition: Definition, key: str) -> datetime | None:
    """Return the date by which a round is done, where the programme has a milestone of its name."""
    return next((milestone.by for milestone in definition.milestones if milestone.key == key), None)
