"""Tasks of the queue `media`: what people look at instead of the original."""

from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from shared.database import transaction
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.sandbox import media
from shared.storage import store
from shared.submissions.models import Upload
from workers.base import Record, task
from workers.scratch import fetched

POSTER_AT_SECONDS = 3.0
"""The first moments of a clip are often black."""


@task(kinds.MAKE_POSTER)
def make_poster(work: Work) -> Record | None:
    """Take one frame of a clip as its poster."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
    if upload.poster_key is not None or upload.facts is None:
        return None
    with fetched(upload) as file:
        poster = media.poster(file, at_seconds=min(POSTER_AT_SECONDS, float(upload.facts["duration_seconds"]) / 2))
    key = f"posters/{upload.submission_id}/{uuid4()}.jpg"
    store().put(key, poster)

    def note(session: Session) -> None:
        session.execute(update(Upload).where(Upload.id == upload.id).values(poster_key=key))

    return note
