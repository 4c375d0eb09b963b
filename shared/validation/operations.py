"""The verb of validation: write down what was found of an upload."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from shared import events
from shared.database.transitions import advance
from shared.events import SYSTEM, EventKind
from shared.forms.items import Item
from shared.submissions.lifecycle import UPLOAD_TRANSITIONS, UploadStatus
from shared.submissions.models import Upload
from shared.validation.facts import ClipFacts, DocumentFacts, FileFacts, ItemLimits, SoundFacts
from shared.validation.findings import Finding, Severity
from shared.validation.models import FindingRow


def limits_of(item: Item) -> ItemLimits:
    """Return an item's limits as the rules take them: each by its name, and seconds as rules reckon."""
    return ItemLimits(**{limit.name: _reckoned(getattr(item, limit.name)) for limit in fields(ItemLimits)})


def _reckoned(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def record(session: Session, upload: Upload, *, facts: FileFacts, findings: Sequence[Finding], now: datetime) -> None:
    """Note facts and findings; the upload has passed unless one of them is blocking. Raises StatusChanged when it was checked before."""
    passed = not any(finding.severity is Severity.BLOCKING for finding in findings)
    status = UploadStatus.PASSED if passed else UploadStatus.FAILED
    advance(session, upload, status, edges=UPLOAD_TRANSITIONS, facts=facts.to_json(), checked_at=now)
    for finding in findings:
        session.add(FindingRow(upload_id=upload.id, code=finding.code, severity=finding.severity, data=finding.data, found_at=now))
    events.append(
        session,
        EventKind.UPLOAD_CHECKED,
        subject_id=upload.id,
        submission_id=upload.submission_id,
        by=SYSTEM,
        now=now,
        data={
            "item": upload.kind,
            "filing": str(upload.filing_id),
            "filename": upload.filename,
            "passed": passed,
            "playable": passed and isinstance(facts, ClipFacts),
            "audible": passed and isinstance(facts, SoundFacts),
            "readable": passed and isinstance(facts, DocumentFacts),
            "findings": [finding.code for finding in findings],
        },
    )
