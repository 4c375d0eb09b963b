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
from media.corpus import media

from shared.queue import kinds
from shared.queue.models import JobState
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus

pytestmark = pytest.mark.usefixtures("clean")


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
    seen = picture(id_, tmp_path)
    assert (seen["codec_name"], seen["width"], seen["height"]) == ("mjpeg", *size)


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
