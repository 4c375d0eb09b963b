"""Web copy: how long taking 100 MB over takes, and how quick making anew is beside plain ffmpeg with the same settings, in one run.

`python tests/bench/web_copy.py [--seconds 20] [--rounds 2]` starts the servers, works on the jobs as their worker does, and prints a table
and a line of JSON. Taking over is the whole job: the object fetched, its digest checked, both streams laid into a new file behind its
index, looked at, and stored. Making anew is of 4K HEVC in 10 bits and HLG, as an iPhone films: the run of ffmpeg in the jail beside the
same run without one, both standing back for everything else, so that what else the machine does is no difference; the whole job, which
listens to the sound first, is told below.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ffmpeg

sys.path.insert(0, str(Path(__file__).parent.parent))
from factories.clips import passed
from factories.jobs import worked

from bench.ground import MB, Figure, as_json, print_line, servers, show_figures
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.renditions import recipes
from shared.settings import settings
from shared.tools import transcoding

CLIP_SECONDS, PIECE_SECONDS = 200, 10
BITRATE = "3950k"
AIM_TAKEN, AIM_SPEED = 2.0, 0.9
QUIET = ("ffmpeg", "-nostdin", "-v", "error", "-y")
SOURCES = ("-f", "lavfi", "-i", "{picture},noise=alls=20:allf=t", "-f", "lavfi", "-i", "sine=sample_rate=48000:duration={seconds}")


def playable(folder: Path) -> Path:
    """A clip of 100 MB that browsers play, its index at the end, as phones write it."""
    piece, clip = folder / "piece.mp4", folder / "playable.mp4"
    _film(piece, f"testsrc2=size=1920x1080:rate=25:duration={PIECE_SECONDS}", PIECE_SECONDS, [*_h264(), "-pix_fmt", "yuv420p"])
    looped = ["-stream_loop", "-1", "-i", str(piece), "-t", str(CLIP_SECONDS), "-c", "copy"]
    subprocess.run([*QUIET, *looped, str(clip)], check=True)
    return clip


def filmed(folder: Path, seconds: int) -> Path:
    """A clip as an iPhone films it."""
    clip = folder / "filmed.mov"
    colours = ["-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc"]
    coding = ["-c:v", "libx265", "-preset", "ultrafast", "-b:v", "20M", "-tag:v", "hvc1", "-x265-params", "log-level=none", *colours]
    _film(clip, f"testsrc2=size=3840x2160:rate=30:duration={seconds}", seconds, [*coding, "-pix_fmt", "yuv420p10le"])
    return clip


def _h264() -> list[str]:
    return ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", BITRATE, "-minrate", BITRATE, "-maxrate", BITRATE, "-bufsize", BITRATE]


def _film(file: Path, picture: str, seconds: int, coding: list[str]) -> None:
    sources = [word.format(picture=picture, seconds=seconds) for word in SOURCES]
    subprocess.run([*QUIET, *sources, *coding, "-c:a", "aac", str(file)], check=True)


def by_hand(file: Path, made: Path, recipe: recipes.Recipe, sound: recipes.Chain) -> None:
    """Do what `transcoding.web_copy` does with plain ffmpeg: no jail and no limits, but as low in priority."""
    source = ffmpeg.input(str(file), threads=settings().transcode_threads)
    streams = []
    for index, chain in ((recipe.video, recipe.pictures or ()), (recipe.audio, sound)):
        stream = source[str(index)]
        for name, options in chain:
            stream = stream.filter(name, **options)
        streams.append(stream)
    coding = {**transcoding.WEB_VIDEO, "threads": settings().transcode_threads, **transcoding.WEB_AUDIO, **transcoding.PLAIN}
    threads = ("-filter_complex_threads", str(settings().transcode_threads))
    command = ffmpeg.output(*streams, str(made), **coding).global_args(*QUIET[1:], *threads).compile()
    subprocess.run(["nice", f"-n{transcoding.NICENESS}", *command], check=True)


def lasting(work: Callable[[], Any]) -> float:
    """Return the seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def job(file: Path, seconds: int) -> float:
    """Return the seconds that the whole job takes on a clip."""
    id_ = passed(file, seconds)
    began = time.perf_counter()
    done = worked(kinds.MAKE_WEB_COPY, subject_id=id_)
    if done.state != JobState.DONE:
        sys.exit(f"no web copy: {done.error}")
    return time.perf_counter() - began


def speeds(file: Path, seconds: int, folder: Path, rounds: int) -> tuple[float, float]:
    """Return seconds of clip a second in the jail and by hand, the best of so many rounds, turn by turn."""
    recipe = recipes.recipe(transcoding.header(file))
    sound = (*(recipe.sound or ()), *recipes.made_louder(0.0))

    def ours() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as out:
            transcoding.web_copy(
                file, out=Path(out), video=recipe.video, audio=recipe.audio, pictures=recipe.pictures, sound=sound, seconds=seconds,
                report=lambda _: None,
            )  # fmt: skip

    plain = folder / "plain.mp4"
    found = [(lasting(ours), lasting(lambda: by_hand(file, plain, recipe, sound))) for _ in range(rounds)]
    return seconds / min(jailed for jailed, _ in found), seconds / min(free for _, free in found)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20, help="of the clip that is made anew")
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    with servers() as folder:
        taken, phone = playable(folder), filmed(folder, asked.seconds)
        job(taken, CLIP_SECONDS)  # the first job of a process imports its tools
        took = min(job(taken, CLIP_SECONDS) for _ in range(asked.rounds))
        ours, plain = speeds(phone, asked.seconds, folder, asked.rounds)
        whole = job(phone, asked.seconds)
        megabytes = taken.stat().st_size / MB
    figures = [
        Figure(f"taking {megabytes:.0f} MB over, the whole job", round(took, 2), AIM_TAKEN, "s"),
        Figure(
            "making 4K HDR anew, speed in the jail ÷ by hand", round(ours / plain, 3), AIM_SPEED, at_least=True,
            peer=f"{ours:.2f} × real time, by hand {plain:.2f} ×",
        ),
    ]  # fmt: skip
    show_figures("web copy", figures)
    print(f"the whole job of the clip made anew: {whole:.1f} s for {asked.seconds} s of clip")
    found = {"jail_speed": round(ours, 3), "plain_speed": round(plain, 3), "whole_job_seconds": round(whole, 1)}
    ratios = {"jail_speed_to_plain": (ours, plain), "taking_over_to_limit": (took, AIM_TAKEN)}
    print_line("web_copy", ratios, **found, **as_json(figures))


if __name__ == "__main__":
    main()
