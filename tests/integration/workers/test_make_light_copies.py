"""What bad links and seeking need, made of the web copy."""

from pathlib import Path
from uuid import UUID

import pytest
from factories.clips import passed
from factories.jobs import worked
from factories.uploads import upload
from media import seen
from media.corpus import media
from PIL import Image
from sqlalchemy import func, select

from shared.database import transaction
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.renditions.models import Fingerprint, Likeness
from shared.renditions.storyboard import Storyboard, webvtt
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus

pytestmark = pytest.mark.usefixtures("clean", "scratch")


def watched(name: str, seconds: float) -> UUID:
    """Have all copies of a clip made."""
    id_ = passed(media(name), seconds)
    for kind in (kinds.MAKE_WEB_COPY, kinds.MAKE_LIGHT_COPIES):
        done = worked(kind, subject_id=id_)
        assert (done.state, done.error) == (JobState.DONE, None)
    return id_


def laid(id_: UUID, name: str, folder: Path) -> Path:
    copy = upload(id_).copies[name]
    file = folder / f"{name}.{copy['type']}"
    file.write_bytes(b"".join(store().read(copy["key"])))
    return file


def test_light_copies_show_and_sound_what_the_clip_does(tmp_path: Path, scratch: Path) -> None:
    id_ = watched("iphone.mov", 6)
    small, sound = laid(id_, "small", tmp_path), laid(id_, "sound", tmp_path)
    video, audio = seen.described(small)["streams"]
    assert (video["codec_name"], video["width"], video["height"]) == ("h264", 240, 426)
    assert (audio["codec_name"], audio["channels"], audio["sample_rate"]) == ("aac", 1, "48000")
    assert seen.flashes(small) == pytest.approx([0, 1, 2, 3, 4, 5], abs=0.06)
    assert seen.tones(small) == pytest.approx(seen.flashes(small), abs=0.06)
    assert seen.blocks(seen.picture(small, 3.5)) == 4
    (heard,) = seen.described(sound)["streams"]
    assert (sound.suffix, heard["codec_name"], heard["channels"]) == (".m4a", "aac", 1)
    assert seen.tones(sound) == pytest.approx([0, 1, 2, 3, 4, 5], abs=0.06)
    assert list(scratch.iterdir()) == []


def test_each_picture_of_the_strip_is_of_its_time(tmp_path: Path) -> None:
    id_ = watched("iphone.mov", 6)
    board = Storyboard(**upload(id_).copies["thumbnails"]["data"])
    assert (board.count, board.seconds_apart, board.width, board.height) == (12, 0.5, 50, 90)
    with Image.open(laid(id_, "thumbnails", tmp_path)) as opened:
        strip = opened.convert("RGB")
    assert strip.size == (board.columns * board.width, 2 * board.height)
    for number in range(board.count):
        row, column = divmod(number, board.columns)
        left, top = column * board.width, row * board.height
        picture = strip.crop((left, top, left + board.width, top + board.height))
        assert seen.blocks(picture) == int(number * board.seconds_apart) + 1, number
        red, green, blue = seen.corner(picture)
        assert red > 180 > 70 > max(green, blue), number
    assert webvtt(board, seconds=6, image="thumbnails").count("-->") == 12


def test_clip_without_sound_has_no_sound_copy() -> None:
    assert set(upload(watched("mute.mp4", 4)).copies) == {"web", "small", "thumbnails"}


def test_light_copies_follow_the_web_copy() -> None:
    id_ = passed(media("web.mp4"), 4)
    worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    with transaction() as session:
        jobs = session.scalars(select(Job.kind).where(Job.subject_id == id_, Job.state == JobState.PENDING)).all()
    assert jobs == [kinds.MAKE_LIGHT_COPIES.name]


def test_light_copies_are_made_once() -> None:
    id_ = watched("mute.mp4", 4)
    first = upload(id_).copies
    worked(kinds.MAKE_LIGHT_COPIES, subject_id=id_)
    assert upload(id_).copies == first


def test_same_footage_made_by_another_phone_is_found() -> None:
    first, second, other = watched("far-between-keyframes.mkv", 8), watched("same-in-vp9.webm", 8), watched("old-phone.3gp", 4)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Fingerprint)) == 3
        pairs = [(found.upload_id, found.other_id) for found in session.scalars(select(Likeness))]
    assert pairs == [tuple(sorted((first, second)))]
    assert other


def test_web_copy_that_is_no_clip_leaves_the_upload_as_it_was() -> None:
    id_ = watched("mute.mp4", 4)
    row = upload(id_)
    store().put(row.copies["web"]["key"], b"something else")
    with transaction() as session:
        changed = session.get_one(type(row), id_)
        changed.copies = {"web": row.copies["web"]}
    done = worked(kinds.MAKE_LIGHT_COPIES, subject_id=id_)
    assert (done.state, set(upload(id_).copies), upload(id_).status) == (JobState.DEAD, {"web"}, UploadStatus.PASSED)
