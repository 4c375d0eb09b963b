"""The clip as the committee watches it, whatever the phone made of it."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest
from factories.clips import passed
from factories.jobs import aged, job, put, worked
from factories.uploads import store_away, upload
from media import seen
from media.corpus import media
from media.phones import PLACE

from shared import clock
from shared.database import transaction
from shared.queue import kinds, ledger
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.queue.sweep import sweep
from shared.settings import settings
from shared.storage import store
from shared.submissions.lifecycle import UploadStatus

pytestmark = pytest.mark.usefixtures("clean", "scratch")

RED, GREY = (224, 32, 32), (80, 80, 88)
IN_TIME = 0.06
"""A picture and a half of difference nobody notices (ITU-R BT.1359: 45 ms early, 125 ms late)."""
PATIENCE = 30.0


def web_copy(name: str, seconds: float, folder: Path) -> Path:
    """Have the web copy of a clip made, and lay it down."""
    id_ = passed(media(name), seconds)
    done = worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    assert (done.state, done.error) == (JobState.DONE, None)
    copy = upload(id_).copies["web"]
    file = folder / "web.mp4"
    file.write_bytes(b"".join(store().read(copy["key"])))
    assert copy["size_bytes"] == file.stat().st_size
    assert (copy["type"], copy["data"]["seconds"]) == ("mp4", pytest.approx(seconds, abs=0.1))
    return file


def near(colour: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= 16 for one, other in zip(colour, wanted, strict=True))


def assert_plays_everywhere(file: Path) -> dict[str, Any]:
    """Assert what every browser asks of a file, and return ffprobe's account of its pictures."""
    said = seen.described(file)
    video = said["streams"][0]
    assert (video["codec_name"], video["pix_fmt"] in {"yuv420p", "yuvj420p"}) == ("h264", True)
    assert video.get("field_order", "progressive") == "progressive"
    assert [stream["codec_name"] for stream in said["streams"][1:]] in ([], ["aac"], ["mp3"])
    head = file.read_bytes()[:4096]
    assert head.index(b"moov") < (head.find(b"mdat") if b"mdat" in head else len(head))
    return dict(video)


@pytest.mark.parametrize(
    ("name", "seconds", "size"),
    [
        ("iphone.mov", 6, (540, 960)),
        ("hdr10.mp4", 4, (320, 180)),
        pytest.param("more-than-hd.mp4", 2, (1280, 720), marks=pytest.mark.thorough),
        pytest.param("mirrored.mp4", 4, (320, 180), marks=pytest.mark.thorough),
        ("rgb-like.mp4", 4, (320, 180)),
        pytest.param("odd-sides.webm", 4, (320, 180), marks=pytest.mark.thorough),
        pytest.param("vp8.webm", 4, (320, 180), marks=pytest.mark.thorough),
        pytest.param("hevc.mkv", 4, (320, 180), marks=pytest.mark.thorough),
        pytest.param("old-phone.3gp", 4, (176, 144), marks=pytest.mark.thorough),
        pytest.param("camera.mov", 4, (320, 180), marks=pytest.mark.thorough),
        pytest.param("prores.mov", 4, (320, 180), marks=pytest.mark.thorough),
        ("interlaced.mp4", 4, (320, 180)),
        pytest.param("wide-pixels.mp4", 4, (320, 180), marks=pytest.mark.thorough),
        pytest.param("slow-motion.mp4", 4, (320, 180), marks=pytest.mark.thorough),
        pytest.param("one-channel.mkv", 4, (320, 180), marks=pytest.mark.thorough),
    ],
)
def test_copy_made_anew_is_upright_in_its_colours_and_in_time(name: str, seconds: int, size: tuple[int, int], tmp_path: Path) -> None:
    file = web_copy(name, seconds, tmp_path)
    video = assert_plays_everywhere(file)
    assert (video["width"], video["height"], video.get("side_data_list")) == (*size, None)
    assert eval_rate(video["avg_frame_rate"]) <= 30
    for at in (0.5, 1.5):
        picture = seen.picture(file, at)
        assert picture.size == size
        assert near(seen.corner(picture), RED), seen.corner(picture)
        assert near(seen.middle(picture), GREY), seen.middle(picture)
        assert seen.blocks(picture) == int(at) + 1
    lit, heard = seen.flashes(file), seen.tones(file)
    assert len(lit) == seconds
    assert heard == pytest.approx(lit, abs=IN_TIME)
    loudness, peak = seen.loudness(file)
    # What is said here of one channel is 3 dB less than what is heard of it from two loudspeakers.
    assert loudness + (3 if said_mono(file) else 0) == pytest.approx(-23, abs=1)
    assert peak <= -1


