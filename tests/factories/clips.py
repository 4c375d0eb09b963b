"""Clips that were checked and found good."""

import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

import factories
from factories import NOW
from shared.database import new_id, transaction
from shared.programmes.models import Programme
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Submission, Upload


def passed(file: Path, seconds: float, **others: object) -> UUID:
    """Return an upload of a clip that was checked and found good, of a submission of its own; `others` are of the row."""
    content, id_ = file.read_bytes(), new_id()
    store().put(f"uploads/{id_}", content)
    with transaction() as session:
        programme = session.scalar(select(Programme)) or factories.programme(session)
        number = len(session.scalars(select(Submission.id)).all()) + 1
        (submission,) = factories.submissions(session, programme, 1, first=number)
        row = {
            "id": id_, "submission_id": submission.id, "kind": "clip", "filename": "คลิป.mp4", "size_bytes": len(content),
            "offset_bytes": len(content), "part_bytes": 8 * 1024**2, "sha256": hashlib.sha256(content).hexdigest(),
            "object_key": f"uploads/{id_}", "by_kind": "group", "by_name": "กลุ่ม", "status": UploadStatus.PASSED,
            "facts": {"type": "mp4", "duration_seconds": seconds}, "created_at": NOW, "received_at": NOW, "checked_at": NOW,
            "expires_at": NOW + timedelta(days=3),
        }  # fmt: skip
        session.add(Upload(**{**row, **others}))
    return id_
