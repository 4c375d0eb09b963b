"""Tasks of the queue `transcoding`: what the committee watches and listens to."""

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
    """Follow a recipe."""
    out, sound, listened = file.with_name("out"), recipe.sound, 0.0
    out.mkdir()
    if recipe.audio is not None and sound is not None:
        listened = LISTENED
        sound = _evened(file, None, audio=recipe.audio, sound=sound, seconds=seconds, report=report)
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


def _evened(
    file: Path, type_: str | None, *, audio: int, sound: recipes.Chain, seconds: float, report: Callable[[float], None]
) -> recipes.Chain:
    """Listen to the whole of a sound, and return its filters with the one gain that brings it to its loudness."""
    loudness = transcoding.loudness(
        file, type_=type_, audio=audio, chain=sound, seconds=seconds, report=lambda share: report(LISTENED * share)
    )  # fmt: skip
    return (*sound, *recipes.made_louder(recipes.gain(loudness)))


@task(kinds.MAKE_SOUND_COPY)
def make_sound_copy(work: Work) -> Record | None:
    """Make of a sound what every browser plays, the whole of it, as loud as the sound of clips."""
    with transaction() as session:
        upload = session.get_one(Upload, work.subject_id)
    if SOUND in upload.copies or upload.facts is None:
        return None
    report, seconds, type_ = reporter(work), float(upload.facts["duration_seconds"]), upload.facts["type"]
    report(0.0)
    most = settings().transcode_scratch_bytes
    make_sure_of_room(upload.size_bytes + transcoding.web_bytes(0, seconds), most_bytes=most)
    with fetched(upload) as file:
        out = file.with_name("out")
        out.mkdir()
        audio, sound = recipes.listened(transcoding.header(file, type_), measured=upload.facts.get("audio_stream"))
        made = transcoding.sound_copy(
            file,
            out=out,
            type_=type_,
            audio=audio,
            sound=_evened(file, type_, audio=audio, sound=sound, seconds=seconds, report=report),
            seconds=seconds,
            report=lambda share: report(LISTENED + (1 - LISTENED) * share),
        )
        lasting = recipes.check(transcoding.header(made), seconds=seconds, video=False, audio=True)
        copies = {SOUND: kept(upload, made, "m4a", seconds=round(lasting, 3))}
    return lambda session: add(session, upload.id, copies, now=clock.now())


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
