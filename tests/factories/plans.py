"""Documents that a group has sent and that were checked and found good."""

import hashlib
from pathlib import Path
from uuid import UUID

import factories
from shared.database import new_id, transaction
from shared.storage import store


def passed(submission_id: UUID, file: Path, *, kind: str = "plan") -> UUID:
    """Return the upload of a document; its facts are its type by its name."""
    content, id_ = file.read_bytes(), new_id()
    store().put(f"uploads/{id_}", content)
    with transaction() as session:
        about = {"kind": kind, "filename": f"แผน{file.suffix}", "facts": {"type": file.suffix[1:]}}
        stored = {"size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "object_key": f"uploads/{id_}"}
        factories.upload(session, submission_id, id=id_, **about, **stored)
    return id_
