"""What becomes of a filing once its files are checked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.events import SYSTEM, EventKind
from shared.submissions import queries
from shared.submissions.filings import context, settling
from shared.submissions.filings.record import record_event
from shared.submissions.lifecycle import UploadStatus, VersionStatus
from shared.submissions.models import Upload
from shared.submissions.sheet import CHECKED
from shared.validation.models import FindingRow


def decide_outcome(session: Session, filing_id: UUID, *, now: datetime) -> None:
    """Accept or return what was submitted last, when every file of it has been checked; else leave it.

    Where an officer accepts, it is only noted that the checks passed. Asked both when it is submitted and when a check ends, so whichever
    comes last finds everything.
    """
    of = context.of_filing(session, filing_id, lock=True)
    version = context.newest_version(session, filing_id)
    if version is None or version.status is not VersionStatus.CHECKING or version.checked_at is not None or of.submission.is_out:
        return
    uploads = queries.files_of(session, [version])[version.id]
    if any(upload.status not in CHECKED for upload in uploads):
        return
    version.checked_at = now
    session.flush()
    failed = [upload for upload in uploads if upload.status == UploadStatus.FAILED]
    if failed:
        settling.return_(session, of, version, findings=_findings(session, failed), by=SYSTEM, now=now)
    elif of.stage.accepted_by == "checks":
        settling.accept(session, of, version, by=SYSTEM, now=now)
    else:
        record_event(session, EventKind.FILING_CHECKED, of, by=SYSTEM, now=now, data={"version": str(version.id)})


def _findings(session: Session, failed: Sequence[Upload]) -> list[dict[str, Any]]:
    items = {upload.id: upload.kind for upload in failed}
    rows = session.scalars(
        select(FindingRow).where(FindingRow.upload_id.in_(items), FindingRow.severity == "blocking").order_by(FindingRow.id)
    )
    return [{"item": items[row.upload_id], "code": row.code, "data": row.data} for row in rows]
