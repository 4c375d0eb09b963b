"""Clips made by ffmpeg from its own test pictures and tones: various sizes, lengths, codecs and containers. Kept between runs.

The test pictures are few: boxes laid over them, others each second, make each group's footage its own, so that no officer is told that
two groups sent the same.
A few seconds are encoded for each clip and repeated, packet by packet, to its length: the file is as long as it says, and made at once.
"""

import os
import random
import subprocess
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import ffmpeg

PICTURES = ("testsrc2", "testsrc", "smptehdbars", "yuvtestsrc", "rgbtestsrc")
SIZES = ("320x180", "426x240", "240x426", "640x360", "360x640", "854x480", "480x480")
RATE = 10
"""Frames a second: enough to be a video, few enough to look at quickly."""
PIECE_SECONDS = 5
BOXES = 20
"""A second, each a quarter as wide and as high as the picture."""
MAKERS = 2
LENGTHS = (45, 120, 180, 240, 299)
TOO_LONG = 320


@dataclass(frozen=True, slots=True)
class Coding:
    """A container with what is in it, as ffmpeg names them."""

    ending: str
    encoder: dict[str, str | int]
    muxer: dict[str, str]


X264: dict[str, str | int] = {"vcodec": "libx264", "preset": "ultrafast", "acodec": "aac"}
X265: dict[str, str | int] = {"vcodec": "libx265", "preset": "ultrafast", "acodec": "aac", "x265-params": "log-level=none:bframes=0"}
VP8: dict[str, str | int] = {"vcodec": "libvpx", "deadline": "realtime", "cpu-used": 8, "lag-in-frames": 0, "acodec": "libopus"}
VP9: dict[str, str | int] = {**VP8, "vcodec": "libvpx-vp9"}
CODINGS = (
    Coding("mp4", X264, {"movflags": "+faststart"}),
    Coding("mov", X265, {"tag:v": "hvc1"}),
    Coding("webm", VP8, {}),
    Coding("mp4", X264, {}),
    Coding("webm", VP9, {}),
    Coding("mp4", X265, {"tag:v": "hvc1", "movflags": "+faststart"}),
    Coding("mov", X264, {}),
)


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip to make."""

    number: int
    seconds: int

    @property
    def coding(self) -> Coding:
        """How it is written."""
        return CODINGS[self.number % len(CODINGS)]

    @property
    def name(self) -> str:
        """Its file's name."""
        return f"footage-{self.number:02d}-{self.seconds}s.{self.coding.ending}"

    def make(self, folder: Path) -> Path:
        """Make it in `folder` unless it is there. Raises RuntimeError with what ffmpeg said."""
        path = folder / self.name
        if path.exists():
            return path
        own = f".{os.getpid()}-{self.number}-{self.seconds}"
        piece, partial = folder / f"{own}-piece.mkv", folder / f"{own}.{self.coding.ending}"
        try:
            self._encode(piece)
            again = ffmpeg.input(str(piece), stream_loop=ceil(self.seconds / PIECE_SECONDS))
            _run(ffmpeg.output(again, str(partial), t=self.seconds, c="copy", **self.coding.muxer))
            partial.replace(path)
        finally:
            piece.unlink(missing_ok=True)
            partial.unlink(missing_ok=True)
        return path

    def footage(self) -> Any:
        """Return its first seconds as a stream of ffmpeg, before anything is encoded."""
        picture, size = PICTURES[self.number % len(PICTURES)], SIZES[(self.number + self.number // 7) % len(SIZES)]
        image = ffmpeg.input(f"{picture}=size={size}:rate={RATE}", f="lavfi", t=PIECE_SECONDS)
        image = image.filter("hue", h=self.number * 10).filter("format", "yuv420p")
        chance = random.Random(self.number)  # noqa: S311  # where boxes lie, not a secret
        for second in range(PIECE_SECONDS):
            for _ in range(BOXES):
                x, y, shade = chance.uniform(0, 0.75), chance.uniform(0, 0.75), f"0x{chance.randrange(1 << 24):06x}"
                shown = f"gte(t,{second})*lt(t,{second + 1})"
                image = image.filter("drawbox", f"iw*{x:.2f}", f"ih*{y:.2f}", "iw*0.25", "ih*0.25", shade, "fill", enable=shown)
        return image

    def _encode(self, piece: Path) -> None:
        tone = ffmpeg.input(f"sine=frequency={200 + 20 * self.number}:sample_rate=48000", f="lavfi", t=PIECE_SECONDS)
        _run(ffmpeg.output(self.footage(), tone, str(piece), b="60k", **self.coding.encoder))


def good_clip(number: int) -> Clip:
    """The clip a group means to send."""
    return Clip(number, LENGTHS[number % len(LENGTHS)])


def long_clip(number: int) -> Clip:
    """One that is too long."""
    return Clip(number, TOO_LONG)


def _run(stream: Any) -> None:
    argv = stream.global_args("-v", "error", "-y", "-nostdin").compile()
    made = subprocess.run(argv, capture_output=True, text=True, check=False)  # noqa: S603  # our own arguments
    if made.returncode != 0:
        raise RuntimeError(f"ffmpeg could not make a clip: {made.stderr}")
