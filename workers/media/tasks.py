"""Tasks of the queue `media`: what people look at instead of the original."""

from shared import clock
from shared.database import transaction
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.renditions import recipes
from shared.renditions.operations import add
from shared.renditions.rendition import POSTER
from shared.submissions.models import Upload
from shared.tools import transcoding
from workers.base import Record, task
from workers.scratch import fetched, kept

POSTER_AT_SECONDS = 3.0
"""The first moments of a clip are often black."""


@task(kinds.MAKE_POSTER)
def make_poster(work: Work) -> Record | None:
    """Take one frame of a clip as its poster."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
    if POSTER in upload.copies or upload.facts is None:
        return None
    with fetched(upload) as file:
        recipe = recipes.recipe(transcoding.header(file), measured=upload.facts.get("video_stream"))
        at_seconds = min(POSTER_AT_SECONDS, float(upload.facts["duration_seconds"]) / 2)
        poster = transcoding.poster(file, video=recipe.video, pictures=recipe.pictures, at_seconds=at_seconds)
    copies = {POSTER: kept(upload, poster, "jpg")}
    return lambda session: add(session, upload.id, copies, now=clock.now())
