"""Builds what people and programs see of the items of a filing and their files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.intake import schemas
from services.intake.filing_state import FilingState
from shared.events.texts import actor_text
from shared.forms.items import Item
from shared.renditions.rendition import POSTER
from shared.storage.digest import ResumableSha256
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload
from shared.validation.queries import StoredFinding

Findings = Mapping[UUID, Sequence[StoredFinding]]
"""By upload."""


def items(state: FilingState, findings: Findings, language: str) -> list[schemas.ItemView]:
    """Return every item with its limits and the files that are shown."""
    return [_item(item, state, findings, language) for item in state.form.items]


def finding(found: StoredFinding, language: str) -> schemas.FindingView:
    """Return what was found in a file."""
    return schemas.FindingView(
        code=found.code,
        severity=found.severity,
        detail=found.text.read(language),
        detail_th=found.text.th,
        detail_en=found.text.en,
        data=schemas.FindingData.model_validate(found.data),
    )


def _item(item: Item, state: FilingState, findings: Findings, language: str) -> schemas.ItemView:
    until = state.finishes if item.key in state.receiving else state.of.closes
    uploads = [upload for upload in state.uploads if upload.kind == item.key]
    return schemas.ItemView(
        kind=item.key,
        label=item.label,
        hint=item.hint,
        required=item.required,
        is_visible=item.key in state.checked.visible,
        is_clip=item.is_clip,
        types=list(item.types),
        max_bytes=item.max_bytes,
        max_files=item.max_files,
        min_files=item.min_files,
        max_seconds=item.max_seconds,
        tolerance_seconds=item.tolerance_seconds,
        min_pages=item.min_pages,
        max_pages=item.max_pages,
        min_pictures=item.min_pictures,
        max_pictures=item.max_pictures,
        uploads=[_upload(upload, findings.get(upload.id, []), language, state.now) for upload in uploads],
        may_upload=state.is_mine and state.row.is_asked and not state.of.submission.is_out and state.now <= until,
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
        findings=[finding(found, language) for found in findings],
    )
