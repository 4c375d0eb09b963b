"""Clips: of every kind that is taken, of exact lengths, and with lengths that lie."""

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

Recipe = Callable[[Path], None]
RATE = 25
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "40", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "32k")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-c:a", "aac", "-b:a", "32k")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "60k", "-c:a", "libopus", "-b:a", "32k")
THREE_GP = ("-c:v", "h263", "-s", "176x144", "-c:a", "aac", "-ar", "22050", "-b:a", "24k")
FRAGMENTS = (*H264, "-g", "25", "-movflags", "frag_keyframe+empty_moov+default_base_moof")


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments], check=True)


def _clip(
    seconds: float,
    *output: str,
    form: str = "mp4",
    sound: float | None = None,
    rate: int = RATE,
    size: str = "128x72",
    picture: str = "testsrc",
) -> Recipe:
    """Return a recipe for a clip of so many seconds, with a tone of `sound` seconds (None: as long, 0: silent)."""

    def make(path: Path) -> None:
        lasting = seconds if sound is None else sound
        inputs = ["-f", "lavfi", "-i", f"{picture}=size={size}:rate={rate}:duration={seconds}"]
        if lasting:
            inputs += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=44100:duration={lasting}"]
        _ffmpeg(*inputs, *(output or H264), "-f", form, str(path))

    return make


def _from(name: str, change: Callable[[bytes], bytes]) -> Recipe:
    """Return a recipe that changes the bytes of another one's file."""

    def make(path: Path) -> None:
        RECIPES[name](path)
        path.write_bytes(change(path.read_bytes()))

    return make


def _patched(box: bytes, at: int, value: int) -> Callable[[bytes], bytes]:
    """Return a change of the 32-bit number `at` bytes after the name of every such box."""

    def change(content: bytes) -> bytes:
        changed, found = bytearray(content), content.find(box)
        if found < 0:
            raise ValueError(f"no {box!r}")
        while found >= 0:
            changed[found + at : found + at + 4] = struct.pack(">I", value)
            found = content.find(box, found + 4)
        return bytes(changed)

    return change


def _stretched(content: bytes) -> bytes:
    """Make every picture of the first track stand 180 times as long (ISO/IEC 14496-12, 8.6.1.2: entries of count and delta)."""
    changed, found = bytearray(content), content.find(b"stts")
    entries = struct.unpack_from(">I", content, found + 8)[0]
    for entry in range(entries):
        at = found + 12 + entry * 8 + 4
        changed[at : at + 4] = struct.pack(">I", struct.unpack_from(">I", content, at)[0] * 180)
    return bytes(changed)


def _stretched_silent(path: Path) -> None:
    """Do the same to a clip without sound, which nothing else can then tell the length of."""
    _clip(6, *H264, "-bf", "0", "-use_editlist", "0", sound=0)(path)
    path.write_bytes(_stretched(path.read_bytes()))


def _piped(path: Path) -> None:
    """Write Matroska to a pipe: nobody can go back and note how long it became."""
    with path.open("wb") as out:
        inputs = ("-f", "lavfi", "-i", f"testsrc=size=128x72:rate={RATE}:duration=6", "-f", "lavfi", "-i", "sine=duration=6")
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *inputs, *H264, "-f", "matroska", "pipe:1"], check=True, stdout=out)


def _turned(path: Path) -> None:
    """Note in the file that a player must turn it, as a phone does."""
    upright = path.with_suffix(".upright")
    _clip(4)(upright)
    _ffmpeg("-i", str(upright), "-c", "copy", "-metadata:s:v", "rotate=90", "-f", "mp4", str(path))
    upright.unlink()


RECIPES: dict[str, Recipe] = {
    "h264.mp4": _clip(6),
    "fast-start.mp4": _clip(6, *H264, "-movflags", "+faststart"),
    "hevc.mov": _clip(4, *HEVC, form="mov"),
    "vp9.webm": _clip(4, *VP9, form="webm"),
    "h264.mkv": _clip(4, form="matroska"),
    "h263.3gp": _clip(4, *THREE_GP, form="3gp"),
    "fragmented.mp4": _clip(6, *FRAGMENTS),
    "silent.mp4": _clip(4, sound=0),
    "without-duration.mkv": _piped,
    "exactly-5-00.mp4": _clip(300, size="64x36", picture="smptebars"),
    "one-frame-more.mp4": _clip(300.04, size="64x36", picture="smptebars"),
    "two-tenths-more.mp4": _clip(300.2, size="64x36", picture="smptebars"),
    "half-a-second-more.mp4": _clip(300.5, size="64x36", picture="smptebars"),
    "5-20.mp4": _clip(320, rate=10, size="64x36", picture="smptebars"),
    "sound-only.mp4": _clip(4, "-map", "1:a", "-c:a", "aac"),
    "sound-goes-on.mp4": _clip(4, sound=12),
    "sound-ends-early.mp4": _clip(12, sound=4),
    "slow-pictures.mp4": _clip(20, rate=1),
    "header-says-an-hour.mp4": _from("h264.mp4", _patched(b"mvhd", 20, 3600 * 1000)),
    "header-says-a-second.mp4": _from("5-20.mp4", _patched(b"mvhd", 20, 1000)),
    "without-edit-list.mp4": _clip(6, *H264, "-bf", "0", "-use_editlist", "0"),
    "stretched.mp4": _from("without-edit-list.mp4", _stretched),
    "stretched-silent.mp4": _stretched_silent,
    "turned.mp4": _turned,
    "truncated.mp4": _from("fast-start.mp4", lambda content: content[: len(content) // 4]),
    "truncated-before-moov.mp4": _from("h264.mp4", lambda content: content[: len(content) // 2]),
    "truncated.mkv": _from("h264.mkv", lambda content: content[: len(content) // 2]),
    "truncated-fragments.mp4": _from("fragmented.mp4", lambda content: content[: len(content) // 2]),
    "moov-without-mdat.mp4": _from("fast-start.mp4", lambda content: content[: content.find(b"mdat") - 4]),
}
