"""Documents that a group has sent and that were checked and found good."""

import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from factories import NOW
from shared.database import new_id, transaction
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload


def passed(submission_id: UUID, file: Path, *, kind: str = "plan") -> UUID:
    """Return the upload of a document; its facts are its type by its name."""
    content, id_ = file.read_bytes(), new_id()
    store().put(f"uploads/{id_}", content)
    with transaction() as session:
        session.add(
            Upload(
                id=id_, submission_id=submission_id, kind=kind, filename=f"แผน{file.suffix}", size_bytes=len(content),
                offset_bytes=len(content), part_bytes=8 * 1024**2, sha256=hashlib.sha256(content).hexdigest(), object_key=f"uploads/{id_}",
                by_kind="group", by_name="กลุ่ม", status=UploadStatus.PASSED, facts={"type": file.suffix[1:]}, created_at=NOW,
                received_at=NOW, checked_at=NOW, expires_at=NOW + timedelta(days=3),
            )
        )  # fmt: skip
    return id_
