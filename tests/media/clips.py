"""Clips: of every kind that is taken, of exact lengths, and with lengths that lie."""

import struct
import subprocess
from collections.abc import Callable
from functools import reduce
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


def _all(*changes: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return one change that is all of these."""
    return lambda content: reduce(lambda changed, change: change(changed), changes, content)


def _timed(factor: float, *, tracks: int) -> Callable[[bytes], bytes]:
    """Return a change that makes each sample of the first tracks stand so many times as long (ISO/IEC 14496-12, 8.6.1.2)."""

    def change(content: bytes) -> bytes:
        changed, found = bytearray(content), 0
        for _ in range(tracks):
            found = content.index(b"stts", found + 4)
            for entry in range(struct.unpack_from(">I", content, found + 8)[0]):
                at = found + 12 + entry * 8 + 4
                struct.pack_into(">I", changed, at, round(struct.unpack_from(">I", content, at)[0] * factor))
        return bytes(changed)

    return change


def _matroska_says(seconds: float) -> Callable[[bytes], bytes]:
    """Return a change of Matroska's Duration, a float of milliseconds (RFC 9559, 5.1.2.10)."""

    def change(content: bytes) -> bytes:
        at = content.index(b"\x44\x89\x88") + 3
        return content[:at] + struct.pack(">d", seconds * 1000) + content[at + 8 :]

    return change


def _twice(content: bytes) -> bytes:
    """Let Matroska's clusters follow a second time, with the time stamps that they had."""
    return content + content[content.index(b"\x1f\x43\xb6\x75") :]


def _made(*arguments: str, lasting: float = 6, sound: float = 6) -> Recipe:
    """Return a recipe with ffmpeg's own words about a clip, input 0, and a tone, input 1."""
    inputs = ("-f", "lavfi", "-i", f"testsrc=size=128x72:rate={RATE}:duration={lasting}", "-f", "lavfi", "-i", f"sine=duration={sound}")
    return lambda path: _ffmpeg(*inputs, *arguments, str(path))


def _pictures_later(path: Path) -> None:
    """Let the pictures begin where the sound ends."""
    late = ("-itsoffset", "6", "-f", "lavfi", "-i", f"testsrc=size=128x72:rate={RATE}:duration=6")
    _ffmpeg("-f", "lavfi", "-i", "sine=duration=6", *late, *H264, "-f", "mp4", str(path))


def _cut(path: Path) -> None:
    """Cut a clip without coding it anew, as a telephone does: an edit list hides what the first whole picture needs."""
    whole = path.with_suffix(".whole")
    _clip(6, *H264, "-g", "25")(whole)
    _ffmpeg("-ss", "1.6", "-i", str(whole), "-c", "copy", "-f", "mp4", str(path))
    whole.unlink()


def _stretched_silent(path: Path) -> None:
    """Do the same to a clip without sound, which nothing else can then tell the length of."""
    _clip(6, *H264, "-bf", "0", "-use_editlist", "0", sound=0)(path)
    path.write_bytes(_timed(180, tracks=1)(path.read_bytes()))


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
    "matroska-says-an-hour.mkv": _from("h264.mkv", _matroska_says(3600)),
    "every-header-says-a-second.mp4": _from(
        "5-20.mp4", _all(_patched(b"mvhd", 20, 1000), _patched(b"tkhd", 24, 1000), _patched(b"mdhd", 20, 1))
    ),
    "edits-say-4-59.mp4": _from("5-20.mp4", _all(_patched(b"elst", 12, 299_000), _patched(b"mvhd", 20, 299_000))),
    "cut.mp4": _cut,
    "pictures-later.mp4": _pictures_later,
    "stretched.mp4": _from("without-edit-list.mp4", _timed(180, tracks=1)),
    "stretched-silent.mp4": _stretched_silent,
    "squeezed.mp4": _from("without-edit-list.mp4", _timed(0.5, tracks=2)),
    "still-for-two-hours.mp4": _made("-vf", "setpts=N*7200/TB", "-vsync", "vfr", *H264, "-f", "mp4", lasting=0.08, sound=10),
    "26-hours-on.mkv": _made("-vf", "setpts=PTS+gte(N\\,75)*95443/TB", "-vsync", "vfr", *H264, "-f", "matroska"),
    "begins-again.mkv": _from("without-duration.mkv", _twice),
    "begins-at-an-hour.mkv": _made(*H264, "-output_ts_offset", "3600", "-f", "matroska"),
    "varying-rate.mp4": _made("-vf", "select='not(mod(n\\,1+floor(n/50)))'", "-vsync", "vfr", *H264, "-bf", "2", "-f", "mp4"),
    "slow-pictures.mkv": _clip(20, *H264, "-bf", "3", form="matroska", rate=1, sound=0),
    "two-pictures.mp4": _made(
        *("-filter_complex", "[0:v]split[whole][some];[some]trim=end=2[part]", "-map", "[part]", "-map", "[whole]"),
        *(*H264, "-disposition:v:0", "0", "-disposition:v:1", "default", "-f", "mp4"),
    ),
    "cover.mp4": _made(
        *("-filter_complex", "[0:v]split[whole][some];[some]trim=end_frame=1[cover]", "-map", "[cover]", "-map", "[whole]", "-map", "1:a"),
        *(*H264, "-c:v:0", "mjpeg", "-pix_fmt:v:0", "yuvj420p", "-disposition:v:0", "attached_pic", "-f", "mp4"),
    ),
    "mp3.mp4": _clip(2, *H264, "-c:a", "libmp3lame", sound=6),
    "ac3.mkv": _clip(2, *H264, "-c:a", "ac3", form="matroska", sound=6),
    "opus.webm": _clip(2, *VP9, form="webm", sound=6),
    "vorbis.webm": _clip(2, *VP9[:-4], "-c:a", "libvorbis", form="webm", sound=6),
    "turned.mp4": _turned,
    "truncated.mp4": _from("fast-start.mp4", lambda content: content[: len(content) // 4]),
    "truncated-before-moov.mp4": _from("h264.mp4", lambda content: content[: len(content) // 2]),
    "truncated.mkv": _from("h264.mkv", lambda content: content[: len(content) // 2]),
    "truncated-fragments.mp4": _from("fragmented.mp4", lambda content: content[: len(content) // 2]),
    "moov-without-mdat.mp4": _from("fast-start.mp4", lambda content: content[: content.find(b"mdat") - 4]),
}
