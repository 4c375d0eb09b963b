"""Tasks of the queue `transcoding`: what the committee watches."""

from collections.abc import Callable
from dataclasses import asdict
from math import ceil
from pathlib import Path

from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.renditions import likeness, recipes
from shared.renditions.operations import add, fingerprint
from shared.renditions.rendition import SMALL, SOUND, THUMBNAILS, WEB, named
from shared.settings import settings
from shared.submissions.models import Upload
from shared.tools import transcoding
from workers.base import Record, reporter, task
from workers.scratch import fetched, fetched_copy, kept, make_sure_of_room

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
    most = settings().transcode_scratch_bytes
    make_sure_of_room(upload.size_bytes + transcoding.web_bytes(upload.size_bytes, seconds), most_bytes=most)
    with fetched(upload) as file:
        recipe = recipes.recipe(transcoding.header(file), measured=upload.facts.get("video_stream"))
        made = _web_copy(file, recipe, seconds=seconds, report=report)
        lasting = recipes.check(transcoding.header(made), seconds=seconds, audio=recipe.audio is not None)
        copies = {WEB: kept(upload, made, "mp4", seconds=round(lasting, 3), width=recipe.width, height=recipe.height)}
    return lambda session: add(session, upload.id, copies, now=clock.now())


def _web_copy(file: Path, recipe: recipes.Recipe, *, seconds: float, report: Callable[[float], None]) -> Path:
    """Follow a recipe; sound that is made anew is first listened to as a whole, so that one gain brings it to its loudness."""
    out, sound, listened = file.with_name("out"), recipe.sound, 0.0
    out.mkdir()
    if recipe.audio is not None and sound is not None:
        listened = LISTENED
        loudness = transcoding.loudness(
            file, audio=recipe.audio, chain=sound, seconds=seconds, report=lambda share: report(LISTENED * share)
        )  # fmt: skip
        sound = (*sound, *recipes.made_louder(recipes.gain(loudness)))
    return transcoding.web_copy(
        file,
        out=out,
        video=recipe.video,
        audio=recipe.audio,
        pictures=recipe.pictures,
        sound=sound,
        seconds=seconds,
        report=lambda share: report(listened + (1 - listened) * share),
    )


@task(kinds.MAKE_LIGHT_COPIES)
def make_light_copies(work: Work) -> Record | None:
    """Make of the web copy what bad links and seeking need, and note what the clip looks like."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
    if THUMBNAILS in upload.copies:
        return None
    report, web = reporter(work), named(upload.copies, WEB)
    report(0.0)
    seconds, width, height = (web.data[name] for name in ("seconds", "width", "height"))
    most = settings().transcode_scratch_bytes
    make_sure_of_room((web.size_bytes or 0) + transcoding.web_bytes(0, seconds), most_bytes=most)
    with fetched_copy(web) as file:
        audio = any(stream.get("codec_type") == "audio" for stream in transcoding.header(file)["streams"])
        board, out = recipes.storyboard(seconds, width, height), file.with_name("out")
        out.mkdir()
        transcoding.light_copies(
            file,
            out=out,
            small=recipes.fitted(width, height, long=max(width, height), short=recipes.SMALL_LINES),
            audio=audio,
            strip=(board.columns, ceil(board.count / board.columns), board.width, board.height, board.seconds_apart),
            gray=(likeness.WIDTH, likeness.HEIGHT, likeness.SECONDS_APART),
            seconds=seconds,
            report=report,
        )
        recipes.check(transcoding.header(out / transcoding.SMALL), seconds=seconds, audio=audio)
        copies = {
            SMALL: kept(upload, out / transcoding.SMALL, "mp4"),
            THUMBNAILS: kept(upload, out / transcoding.STRIP, "jpg", **asdict(board)),
        }
        if audio:
            copies[SOUND] = kept(upload, out / transcoding.SOUND, "m4a")
        frames = (out / transcoding.GRAY).read_bytes()

    def record(session: Session) -> None:
        add(session, upload.id, copies, now=clock.now())
        fingerprint(session, upload.id, frames, now=clock.now())

    return record
