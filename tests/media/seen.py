"""What a viewer sees and hears of a clip of `phones`: decoded by ffmpeg as a player does, in time and turned upright."""

import io
import json
import subprocess
from array import array
from pathlib import Path
from typing import Any

from PIL import Image

Colour = tuple[int, int, int]
SOUND_RATE = 8000
LOUD, BRIGHT = 1500, 200
QUIET_SECONDS = 0.3


def _said(*argv: str) -> bytes:
    return subprocess.run(argv, check=True, capture_output=True).stdout


def described(file: Path) -> dict[str, Any]:
    """Return what ffprobe says of a file: `format`, `streams`."""
    return dict(json.loads(_said("ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(file))))


def picture(file: Path, at_seconds: float) -> Image.Image:
    """Return what is seen at an instant."""
    argv = ("ffmpeg", "-v", "error", "-i", str(file), "-ss", str(at_seconds), "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-")
    return Image.open(io.BytesIO(_said(*argv))).convert("RGB")


def corner(seen: Image.Image) -> Colour:
    """Return the colour of the upper left corner."""
    return _colour(seen, seen.width * 0.06, seen.height * 0.06)


def middle(seen: Image.Image) -> Colour:
    """Return the colour of the middle."""
    return _colour(seen, seen.width / 2, seen.height / 2)


def blocks(seen: Image.Image, of: int = 8) -> int:
    """Count the green blocks at the foot."""
    colours = [_colour(seen, seen.width * (number + 0.35) / of, seen.height * 0.96) for number in range(of)]
    return sum(green > red + 60 and green > blue + 40 for red, green, blue in colours)


def flashes(file: Path) -> list[float]:
    """Return the seconds at which the picture turns white."""
    times = [float(line) for line in _said(*_FRAME_TIMES, str(file)).decode().replace(",", "").split()]
    levels = _said("ffmpeg", "-v", "error", "-i", str(file), *_LEVELS)
    lit = [at for at, level in zip(times, levels, strict=False) if level > BRIGHT]
    return [at for number, at in enumerate(lit) if number == 0 or at - lit[number - 1] > QUIET_SECONDS]


def tones(file: Path) -> list[float]:
    """Return the seconds at which a tone begins."""
    heard = array("h", _said("ffmpeg", "-v", "error", "-i", str(file), *_SAMPLES))
    loud = [number / SOUND_RATE for number, sample in enumerate(heard) if abs(sample) > LOUD]
    return [at for number, at in enumerate(loud) if number == 0 or at - loud[number - 1] > QUIET_SECONDS]


def loudness(file: Path) -> tuple[float, float]:
    """Return how loud a file is, in LUFS, and its highest peak, in dBTP."""
    argv = ("ffmpeg", "-nostdin", "-hide_banner", "-i", str(file), "-af", "loudnorm=print_format=json", "-f", "null", "-")
    said = subprocess.run(argv, check=True, capture_output=True).stderr.decode()
    found = json.loads(said[said.rindex("{") : said.rindex("}") + 1])
    return float(found["input_i"]), float(found["input_tp"])


def _colour(seen: Image.Image, x: float, y: float) -> Colour:
    colour = seen.getpixel((int(x), int(y)))
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]


_FRAME_TIMES = ("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "frame=pts_time", "-of", "csv=p=0")
_LEVELS = ("-vf", "scale=1:1:flags=area,format=gray", "-fps_mode", "passthrough", "-f", "rawvideo", "-")
_SAMPLES = ("-map", "0:a:0", "-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", str(SOUND_RATE), "-f", "s16le", "-")
