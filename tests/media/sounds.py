"""Sounds: of constant and varying bit rate, with covers, of exact lengths, and with lengths that lie."""

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from media.attacks import Recipe, of_bytes

MP3 = ("-c:a", "libmp3lame", "-b:a", "32k", "-f", "mp3")
BARE = ("-write_xing", "0", "-id3v2_version", "0")
"""No header, no tag: nothing but frames."""
TAG = b"ID3\4\0\0\0\0\0\x23" + bytes(35)
AAC = ("-c:a", "aac", "-b:a", "32k")


def _sound(seconds: float, *output: str, rate: int = 44100) -> Recipe:
    """Return a recipe for a tone that begins anew each second."""
    tone = f"aevalsrc='0.5*sin(2*PI*880*t)*lt(mod(t,1),0.2)':s={rate}:d={seconds}"
    return lambda path: _ffmpeg("-f", "lavfi", "-i", tone, *output, str(path))


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments], check=True)


def _covered(path: Path) -> None:
    with TemporaryDirectory() as folder:
        cover, plain = Path(folder) / "cover.png", Path(folder) / "plain.mp3"
        Image.effect_noise((300, 300), 80).save(cover)
        _sound(6, *MP3)(plain)
        picture = ("-map", "0", "-map", "1", "-c", "copy", "-id3v2_version", "3", "-disposition:v", "attached_pic", "-f", "mp3")
        _ffmpeg("-i", str(plain), "-i", str(cover), *picture, str(path))


def _from(recipe: Recipe, change: Callable[[bytes], bytes]) -> Recipe:
    """Return a recipe that changes the bytes of another one's file."""

    def make(path: Path) -> None:
        recipe(path)
        path.write_bytes(change(path.read_bytes()))

    return make


def _counted(frames: int) -> Callable[[bytes], bytes]:
    """Return a change of how many frames the header says that there are."""

    def change(content: bytes) -> bytes:
        at = max(content.find(b"Xing"), content.find(b"Info")) + 8
        return content[:at] + struct.pack(">I", frames) + content[at + 4 :]

    return change


def _of_two_rates(path: Path) -> None:
    """Let frames of MPEG-2 follow frames of MPEG-1, whose samples are counted by another clock."""
    _sound(2, *MP3, *BARE, rate=48000)(path)
    first = path.read_bytes()
    _sound(4, *MP3, *BARE, rate=16000)(path)
    path.write_bytes(first + path.read_bytes())


RECIPES: dict[str, Recipe] = {
    "talk.mp3": _sound(6, *MP3),
    "cover.mp3": _covered,
    "bare.mp3": _sound(6, *MP3, *BARE),
    "low-rate.mp3": _sound(6, *MP3[:2], "-b:a", "16k", "-f", "mp3", rate=22050),
    "varying.mp3": _sound(6, "-c:a", "libmp3lame", "-q:a", "6", "-f", "mp3"),
    "varying-without-header.mp3": _sound(6, "-c:a", "libmp3lame", "-q:a", "6", "-f", "mp3", *BARE),
    "two-rates.mp3": _of_two_rates,
    "says-an-hour.mp3": _from(_sound(6, *MP3), _counted(137_813)),
    "says-a-second.mp3": _from(_sound(320, *MP3), _counted(38)),
    "truncated.mp3": _from(_sound(20, *MP3), lambda content: content[: len(content) // 2]),
    "5-00.mp3": _sound(300, *MP3),
    "5-00.04.mp3": _sound(300.04, *MP3),
    "5-20.mp3": _sound(320, *MP3),
    "tag-only.mp3": of_bytes(TAG),
    "tag-and-text.mp3": of_bytes(TAG + b"This was a letter.\n" * 300),
    "talk.m4a": _sound(6, *AAC, "-f", "ipod"),
    "recorder.m4a": _sound(6, *AAC, "-f", "mp4"),
    "old-recorder.m4a": _sound(6, "-c:a", "aac", "-ar", "22050", "-f", "3gp"),
    "5-20.m4a": _sound(320, *AAC, "-f", "ipod"),
    "truncated.m4a": _from(_sound(20, *AAC, "-movflags", "+faststart", "-f", "ipod"), lambda content: content[: len(content) // 2]),
    "film-called.m4a": lambda path: _ffmpeg(
        *("-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=2", "-c:v", "libx264", "-pix_fmt", "yuv420p"),
        *("-brand", "M4A ", "-f", "mp4", str(path)),
    ),
}
