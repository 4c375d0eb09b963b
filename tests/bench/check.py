"""Check: clips a second, CPU seconds a clip, and how long a group waits, beside the same work by hand, in one run.

`python tests/bench/check.py [--clips 200] [--waits 40]` starts the whole stack, sends clips as phones make them by tus, and prints a table
and a line of JSON. By hand is `curl` of each object, `sha256sum`, and plain ffprobe of its header and over every packet; in a second row
`curl` and the header alone. The wait is what a group sees: last byte received → length checked, while other clips are transcoded.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import UUID

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import delete, func, select

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench import phone_clips
from bench.ground import direct, print_line, stack
from bench.sending import Door, door_of, senders
from deploy.local.background import BackgroundStack
from shared import clock
from shared.database import transaction
from shared.queue import operations
from shared.queue.kinds import CHECK_UPLOAD, Queue
from shared.queue.lifecycle import JobState
from shared.queue.models import Job, QueuePause
from shared.submissions.models import Upload

PATIENCE, PATIENCE_FOR_BEGIN = 1200.0, 30.0
AIM_CPU, AIM_WAIT = 1.3, 1.5
IDLE_SECONDS = 3.0
RING_AGAIN_SECONDS = "2"
"""Checks that were held are told of again at once: what is measured is the work."""
TRANSCODES = 3
OURS, PLAIN, FULL = "check", "curl + ffprobe of the header", "curl + sha256sum + ffprobe of header and packets"


class Machine:
    """Busy CPU seconds of the whole machine and wall seconds of a block; what an idle machine uses meanwhile is taken off.

    Of everything, because the jail's processes end unseen by their parents; so the store's share counts on both sides.
    """

    def __init__(self) -> None:
        while _at_work():
            time.sleep(0.5)
        before = _busy()
        time.sleep(IDLE_SECONDS)
        self._idle = (_busy() - before) / IDLE_SECONDS

    def __enter__(self) -> "Machine":
        self._busy, self._began = _busy(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.perf_counter() - self._began
        self.cpu = _busy() - self._busy - self._idle * self.wall


def _busy() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.system + times.nice + times.irq + times.softirq)


def by_hand(client: Any, uploads: Sequence[Upload], folder: Path, *, fully: bool) -> Machine:
    """Do the same work by standard programs."""
    fetched = folder / "fetched"
    with Machine() as used:
        for upload in uploads:
            url = client.generate_presigned_url("get_object", Params={"Bucket": os.environ["OMSAP_S3_BUCKET"], "Key": upload.object_key})
            subprocess.run(["curl", "--silent", "--fail", "--output", str(fetched), url], check=True)
            probe = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(fetched)]
            subprocess.run(probe, check=True, stdout=subprocess.DEVNULL)
            if fully:
                subprocess.run(["sha256sum", str(fetched)], check=True, stdout=subprocess.DEVNULL)
                packets = ["-show_entries", "packet=stream_index,pts_time,duration_time", "-of", "csv"]
                subprocess.run(["ffprobe", "-v", "error", *packets, str(fetched)], check=True, stdout=subprocess.DEVNULL)
    return used


def checked(submission: UUID, count: int, *, look_seconds: float = 0.05) -> list[Upload]:
    """Wait until so many uploads have been checked; return them, the first begun first."""
    query = select(Upload).where(Upload.submission_id == submission, Upload.checked_at.is_not(None)).order_by(Upload.created_at)
    until = time.monotonic() + PATIENCE
    while True:
        with transaction() as opened:
            if (found := opened.scalar(select(func.count()).select_from(query.subquery()))) == count:
                return list(opened.scalars(query))
        if time.monotonic() > until:
            sys.exit(f"{found} of {count} clips were checked within {PATIENCE:g} s")
        time.sleep(look_seconds)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=200)
    parser.add_argument("--waits", type=int, default=40)
    asked = parser.parse_args()
    os.environ["OMSAP_RING_AGAIN_SECONDS"] = RING_AGAIN_SECONDS
    with tempfile.TemporaryDirectory() as name, stack() as (running, _):
        found = _measure(running, Path(name), clips=asked.clips, waits=asked.waits)
    table = Table(title=f"{asked.clips} clips of {found['megabytes']} MB and {found['seconds']} s on average; CPU of the whole machine")
    for heading in ("way", "clips a second", "CPU s a clip"):
        table.add_column(heading, justify="left" if heading == "way" else "right")
    for way in (OURS, FULL, PLAIN):
        table.add_row(way, f"{found[way]['rate']:.2f}", f"{found[way]['cpu']:.3f}")
    Console().print(table)
    full, plain = (round(found[OURS]["cpu"] / found[way]["cpu"], 2) for way in (FULL, PLAIN))
    print(f"CPU {full} × {FULL} (aim ≤ {AIM_CPU}), {plain} × {PLAIN}")
    told = f"p50 {found['p50_wait']} s, p95 {found['p95_wait']} s (aim < {AIM_WAIT} s)"
    print(f"last byte received → length checked, {found['transcoding']} of {asked.waits} times beside a running transcode: {told}")
    ratios = {
        "cpu_to_full": (found[OURS]["cpu"], found[FULL]["cpu"]),
        "cpu_to_plain": (found[OURS]["cpu"], found[PLAIN]["cpu"]),
        "p95_wait_to_limit": (found["p95_wait"], AIM_WAIT),
    }
    print_line("check", ratios, **found)


def _measure(running: BackgroundStack, folder: Path, *, clips: int, waits: int) -> dict[str, Any]:
    sender = senders(1, kind="clip", type_="mp4")[0]
    door = door_of(sender, int(running.description["base_url"].rsplit(":", 1)[1]))
    for queue in (Queue.MEDIA, Queue.TRANSCODING, Queue.VALIDATION):
        _hold(queue)
    shapes = list(phone_clips.shapes(clips))
    sizes = [_send(door, folder, shape, str(number)) for number, shape in enumerate(shapes)]
    with Machine() as used:
        _let_go(Queue.VALIDATION)
        uploads = checked(sender.submission, clips, look_seconds=1)
    full, plain = (by_hand(direct(), uploads, folder, fully=fully) for fully in (True, False))
    ways = {FULL: (full, full.wall), PLAIN: (plain, plain.wall), OURS: (used, _span_of_checks())}
    return {
        "megabytes": round(sum(sizes) / clips / 1e6),
        "seconds": round(sum(shape.seconds for shape in shapes) / clips),
        **{way: {"cpu": round(machine.cpu / clips, 3), "rate": round(clips / wall, 2)} for way, (machine, wall) in ways.items()},
        **_waits(sender.submission, door, folder, before=clips, count=waits),
    }


def _waits(submission: UUID, door: Door, folder: Path, *, before: int, count: int) -> dict[str, Any]:
    """Send clips one after another while others are transcoded; return how long each waited to be checked, in seconds."""
    with transaction() as opened:
        opened.execute(delete(Job).where(Job.queue == Queue.TRANSCODING))  # those of the clips that were sent before
    for number in range(TRANSCODES):
        clip = phone_clips.slow_to_copy(folder, f"slow-{number}")
        door.send(clip)
        clip.unlink()
    known = before + TRANSCODES
    checked(submission, known)
    _let_go(Queue.TRANSCODING)
    until = time.monotonic() + PATIENCE_FOR_BEGIN
    while not _transcoding():
        if time.monotonic() > until:
            sys.exit("no transcode began")
        time.sleep(0.05)
    waited, beside = [], 0
    for number, shape in enumerate(phone_clips.shapes(count, seed=64)):
        _send(door, folder, shape, f"waited-{number}")
        upload = checked(submission, known + number + 1)[-1]
        assert upload.checked_at is not None
        assert upload.received_at is not None
        waited.append((upload.checked_at - upload.received_at).total_seconds())
        beside += _transcoding()
    return {"p50_wait": round(median(waited), 2), "p95_wait": round(quantiles(waited, n=20)[-1], 2), "transcoding": beside}


def _send(door: Door, folder: Path, shape: phone_clips.Shape, name: str) -> int:
    """Send a clip of that shape; return its bytes."""
    clip = phone_clips.make(folder, shape, name)
    door.send(clip)
    size = clip.stat().st_size
    clip.unlink()
    return size


def _span_of_checks() -> float:
    """Return the seconds from the first check's begin to the last one's end."""
    with transaction() as opened:
        began, ended = opened.execute(select(func.min(Job.started_at), func.max(Job.ended_at)).where(Job.kind == CHECK_UPLOAD.name)).one()
    assert began is not None
    assert ended is not None
    return (ended - began).total_seconds()


def _at_work() -> bool:
    """Say whether any job runs, or waits in a queue that is not held."""
    with transaction() as opened:
        waits = (Job.state == JobState.PENDING) & Job.queue.not_in(select(QueuePause.queue))
        return bool(opened.scalar(select(func.count()).select_from(Job).where((Job.state == JobState.RUNNING) | waits)))


def _transcoding() -> bool:
    with transaction() as opened:
        running = Job.state == JobState.RUNNING
        return bool(opened.scalar(select(func.count()).select_from(Job).where(Job.queue == Queue.TRANSCODING, running)))


def _hold(queue: Queue) -> None:
    with transaction() as opened:
        operations.pause(opened, queue, by="bench", reason="bench", now=clock.now())


def _let_go(queue: Queue) -> None:
    with transaction() as opened:
        operations.resume(opened, queue)


if __name__ == "__main__":
    main()