def eval_rate(text: str) -> float:
    above, _, below = text.partition("/")
    return int(above) / int(below)


def said_mono(file: Path) -> bool:
    return bool(seen.described(file)["streams"][1]["channels"] == 1)


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("web.mp4", 4),
        ("full-hd.mp4", 2),
        ("turned-and-playable.mp4", 4),
        ("trimmed.mp4", 4),
        ("full-range.mp4", 4),
        ("uneven.mp4", 4),
        ("fifty.mp4", 4),
    ],
)
def test_clip_that_browsers_play_keeps_its_pictures_and_sound_to_the_bit(name: str, seconds: int, tmp_path: Path) -> None:
    file = web_copy(name, seconds, tmp_path)
    assert_plays_everywhere(file)
    assert streams_of(file) == streams_of(media(name))
    assert near(seen.corner(seen.picture(file, 1.5)), RED)
    assert seen.flashes(file) == pytest.approx(seen.flashes(media(name)), abs=0.001)
    assert seen.tones(file) == pytest.approx(seen.flashes(file), abs=IN_TIME)


def streams_of(file: Path) -> list[bytes]:
    """Return the digests of the packets of pictures and sound."""
    argv = ["ffmpeg", "-v", "error", "-i", str(file), "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-f", "streamhash", "-"]
    return subprocess.run(argv, check=True, capture_output=True).stdout.splitlines()


@pytest.mark.parametrize(("name", "seconds"), [("iphone.mov", 6), ("where-it-was.mov", 4)])
def test_where_and_when_the_clip_was_taken_is_not_told(name: str, seconds: int, tmp_path: Path) -> None:
    assert PLACE in str(seen.described(media(name))["format"]["tags"])
    file = web_copy(name, seconds, tmp_path)
    assert set(seen.described(file)["format"]["tags"]) <= {"major_brand", "minor_version", "compatible_brands"}
    assert PLACE.encode() not in file.read_bytes()


def test_original_stays_as_it_was() -> None:
    id_ = passed(media("hevc.mkv"), 4)
    worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    row = upload(id_)
    assert hashlib.sha256(b"".join(store().read(row.object_key))).hexdigest() == row.sha256


def test_clip_without_sound_has_none(tmp_path: Path) -> None:
    assert len(seen.described(web_copy("mute.mp4", 4, tmp_path))["streams"]) == 1


def test_silence_stays_silent(tmp_path: Path) -> None:
    file = web_copy("silence.mkv", 4, tmp_path)
    assert seen.tones(file) == []
    assert seen.loudness(file)[0] < -60


def test_sound_that_begins_late_is_heard_when_it_was(tmp_path: Path) -> None:
    file = web_copy("sound-begins-late.mkv", 4, tmp_path)
    assert seen.tones(file) == pytest.approx([2.0, 3.0], abs=IN_TIME)
    assert seen.flashes(file) == pytest.approx([0.0, 1.0, 2.0, 3.0], abs=IN_TIME)


@pytest.mark.parametrize("name", ["surround.mp4", "pictures-and-pcm.mov"])
def test_sound_that_a_laptop_can_not_play_is_made_anew_beside_untouched_pictures(name: str, tmp_path: Path) -> None:
    file = web_copy(name, 4, tmp_path)
    assert streams_of(file)[0] == streams_of(media(name))[0]
    assert seen.described(file)["streams"][1]["channels"] == 2
    assert seen.tones(file) == pytest.approx(seen.flashes(file), abs=IN_TIME)
    assert seen.loudness(file)[0] == pytest.approx(-23, abs=1)


def test_player_can_begin_every_two_seconds(tmp_path: Path) -> None:
    file = web_copy("far-between-keyframes.mkv", 8, tmp_path)
    argv = ["ffprobe", "-v", "error", "-select_streams", "v", "-skip_frame", "nokey", "-show_entries", "frame=pts_time", "-of", "csv=p=0"]
    said = subprocess.run([*argv, str(file)], check=True, capture_output=True).stdout.decode()
    times = [0.0, *(float(line.strip(",")) for line in said.split()), 8.0]
    assert max(later - earlier for earlier, later in pairwise(times)) <= 2.1


def test_copy_of_a_part_is_never_shown_as_the_whole(scratch: Path) -> None:
    id_ = passed(media("hevc.mkv"), 60)
    done = worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    assert (done.state, upload(id_).copies, upload(id_).status) == (JobState.DEAD, {}, UploadStatus.PASSED)
    assert (done.error or "").startswith("CopyIncomplete")
    assert list(scratch.iterdir()) == []


def test_clip_of_which_no_copy_can_be_made_stays_good_and_the_job_is_dead() -> None:
    id_ = passed(media("text.mp4"), 6)
    done = worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    assert (done.state, upload(id_).copies, upload(id_).status) == (JobState.DEAD, {}, UploadStatus.PASSED)
    assert (done.error or "").startswith("ToolFailed")


