"""How far a filing has come, pure: the steps from the first file to the committee, and the dates of its programme."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.forms.form import Form
from shared.forms.items import Item
from shared.programmes.definition import Definition
from shared.renditions.queries import RenditionInProgress
from shared.renditions.rendition import POSTER, WEB
from shared.submissions.lifecycle import FilingStatus, UploadStatus
from shared.submissions.models import Upload
from shared.submissions.sheet import FILING_SHEET, Standing
from shared.text import Text

JUDGED = frozenset({Standing.ACCEPTED, Standing.SHORTLISTED})
"""Where a submission is while a committee judges it, or will."""


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
    StepKey.CHECKED: Text("ตรวจไฟล์", "Files checked"),
    StepKey.PREVIEW: Text("ทำภาพตัวอย่างของคลิป", "Preview picture of the clip made"),
    StepKey.WEB_COPY: Text("ทำคลิปสำหรับเปิดดูบนเว็บ", "Clip prepared for watching on the web"),
    StepKey.SUBMITTED: Text("กดส่ง", "Submitted"),
    StepKey.ACCEPTED: Text("รับแล้ว", "Accepted"),
    StepKey.COMMITTEE: Text("คณะกรรมการพิจารณา", "Judged by the committee"),
}


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """A step and how far it has come; `detail` says more."""

    key: StepKey
    state: StepState
    detail: Text | None = None


def progress_steps(
    status: FilingStatus,
    form: Form,
    arrived: Sequence[Upload],
    *,
    missing: Collection[Item],
    standing: Standing,
    is_judged: bool,
    queue: Text | None,
    in_progress: Mapping[UUID, Mapping[str, RenditionInProgress]],
) -> list[ProgressStep]:
    """Return the steps of a filing.

    `arrived` are the files that are shown, `missing` the required items with too few of them, `standing` where the submission is,
    `is_judged` whether a committee reads the filing, `in_progress` what is made of its files.
    """
    row, is_accepted = FILING_SHEET[status], FILING_SHEET[status].is_done
    is_in = not row.may_submit
    submitted = StepState.DONE if is_in else StepState.BAD if status is FilingStatus.RETURNED else StepState.NOT_STARTED
    accepted = StepState.DONE if is_accepted else StepState.NOW if status is FilingStatus.SUBMITTED else StepState.NOT_STARTED
    committee = StepState.NOW if standing in JUDGED else StepState.DONE
    if not is_accepted:
        committee = StepState.NOT_STARTED
    clips = {item.key for item in form.items if item.is_clip}
    return [
        *(_files(arrived, missing) if form.items else ()),
        *_rendition(StepKey.PREVIEW, POSTER, _clips(arrived, clips), is_accepted=is_accepted),
        *(
            _rendition(StepKey.WEB_COPY, WEB, _clips(arrived, clips), is_accepted=is_accepted)
            if _is_coming(_clips(arrived, clips), in_progress)
            else ()
        ),
        ProgressStep(StepKey.SUBMITTED, submitted),
        ProgressStep(StepKey.ACCEPTED, accepted),
        *([ProgressStep(StepKey.COMMITTEE, committee, queue)] if is_judged else ()),
    ]


def _files(arrived: Sequence[Upload], missing: Collection[Item]) -> list[ProgressStep]:
    found = {upload.status for upload in arrived}
    received = StepState.DONE if not missing else StepState.NOW if arrived else StepState.NOT_STARTED
    if UploadStatus.FAILED in found:
        checked = StepState.BAD
    elif UploadStatus.RECEIVED in found:
        checked = StepState.NOW
    else:
        checked = StepState.DONE if arrived and not missing else StepState.NOT_STARTED
    return [ProgressStep(StepKey.RECEIVED, received), ProgressStep(StepKey.CHECKED, checked)]


def _rendition(key: StepKey, name: str, clips: Sequence[Upload], *, is_accepted: bool) -> list[ProgressStep]:
    """Return the step of a rendition of the clip; once the work is accepted, one that never came is left out."""
    if clips and all(name in upload.copies for upload in clips):
        return [ProgressStep(key, StepState.DONE)]
    if not clips or is_accepted:
        return []
    return [ProgressStep(key, StepState.NOW if all(upload.status == UploadStatus.PASSED for upload in clips) else StepState.NOT_STARTED)]


def _is_coming(clips: Sequence[Upload], in_progress: Mapping[UUID, Mapping[str, RenditionInProgress]]) -> bool:
    """Say whether each clip that passed has its web rendition or will have it; a job that was given up is not waited for."""
    wanting = [upload.id for upload in clips if upload.status == UploadStatus.PASSED and WEB not in upload.copies]
    return all(WEB in in_progress.get(id_, {}) and in_progress[id_][WEB].is_coming for id_ in wanting)


def _clips(arrived: Sequence[Upload], keys: Collection[str]) -> list[Upload]:
    return [upload for upload in arrived if upload.kind in keys and upload.status != UploadStatus.FAILED]


@dataclass(frozen=True, slots=True)
class ProgrammeDate:
    """A date of the programme, and whether it is past, next or later."""

    key: str
    label: Text
    at: datetime
    state: DateState


def dates(definition: Definition, now: datetime) -> list[ProgrammeDate]:
    """Return the programme's dates in their order; those of the same date are next together."""
    ordered = definition.dates()
    coming = next((at for _, _, at in ordered if at >= now), None)
    return [
        ProgrammeDate(key, label, at, DateState.PAST if at < now else DateState.NEXT if at == coming else DateState.LATER)
        for key, label, at in ordered
    ]


def ends(definition: Definition, key: str) -> datetime | None:
    """Return the date by which a stage is done, where it is the same for all."""
    return next((at for of, _, at in definition.dates() if of == key), None)
