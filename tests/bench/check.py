"""Check: CPU seconds and wall time a clip of 70 MB, beside fetching and probing the same objects by hand, in one run.

`python tests/bench/check.py [--clips 8]` starts the whole stack, sends the clips by tus one after another, and prints a table and a line of
JSON. By hand is `curl` of each object and plain `ffprobe` of its header; in a second row also what a fair check has to do beside that:
`sha256sum`, and ffprobe over every packet. The wait is what a group sees: last byte received → length checked.
"""

import argparse
import json
import os
import resource
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
from bench.upload import by_tus, direct, sender
from conftest import forget_settings

from deploy.local.background import BackgroundStack
from shared.database import session, transaction
from shared.submissions.models import Upload

SECONDS, PIECE_SECONDS = 299, 10
BITRATE = "1870k"
PATIENCE = 120.0
AIM_CPU, AIM_WAIT = 1.3, 1.5


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


def used(pids: list[int]) -> float:
    """CPU seconds of processes, their children's and those of children that ended."""
    total = 0.0
    for process in [tree for pid in pids for tree in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True))]:
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total


def by_hand(client: Any, uploads: list[Upload], folder: Path, *, fully: bool) -> tuple[float, float]:
    """Return CPU and wall seconds a clip of the same work by standard programs."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    fetched = folder / "fetched"
    for upload in uploads:
        url = client.generate_presigned_url("get_object", Params={"Bucket": os.environ["OMSAP_S3_BUCKET"], "Key": upload.object_key})
        subprocess.run(["curl", "--silent", "--fail", "--output", str(fetched), url], check=True)
        probe = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(fetched)]
        subprocess.run(probe, check=True, stdout=subprocess.DEVNULL)
        if fully:
            subprocess.run(["sha256sum", str(fetched)], check=True, stdout=subprocess.DEVNULL)
            packets = ["-show_entries", "packet=stream_index,pts_time,duration_time", "-of", "csv"]
            subprocess.run(["ffprobe", "-v", "error", *packets, str(fetched)], check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu / len(uploads), wall / len(uploads)


def checked(submission: Any, count: int) -> list[Upload]:
    """Wait until so many uploads have been checked; return them."""
    until = time.monotonic() + PATIENCE
    while True:
        with transaction() as opened:
            uploads = list(opened.scalars(select(Upload).where(Upload.submission_id == submission, Upload.checked_at.is_not(None))))
        if len(uploads) == count:
            return uploads
        if time.monotonic() > until:
            sys.exit(f"{len(uploads)} of {count} clips were checked within {PATIENCE:g} s")
        time.sleep(0.05)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips = [make(folder, number) for number in range(asked.clips)]
        running = BackgroundStack(folder / "stack")
        os.environ.update(running.description["environment"])
        forget_settings()
        try:
            found = _measure(running, clips, folder)
        finally:
            session.engine().dispose()
            running.stop()
    table = Table(title=f"{asked.clips} clips of {found['megabytes']} MB, one after another")
    for heading in ("way", "CPU s a clip", "wall s a clip"):
        table.add_column(heading, justify="left" if heading == "way" else "right")
    for way in ("check", "curl + ffprobe", "curl + sha256sum + ffprobe of header and packets"):
        table.add_row(way, f"{found[way]['cpu']:.2f}", f"{found[way]['wall']:.2f}")
    Console().print(table)
    print(
        f"CPU: {found['cpu_ratio']} × curl + ffprobe (aim ≤ {AIM_CPU}); last byte → length checked p95 {found['p95_wait']} s (aim < {AIM_WAIT})"
    )
    print(json.dumps({"bench": "check", **found}))


def _measure(running: BackgroundStack, clips: list[Path], folder: Path) -> dict[str, Any]:
    token, submission = sender(1, kind="clip", type_="mp4")
    port = int(running.description["base_url"].rsplit(":", 1)[1])
    pids = running.describe()["pids"]["worker.validation"]
    by_tus(port, token, submission, clips[0], kind="clip")
    checked(submission, 1)
    before = used(pids)
    for number, clip in enumerate(clips):
        by_tus(port, token, submission, clip, kind="clip")
        uploads = checked(submission, number + 2)
    cpu = (used(pids) - before) / len(clips)
    uploads = sorted(uploads, key=lambda upload: upload.created_at)[1:]
    waits = [(upload.checked_at - upload.received_at).total_seconds() for upload in uploads]
    plain, full = (by_hand(direct(dict(os.environ)), uploads, folder, fully=fully) for fully in (False, True))
    return {
        "megabytes": round(sum(clip.stat().st_size for clip in clips) / len(clips) / 1e6),
        "check": {"cpu": cpu, "wall": median(waits)},
        "curl + ffprobe": {"cpu": plain[0], "wall": plain[1]},
        "curl + sha256sum + ffprobe of header and packets": {"cpu": full[0], "wall": full[1]},
        "cpu_ratio": round(cpu / plain[0], 2),
        "p95_wait": round(quantiles(waits, n=20)[-1], 2),
    }


if __name__ == "__main__":
    main()