def test_copy_is_made_once() -> None:
    id_ = passed(media("web.mp4"), 4)
    worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    first = upload(id_).copies
    worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    assert upload(id_).copies == first


@pytest.mark.parametrize(
    ("limit", "value", "error", "state"),
    [
        ("transcode_wall_seconds", 0.3, "ToolTimedOut", JobState.PENDING),
        ("transcode_memory_bytes", 450_000_000, "Tool", JobState.DEAD),
        ("transcode_scratch_bytes", 1_000_000, "ObjectTooLarge", JobState.DEAD),
    ],
)
def test_limits_of_the_installation_hold(
    limit: str, value: float, error: str, state: JobState, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), limit, value)
    id_ = passed(media("more-than-hd.mp4"), 2)
    done = worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    assert (done.state, (done.error or "").startswith(error), upload(id_).copies) == (state, True, {})
    assert list(scratch.iterdir()) == []


def test_store_that_is_away_is_waited_for() -> None:
    id_ = passed(media("web.mp4"), 4)
    with store_away():
        assert worked(kinds.MAKE_WEB_COPY, subject_id=id_).state == JobState.PENDING


@pytest.fixture
def long_clip(tmp_path: Path) -> Path:
    """A clip that takes a good while to make anew."""
    file = tmp_path / "long.mkv"
    pictures = "testsrc2=size=1280x720:rate=30:duration=25"
    argv = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", pictures, "-c:v", "mpeg4", "-q:v", "9", "-f", "matroska", str(file)]
    subprocess.run(argv, check=True)
    return file


def tool_of(worker: int) -> psutil.Process:
    """Return the ffmpeg that works for a process."""
    (found,) = (child for child in psutil.Process(worker).children(recursive=True) if child.name() == "ffmpeg")
    return found


def until(holds: Callable[[], Any], seconds: float = PATIENCE) -> float:
    """Wait until something holds, and return how long that took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it does not come to hold"
        time.sleep(0.05)
    return time.monotonic() - began


def execute(id_: UUID) -> None:
    """Work on a job as its worker does."""
    # Tasks register with the broker of the settings as they are imported, so not before there is a stack.
    import_module("workers.base").execute(import_module("workers.transcoding.tasks").make_web_copy, id_)


def percent(id_: UUID) -> int:
    return job(id_).percent or 0


@pytest.mark.thorough
def test_cancelled_work_ends_at_once_and_can_be_done_later(long_clip: Path, scratch: Path) -> None:
    id_ = passed(long_clip, 25)
    work = put(kinds.MAKE_WEB_COPY, subject_id=id_)
    running = threading.Thread(target=execute, args=(work,))
    running.start()
    until(lambda: percent(work) > 0)
    tool = tool_of(os.getpid())
    assert tool.nice() == 19
    with transaction() as session:
        ledger.cancel(session, session.get_one(Job, work), by="ops", reason="not now", now=clock.now())
    assert until(lambda: not tool.is_running()) < 3
    running.join()
    assert (job(work).state, upload(id_).copies, list(scratch.iterdir())) == (JobState.CANCELLED, {}, [])
    short = passed(media("web.mp4"), 4)
    with transaction() as session:
        row = session.get_one(Job, work)
        row.subject_id = short
        ledger.retry(session, row, by="ops", reason="now", now=clock.now())
    execute(work)
    assert (job(work).state, list(upload(short).copies)) == (JobState.DONE, ["web"])


WORKER = """
import sys, uuid
from workers import base
from workers.transcoding import tasks
base.execute(tasks.make_web_copy, uuid.UUID(sys.argv[1]))
"""


@pytest.mark.thorough
def test_work_of_a_killed_worker_is_taken_back_and_ends_well(long_clip: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = passed(long_clip, 25)
    work = put(kinds.MAKE_WEB_COPY, subject_id=id_)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(work)], env={**os.environ, "OMSAP_SCRATCH": str(scratch)})
    until(lambda: percent(work) > 0)
    tool = tool_of(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    until(lambda: not tool.is_running(), 3)
    assert job(work).state == JobState.RUNNING
    assert len(list(scratch.iterdir())) == 1, "what the worker laid down is left"
    aged(work, "lease_until")
    with transaction() as session:
        sweep(session, now=clock.now(), ring_again=timedelta(hours=1))
    monkeypatch.setattr(import_module("workers.scratch"), "MOMENT_SECONDS", 0.0)
    execute(work)
    row = job(work)
    assert (row.state, row.attempts, list(upload(id_).copies), list(scratch.iterdir())) == (JobState.DONE, 2, ["web"], [])
