"""Clips that were checked and found good."""

import hashlib
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

import factories
from shared.database import new_id, transaction
from shared.programmes.models import Programme
from shared.storage import store
from shared.submissions.models import Submission


def passed(file: Path, seconds: float, **others: object) -> UUID:
    """Return an upload of a clip that was checked and found good, of a submission of its own; `others` are of the row."""
    content, id_ = file.read_bytes(), new_id()
    store().put(f"uploads/{id_}", content)
    with transaction() as session:
        programme = session.scalar(select(Programme)) or factories.programme(session)
        number = len(session.scalars(select(Submission.id)).all()) + 1
        (submission,) = factories.submissions(session, programme, 1, first=number)
        stored = {"size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "object_key": f"uploads/{id_}"}
        facts = {"type": "mp4", "duration_seconds": seconds}
        factories.upload(session, submission.id, **{"id": id_, "facts": facts, **stored, **others})
    return id_
