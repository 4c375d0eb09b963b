"""A submission as its group, its officers and programs see it: one view for the page and for JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.progress import milestones, progress_steps, round_ends
from services.intake.receipts import summary
from services.intake.texts import Said, next_step, place_in_queue, time_left
from shared.events.texts import actor_text
from shared.programmes.definition import Definition, Item
from shared.programmes.models import Group, Programme
from shared.renditions.queries import renditions_in_progress
from shared.renditions.rendition import POSTER
from shared.reviews.position import queue_position
from shared.storage.digest import ResumableSha256
from shared.submissions.deadlines import closes_at, finishes_at, hands_in_until
from shared.submissions.history import history_of
from shared.submissions.lifecycle import Status, UploadStatus
from shared.submissions.models import Submission, Upload
from shared.submissions.operations import missing_items
from shared.submissions.receipts.finding import newest
from shared.submissions.sheet import ARRIVED, MAY_SUBMIT, MAY_UPLOAD, SHEET
from shared.submissions.texts import STATES
from shared.validation.queries import StoredFinding, findings_of

SHOWN = ARRIVED | {UploadStatus.RECEIVING}


def view(session: Session, submission: Submission, group: Group, programme: Programme, *, language: str, now: datetime) -> dict[str, Any]:
    """Return the submission with its items, files, findings, next step and history; instants as ISO 8601.

    Three queries, one more until the work is accepted, one for work that was handed in, and one for work that is with its committee.
    """
    definition, status = programme.definition, submission.status
    made = renditions_in_progress(session, submission.id) if not SHEET[status].is_accepted else {}
    uploads = session.scalars(
        select(Upload)
        .where(Upload.submission_id == submission.id, Upload.status.in_(SHOWN), Upload.replaced_at.is_(None))
        .order_by(Upload.id)
    ).all()
    findings = findings_of(session, [upload.id for upload in uploads])
    standing = [upload for upload in uploads if upload.status in ARRIVED]
    missing = missing_items(definition, standing)
    closes = closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at)
    finishes = hands_in_until(definition, closes, begun=[upload.created_at for upload in uploads])
    on_their_way = {upload.kind for upload in uploads if upload.status == UploadStatus.RECEIVING}
    not_begun = {item.kind for item in missing} - on_their_way
    failed = any(upload.status == UploadStatus.FAILED for upload in standing)
    code, th, en = next_step(
        status,
        missing_th=", ".join(item.label.th for item in missing),
        missing_en=", ".join(item.label.en for item in missing),
        mend=failed and now <= closes,
        late=now > (closes if not_begun else finishes),
    )
    level = definition.level(submission.level) if submission.level else None
    left = time_left(closes, now)
    queue = _queue(session, submission, definition) if SHEET[status].is_judged else None
    where = Said(queue["th"], queue["en"]) if queue else None
    return {
        "id": submission.id,
        "reference": submission.reference,
        "state": status,
        "state_th": STATES[status][0],
        "state_en": STATES[status][1],
        "programme": {
            "slug": programme.slug,
            "name": definition.name.model_dump(),
            "deadline": definition.deadline_at,
        },
        "group": {"name": group.name, "province": group.province, "amphoe": group.amphoe, "tambon": group.tambon},
        "closes_at": closes,
        "quota": _quota(definition, uploads),
        "finishes_at": finishes_at(definition, closes),
        "time_left": {"seconds": max(0, int((closes - now).total_seconds())), "look": left.look, **left.to_json()},
        "may_upload": status in MAY_UPLOAD and now <= closes,
        "may_submit": status in MAY_SUBMIT and not missing and now <= finishes,
        "prepared": {"at": submission.prepared_at, "by": submission.prepared_by} if submission.prepared_at else None,
        "missing": [item.kind for item in missing],
        "items": [
            _item(item, [upload for upload in uploads if upload.kind == item.kind], findings, language, now)
            | {"may_upload": status in MAY_UPLOAD and now <= (finishes if item.kind in on_their_way else closes)}
            for item in definition.items
        ],
        "next_step": {"code": code, "detail": en if language == "en" else th, "detail_th": th, "detail_en": en},
        "award": {"level": level.key, "label": level.label.model_dump(), "amount": str(level.amount)} if level else None,
        "submitted_at": submission.submitted_at,
        "receipt": _receipt(session, submission) if submission.submitted_at else None,
        "queue": queue,
        "stages": [stage.to_json() for stage in progress_steps(status, standing, missing=missing, queue=where, making=made)],
        "milestones": milestones(definition, now),
        "history": _history(session, submission, language),
    }


def _receipt(session: Session, submission: Submission) -> dict[str, Any] | None:
    receipt = newest(session, submission.id)
    return summary(receipt) if receipt else None


def _queue(session: Session, submission: Submission, definition: Definition) -> dict[str, Any]:
    """Return where accepted work is with its committee: the round, and the place in its queue while it waits there."""
    place = queue_position(session, submission, definition) if submission.committee else None
    rounds = [round_.key for round_ in definition.rounds]
    coming = place.round if place else rounds[-1] if submission.status == Status.SHORTLISTED else rounds[0]
    words = place_in_queue(place, ends=round_ends(definition, coming))
    return {"round": coming, "place": place.place if place else None, "of": place.of if place else None, **words.to_json()}


def _item(item: Item, uploads: list[Upload], findings: dict[UUID, list[StoredFinding]], language: str, now: datetime) -> dict[str, Any]:
    limits = item.model_dump(mode="json", exclude={"kind", "label", "hint"})
    return {
        "kind": item.kind,
        "label": item.label.model_dump(),
        "hint": item.hint.model_dump() if item.hint else None,
        **limits,
        "uploads": [_upload(upload, findings.get(upload.id, []), language, now) for upload in uploads],
    }


def _quota(definition: Definition, uploads: Sequence[Upload]) -> dict[str, int]:
    """Return how many bytes may be announced and not finished, how many are, and what is left."""
    limit = definition.quota_bytes
    used = sum(upload.size_bytes for upload in uploads if upload.status == UploadStatus.RECEIVING)
    return {"limit_bytes": limit, "used_bytes": used, "free_bytes": max(0, limit - used)}


def _upload(upload: Upload, findings: list[StoredFinding], language: str, now: datetime) -> dict[str, Any]:
    return {
        "id": upload.id,
        "filename": upload.filename,
        "state": upload.status,
        "size_bytes": upload.size_bytes,
        "is_sending": upload.lease_until is not None and upload.lease_until > now,
        "offset_bytes": upload.offset_bytes if upload.status == UploadStatus.RECEIVING else upload.size_bytes,
        "sha256": upload.sha256,
        "sha256_so_far": ResumableSha256(upload.digest_state).hexdigest() if upload.status == UploadStatus.RECEIVING else None,
        "sent_by": actor_text(upload.by_kind, upload.by_name).read(language),
        "received_at": upload.received_at,
        "checked_at": upload.checked_at,
        "facts": upload.facts,
        "has_poster": POSTER in upload.copies,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "detail": finding.text.read(language),
                "detail_th": finding.text.th,
                "detail_en": finding.text.en,
                "data": finding.data,
            }
            for finding in findings
        ],
    }


def _history(session: Session, submission: Submission, language: str) -> list[dict[str, Any]]:
    return [
        {"at": line.at, "event": line.event, "by": line.by.read(language), **line.text.to_json(), "reason": line.reason}
        | ({"passed": line.passed} if line.passed is not None else {})
        for line in history_of(session, submission.id)
    ]
