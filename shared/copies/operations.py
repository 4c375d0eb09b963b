"""The verb of copies: note what was made."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from shared import events
from shared.copies.copy import Copy
from shared.events import SYSTEM, EventKind
from shared.submissions.models import Upload


def add(session: Session, upload_id: UUID, copies: Mapping[str, Copy], *, now: datetime) -> None:
    """Note copies by their names, beside those that another job notes meanwhile; of a name made twice the last stands."""
    made = {name: copy.to_json() for name, copy in copies.items()}
    submission_id = session.scalars(
        update(Upload)
        .where(Upload.id == upload_id)
        .values(copies=Upload.copies.op("||")(type_coerce(made, JSONB)))
        .returning(Upload.submission_id)
    ).one()
    for name in made:
        events.append(
            session,
            EventKind.COPY_MADE,
            subject_id=upload_id,
            submission_id=submission_id,
            by=SYSTEM,
            now=now,
            data={"copy": name, name: True},
        )
