"""The picture that stands for a clip."""

import json
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from factories.clips import passed
from factories.jobs import worked
from factories.uploads import upload
from media import seen
from media.corpus import media
from PIL import Image

from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus

pytestmark = pytest.mark.usefixtures("clean")
RED, GREY = (224, 32, 32), (80, 80, 88)


def picture(id_: UUID, folder: Path) -> dict[str, Any]:
    """Return what ffprobe says of an upload's poster."""
    file = folder / "poster.jpg"
    file.write_bytes(b"".join(store().read(upload(id_).copies["poster"]["key"])))
    argv = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "json", str(file)]
    (stream,) = json.loads(subprocess.run(argv, check=True, capture_output=True).stdout)["streams"]
    return dict(stream)


@pytest.mark.parametrize(
    ("name", "seconds", "size"), [("h264.mp4", 6.0, (128, 72)), ("turned.mp4", 4.0, (72, 128)), ("slow-pictures.mp4", 20.0, (128, 72))]
)
def test_poster_is_a_picture_of_the_clip_the_right_way_up(name: str, seconds: float, size: tuple[int, int], tmp_path: Path) -> None:
    id_ = passed(media(name), seconds)
    assert worked(kinds.MAKE_POSTER, subject_id=id_).state == JobState.DONE
    found = picture(id_, tmp_path)
    assert (found["codec_name"], found["width"], found["height"]) == ("mjpeg", *size)


def test_poster_of_a_telephones_hdr_has_the_colours_of_the_web_copy(tmp_path: Path) -> None:
    id_ = passed(media("iphone.mov"), 5.0)
    worked(kinds.MAKE_POSTER, subject_id=id_)
    assert picture(id_, tmp_path)["height"] > picture(id_, tmp_path)["width"]
    with Image.open(tmp_path / "poster.jpg") as shown:
        assert seen.corner(shown) == pytest.approx(RED, abs=16)
        assert seen.middle(shown) == pytest.approx(GREY, abs=16)


def test_poster_is_made_once() -> None:
    id_ = passed(media("h264.mp4"), 6.0)
    worked(kinds.MAKE_POSTER, subject_id=id_)
    first = upload(id_).copies
    worked(kinds.MAKE_POSTER, subject_id=id_)
    assert upload(id_).copies == first


def test_clip_of_which_no_picture_can_be_made_stays_good_and_the_job_is_dead() -> None:
    id_ = passed(media("text.mp4"), 6.0)
    job = worked(kinds.MAKE_POSTER, subject_id=id_)
    assert (job.state, upload(id_).status, upload(id_).copies) == (JobState.DEAD, UploadStatus.PASSED, {})
    assert (job.error or "").startswith("ToolFailed")
