"""Tasks of the queue `transcoding`: what the committee watches."""

from functools import partial

from shared import clock
from shared.copies import recipes
from shared.copies.copy import WEB
from shared.copies.operations import add
from shared.database import transaction
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.sandbox import transcoding
from shared.submissions.models import Upload
from workers.base import Record, reporter, task
from workers.scratch import fetched, kept

LISTENED = 0.1
"""The share of the work at which the sound is measured."""


@task(kinds.MAKE_WEB_COPY)
def make_web_copy(work: Work) -> Record | None:
    """Make of a clip what every browser plays, the whole of it; the original stays as it is."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
    if WEB in upload.copies or upload.facts is None:
        return None
    report, seconds = reporter(work), float(upload.facts["duration_seconds"])
    report(0.0)
    with fetched(upload) as file:
        recipe, sound = recipes.recipe(transcoding.header(file)), None
        if recipe.audio is not None and recipe.sound is not None:
            loudness = transcoding.loudness(
                file, audio=recipe.audio, chain=recipe.sound, seconds=seconds, report=lambda share: report(LISTENED * share)
            )
            sound = (*recipe.sound, *recipes.made_louder(recipes.gain(loudness)))
        out = file.with_name("out")
        out.mkdir()
        made = transcoding.web_copy(
            file,
            out=out,
            video=recipe.video,
            audio=recipe.audio,
            pictures=recipe.pictures,
            sound=sound,
            seconds=seconds,
            report=lambda share: report(LISTENED + (1 - LISTENED) * share),
        )
        lasting = recipes.check(transcoding.header(made), seconds=seconds, audio=recipe.audio is not None)
        copies = {WEB: kept(upload, made, "mp4", seconds=round(lasting, 3), width=recipe.width, height=recipe.height)}
    return partial(add, upload_id=upload.id, copies=copies, now=clock.now())


@task(kinds.MAKE_LIGHT_COPIES)
def make_light_copies(_work: Work) -> Record | None:
    """Nothing yet."""
    return None
