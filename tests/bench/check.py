"""Check: CPU seconds and wall time a clip of 70 MB, beside fetching and probing the same objects by hand, in one run.

`python tests/bench/check.py [--clips 8]` starts the whole stack, sends the clips by tus one after another, and prints a table and a line of
JSON. By hand is `curl` of each object and plain `ffprobe` of its header; in a second row also what measuring a length takes beside that:
`sha256sum`, and ffprobe over every packet. The wait is what a group sees: last byte received → length checked.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.ground import direct, stack
from bench.sending import door_of, senders
from deploy.local.background import BackgroundStack
from shared import clock
from shared.database import transaction
from shared.queue import operations
from shared.queue.kinds import Queue
from shared.submissions.models import Upload

SECONDS, PIECE_SECONDS = 299, 10
BITRATE = "1870k"
PATIENCE = 120.0
AIM_CPU, AIM_WAIT = 1.3, 1.5
IDLE_SECONDS = 3.0
OURS, PLAIN, FULL = "check", "curl + ffprobe", "curl + sha256sum + ffprobe of header and packets"


def make(folder: Path, number: int) -> Path:
    """A clip of five minutes and about 70 MB; half of them keep their index at the end, as phones write them."""
    piece, clip = folder / "piece.mp4", folder / f"clip-{number}.mp4"
    picture = f"testsrc2=size=1280x720:rate=25:duration={PIECE_SECONDS},noise=alls=20:allf=t"
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", BITRATE, "-minrate", BITRATE, "-maxrate", BITRATE, "-bufsize", BITRATE]
    quiet = ["ffmpeg", "-nostdin", "-v", "error", "-y"]
    if not piece.exists():
        sound = ["-f", "lavfi", "-i", f"sine=sample_rate=48000:duration={PIECE_SECONDS}", "-c:a", "aac"]
        subprocess.run([*quiet, "-f", "lavfi", "-i", picture, *sound, *coding, "-pix_fmt", "yuv420p", str(piece)], check=True)
    first = ["-movflags", "+faststart"] if number % 2 else []
    looped = ["-stream_loop", "-1", "-i", str(piece), "-t", str(SECONDS), "-c", "copy", *first]
    subprocess.run([*quiet, *looped, "-metadata", f"comment={number}", str(clip)], check=True)
    return clip


class Machine:
    """Busy CPU seconds of the whole machine and wall seconds of a block; what an idle machine uses meanwhile is taken off.

    Of everything, because the jail's processes end unseen by their parents; so the store's share counts on both sides.
    """

    def __init__(self) -> None:
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


def by_hand(client: Any, uploads: list[Upload], folder: Path, *, fully: bool) -> Machine:
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


def checked(submission: Any, count: int, *, look_seconds: float = 0.05) -> list[Upload]:
    """Wait until so many uploads have been checked; return them, the first begun first."""
    query = select(Upload).where(Upload.submission_id == submission, Upload.checked_at.is_not(None)).order_by(Upload.created_at)
    until = time.monotonic() + PATIENCE
    while True:
        with transaction() as opened:
            uploads = list(opened.scalars(query))
        if len(uploads) == count:
            return uploads
        if time.monotonic() > until:
            sys.exit(f"{len(uploads)} of {count} clips were checked within {PATIENCE:g} s")
        time.sleep(look_seconds)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips = [make(folder, number) for number in range(asked.clips)]
        with stack() as (running, _):
            found = _measure(running, clips, folder)
    table = Table(title=f"{asked.clips} clips of {found['megabytes']} MB, one after another; CPU of the whole machine")
    for heading in ("way", "CPU s a clip", "wall s a clip"):
        table.add_column(heading, justify="left" if heading == "way" else "right")
    for way in (OURS, PLAIN, FULL):
        table.add_row(way, f"{found[way]['cpu']:.2f}", f"{found[way]['wall']:.2f}")
    Console().print(table)
    print(f"CPU {found['cpu_ratio']} × {PLAIN} (aim ≤ {AIM_CPU}), {found['cpu_ratio_full']} × {FULL}")
    print(f"last byte received → length checked: p95 {found['p95_wait']} s (aim < {AIM_WAIT} s)")
    print(json.dumps({"bench": "check", **found}, ensure_ascii=False))


def _measure(running: BackgroundStack, clips: list[Path], folder: Path) -> dict[str, Any]:
    # Posters are made after the check, from the same machine's CPU: here they wait for ever.
    with transaction() as opened:
        operations.pause(opened, Queue.MEDIA, by="bench", reason="bench", now=clock.now())
    sender = senders(1, kind="clip", type_="mp4")[0]
    door = door_of(sender, int(running.description["base_url"].rsplit(":", 1)[1]))
    door.send(clips[0])
    checked(sender.submission, 1)
    for number, clip in enumerate(clips):
        door.send(clip)
        live = checked(sender.submission, number + 2)
    waits = [(upload.checked_at - upload.received_at).total_seconds() for upload in live[1:] if upload.checked_at and upload.received_at]
    # Again with the queue held, so that nothing but the checks is measured.
    _queue(pause=True)
    for clip in clips:
        door.send(clip)
    with Machine() as used:
        _queue(pause=False)
        uploads = checked(sender.submission, 2 * len(clips) + 1, look_seconds=1)[-len(clips) :]
    plain, full = (by_hand(direct(), uploads, folder, fully=fully) for fully in (False, True))
    ways = {PLAIN: plain, FULL: full}
    return {
        "megabytes": round(sum(clip.stat().st_size for clip in clips) / len(clips) / 1e6),
        **{way: {"cpu": round(machine.cpu / len(clips), 3), "wall": round(machine.wall / len(clips), 3)} for way, machine in ways.items()},
        # The sweep finds held jobs in its own time, so the wall time of a check is that of the live ones.
        OURS: {"cpu": round(used.cpu / len(clips), 3), "wall": round(median(waits), 3)},
        "cpu_ratio": round(used.cpu / plain.cpu, 2),
        "cpu_ratio_full": round(used.cpu / full.cpu, 2),
        "p95_wait": round(quantiles(waits, n=20)[-1], 2),
    }


def _queue(*, pause: bool) -> None:
    with transaction() as opened:
        if pause:
            operations.pause(opened, Queue.VALIDATION, by="bench", reason="bench", now=clock.now())
        else:
            operations.resume(opened, Queue.VALIDATION)


if __name__ == "__main__":
    main()
