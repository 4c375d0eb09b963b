"""How far a submission has come, pure: its stages from the first file to the committee, and the dates of its programme."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.texts import Said
from shared.programmes.definition import Definition, ItemKind
from shared.renditions.queries import RenditionInProgress
from shared.renditions.rendition import POSTER, WEB
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Upload
from shared.submissions.sheet import MAY_UPLOAD, SHEET

CLIPS = frozenset({ItemKind.CLIP, ItemKind.REPORT_CLIP})

WORDS = {
    "received": Said("ได้รับไฟล์ครบ", "All files received"),
    "checked": Said("ตรวจไฟล์และความยาวคลิป", "Files and length of the clip checked"),
    "preview": Said("ทำภาพตัวอย่างของคลิป", "Picture of the clip made"),
    "web_copy": Said("ทำคลิปสำหรับเปิดดูบนเว็บ", "Clip made ready to be watched on the web"),
    "handed_in": Said("กลุ่มกดส่งผลงาน", "Handed in by the group"),
    "accepted": Said("รับเข้าพิจารณา", "Accepted"),
    "committee": Said("คณะกรรมการพิจารณา", "With the committee"),
}


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """A stage and how it stands: done, now, todo or bad; `detail` says more."""

    key: str
    state: str
    detail: Said | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the stage with its words."""
        return {"key": self.key, "state": self.state, **WORDS[self.key].to_json(), "detail": self.detail.to_json() if self.detail else None}


def progress_steps(
    status: Status,
    standing: Sequence[Upload],
    *,
    missing: Collection[Any],
    queue: Said | None,
    making: Mapping[UUID, Mapping[str, RenditionInProgress]],
) -> list[ProgressStep]:
    """Return the stages. `standing` are the files that arrived, `missing` the required items without one, `making` what is made of them."""
    is_in, is_accepted = status not in MAY_UPLOAD, SHEET[status].is_accepted
    found = {upload.status for upload in standing}
    received = "done" if not missing else "now" if standing else "todo"
    if UploadStatus.FAILED in found:
        checked = "bad"
    elif UploadStatus.RECEIVED in found:
        checked = "now"
    else:
        checked = "done" if standing and not missing else "todo"
    handed_in = "done" if is_in else "bad" if status == Status.RETURNED else "todo"
    accepted = "done" if is_accepted else "now" if status == Status.SUBMITTED else "todo"
    committee = "now" if SHEET[status].is_judged else "done" if is_accepted else "todo"
    return [
        ProgressStep("received", received),
        ProgressStep("checked", checked),
        *_copied("preview", POSTER, standing, is_accepted=is_accepted),
        *(_copied("web_copy", WEB, standing, is_accepted=is_accepted) if _is_coming(standing, making) else []),
        ProgressStep("handed_in", handed_in),
        ProgressStep("accepted", accepted),
        ProgressStep("committee", committee, queue),
    ]


def _copied(key: str, name: str, standing: Sequence[Upload], *, is_accepted: bool) -> list[ProgressStep]:
    """Return the stage of a copy of the clip; one that never came is not waited for once the work is accepted."""
    clips = _clips(standing)
    if clips and all(name in upload.copies for upload in clips):
        return [ProgressStep(key, "done")]
    if not clips or is_accepted:
        return []
    return [ProgressStep(key, "now" if all(upload.status == UploadStatus.PASSED for upload in clips) else "todo")]


def _is_coming(standing: Sequence[Upload], making: Mapping[UUID, Mapping[str, RenditionInProgress]]) -> bool:
    """Say whether each clip that passed has its web copy, or will have it: work that was given up is nothing a group waits for."""
    wanting = [upload.id for upload in _clips(standing) if upload.status == UploadStatus.PASSED and WEB not in upload.copies]
    return all(WEB in making.get(id_, {}) and making[id_][WEB].is_coming for id_ in wanting)


def _clips(standing: Sequence[Upload]) -> list[Upload]:
    return [upload for upload in standing if upload.kind in CLIPS and upload.status != UploadStatus.FAILED]


def milestones(definition: Definition, now: datetime) -> list[dict[str, Any]]:
    """Return the programme's dates in their order, each past, next or later; those of the same date are next together."""
    ordered = sorted(definition.milestones, key=lambda milestone: milestone.by)
    coming = next((milestone.by for milestone in ordered if milestone.by >= now), None)
    return [
        {
            "key": milestone.key,
            "label": milestone.label.model_dump(),
            "by": milestone.by,
            "state": "past" if milestone.by < now else "next" if milestone.by == coming else "later",
        }
        for milestone in ordered
    ]


def round_ends(definition: Definition, key: str) -> datetime | None:
    """Return the date by which a round is done, where the programme has a milestone of its name."""
    return next((milestone.by for milestone in definition.milestones if milestone.key == key), None)
