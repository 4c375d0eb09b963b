"""Clips shaped like those that phones send: 20 to 300 s, 5 to 100 MB, the index first or last. A few seconds are encoded, and repeated."""

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECONDS, MEGABYTES = (20, 300), (5, 100)
MEGABITS = {0.2: "426x240", 0.5: "640x360", 1.2: "1280x720", 2.6: "1280x720", 6.0: "1280x720", 16.0: "1920x1080"}
"""Megabits a second of the pieces, with their size in pixels."""
PIECE_SECONDS = 10
QUIET = ("ffmpeg", "-nostdin", "-v", "error", "-y")


@dataclass(frozen=True, slots=True)
class Shape:
    """One clip: its length, its rate in megabits a second, and whether its index comes first."""

    seconds: int
    megabits: float
    index_first: bool


def shapes(count: int, *, seed: int = 63) -> Iterator[Shape]:
    """Yield so many shapes, the same with the same seed."""
    chance = random.Random(seed)  # noqa: S311  # the same clips each time
    for number in range(count):
        seconds = chance.randint(*SECONDS)
        fitting = [rate for rate in MEGABITS if MEGABYTES[0] <= rate * seconds / 8 <= MEGABYTES[1]]
        yield Shape(seconds, chance.choice(fitting), index_first=number % 2 == 0)


def make(folder: Path, shape: Shape, name: str) -> Path:
    """Make a clip of that shape; clips of different names differ."""
    clip = folder / f"{name}.mp4"
    first = ["-movflags", "+faststart"] if shape.index_first else []
    looped = ["-stream_loop", "-1", "-i", str(_piece(folder, shape.megabits)), "-t", str(shape.seconds), "-c", "copy", *first]
    subprocess.run([*QUIET, *looped, "-metadata", f"comment={name}", str(clip)], check=True)
    return clip


def slow_to_copy(folder: Path, name: str) -> Path:
    """Make a clip of five minutes that browsers do not play, so that its copy takes a transcode of minutes."""
    piece, clip = folder / "piece-hevc.mp4", folder / f"{name}.mp4"
    if not piece.exists():
        coding = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1"]
        subprocess.run([*QUIET, *_source("1920x1080"), *coding, "-c:a", "aac", str(piece)], check=True)
    looped = ["-stream_loop", "-1", "-i", str(piece), "-t", str(SECONDS[1]), "-c", "copy", "-metadata", f"comment={name}"]
    subprocess.run([*QUIET, *looped, "-tag:v", "hvc1", str(clip)], check=True)
    return clip


def _piece(folder: Path, megabits: float) -> Path:
    piece = folder / f"piece-{megabits:g}.mp4"
    if not piece.exists():
        rate = f"{round(megabits * 1000)}k"
        coding = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", rate, "-minrate", rate, "-maxrate", rate, "-bufsize", rate]
        subprocess.run(
            [*QUIET, *_source(MEGABITS[megabits]), *coding, "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", str(piece)], check=True
        )
    return piece


def _source(size: str) -> list[str]:
    picture = f"testsrc2=size={size}:rate=25:duration={PIECE_SECONDS},noise=alls=20:allf=t"
    return ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=sample_rate=48000:duration={PIECE_SECONDS}"]
