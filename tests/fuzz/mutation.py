"""Honest files, changed at random: the same seed and number make the same file again."""

import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from media import clips
from media.boxes import Track, avcc, clip, h264_heads, movie
from media.hostile_documents import WHOLE
from media.packages import docx, odt
from media.workbooks import ods, xlsx

from shared.validation.sniffing import CLIPS, SOUNDS

NUMBERS = (0, 1, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
LENGTHS = re.compile(
    rb"(?s)....(?=moov|trak|mdia|minf|stbl|st(?:sd|ts|sc|sz|co|ss)|ctts|elst|moof|traf|trun|tfhd|sidx|mvhd|tkhd|mdhd|dref|udta)"
)
MARKS = re.compile(rb"\d+ \d+ R|/(?:Kids|Count|Length|Size|Prev|Root|Filter|Type)|PK[\1-\6][\1-\6]|<w:|Xing|Info|\xff[\xc0-\xff]|IHDR|IDAT")
MOST_CHANGES = 4
CLIP_SHARE = 0.65


def _encoded(*output: str) -> bytes:
    """Return a clip of one second, as small as can be."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clip"
        sources = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=1", "-f", "lavfi", "-i", "sine=duration=1"]
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", *sources, *output, str(path)], check=True)
        return path.read_bytes()


def corpus() -> dict[str, bytes]:
    """Return small files of every kind that is taken, by name."""
    sample, heads = b"\0\0\0\x05\x65\x88\x84\0\0", avcc(*h264_heads(64, 48))
    relation = '<Relationship Id="b" Type="x/hyperlink" Target="https://example.org" TargetMode="External"/>'
    return {
        "h264.mp4": _encoded(*clips.H264, "-f", "mp4"),
        "fast-start.mp4": _encoded(*clips.H264, "-movflags", "+faststart", "-f", "mp4"),
        "fragmented.mp4": _encoded(*clips.FRAGMENTS, "-f", "mp4"),
        "hevc.mov": _encoded(*clips.HEVC, "-f", "mov"),
        "vp9.webm": _encoded(*clips.VP9, "-f", "webm"),
        "h264.mkv": _encoded(*clips.H264, "-f", "matroska"),
        "h263.3gp": _encoded(*clips.THREE_GP, "-f", "3gp"),
        "talk.mp3": _encoded("-vn", "-c:a", "libmp3lame", "-b:a", "32k", "-f", "mp3"),
        "talk.m4a": _encoded("-vn", "-c:a", "aac", "-b:a", "32k", "-f", "ipod"),
        "bare.mp4": clip(*[sample] * 10, codec=b"avc1", width=64, height=48, configuration=heads),
        "tables.mov": movie(*[Track(sizes=[9] * 5, offset=8)] * 3),
        **{name: make() for name, make in WHOLE.items()},
        "linked.docx": docx(relations=relation),
        "linked.xlsx": xlsx(relations=relation),
        "plan.ods": ods(),
        "noted.odt": odt({"meta.xml": '<office:meta><meta:document-statistic meta:page-count="3"/></office:meta>'}),
    }


def _flip(content: bytearray, dice: Random) -> None:
    for _ in range(dice.choice((1, 1, 2, 4, 16, 64))):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def _overwrite(content: bytearray, dice: Random) -> None:
    """Put a number that programs stumble over anywhere."""
    width, value, at = dice.choice("BHIQ"), dice.choice(NUMBERS), dice.randrange(len(content))
    piece = struct.pack(dice.choice("<>") + width, value & (256 ** struct.calcsize(f"={width}") - 1))
    content[at : at + len(piece)] = piece


def _lengths(content: bytearray, dice: Random) -> None:
    """Change the length, or a number just inside, of a box that is known."""
    places = [found.start() for found in LENGTHS.finditer(content)] or [dice.randrange(len(content))]
    at = dice.choice(places) + dice.choice((0, 0, 8, 12, 16, 20, 24, 28))
    content[at : at + 4] = struct.pack(">I", dice.choice(NUMBERS))


def _marks(content: bytearray, dice: Random) -> None:
    """Put one word of a document in the place of another, or change the byte after it."""
    places = list(MARKS.finditer(content))
    if not places:
        _overwrite(content, dice)
        return
    here, there = dice.choice(places), dice.choice(places)
    if dice.random() < 0.5 or here.end() >= len(content):
        content[here.start() : here.end()] = there[0]
    else:
        content[here.end()] = dice.randrange(256)


def _block(content: bytearray, dice: Random) -> tuple[int, int]:
    start = dice.randrange(len(content))
    return start, min(len(content), start + 1 + int(dice.expovariate(1 / 200)))


def _swap(content: bytearray, dice: Random) -> None:
    start, end = _block(content, dice)
    block = content[start:end]
    del content[start:end]
    at = dice.randrange(len(content) + 1)
    content[at:at] = block


def _remove(content: bytearray, dice: Random) -> None:
    start, end = _block(content, dice)
    del content[start:end]


def _repeat(content: bytearray, dice: Random) -> None:
    start, end = _block(content, dice)
    content[start:start] = content[start:end] * dice.choice((1, 2, 50))


def _cut(content: bytearray, dice: Random) -> None:
    del content[dice.randrange(len(content)) :]


def _blank(content: bytearray, dice: Random) -> None:
    start, end = _block(content, dice)
    content[start:end] = bytes([dice.choice((0, 0x20, 0xFF))]) * (end - start)


CHANGES: tuple[Callable[[bytearray, Random], None], ...] = (
    *(_flip, _flip, _overwrite, _overwrite, _lengths, _lengths, _marks, _marks),
    *(_swap, _remove, _repeat, _cut, _blank),
)


def mutant(honest: dict[str, bytes], *, seed: int, number: int) -> tuple[str, bytes]:
    """Return the name and content of one changed file."""
    dice = Random(f"{seed}:{number}")  # noqa: S311  # to be made again, not to be secret
    of_clips = [name for name in honest if name.rpartition(".")[2] in CLIPS | SOUNDS]
    of_documents = [name for name in honest if name not in of_clips]
    kind = of_clips if dice.random() < CLIP_SHARE else of_documents
    name = dice.choice(kind)
    content = bytearray(honest[name])
    if dice.random() < 0.1:
        other = honest[dice.choice(kind)]
        content[dice.randrange(len(content)) :] = other[dice.randrange(len(other)) :]
    for _ in range(dice.randint(1, MOST_CHANGES)):
        if content:
            dice.choice(CHANGES)(content, dice)
    return name, bytes(content)
