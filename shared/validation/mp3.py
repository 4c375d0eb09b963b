"""Frames of MP3, and what the first of them says of the whole file; pure.

After ISO/IEC 11172-3, 2.4.1.3 and 13818-3, 2.4.2.3 (frames), ID3v2.3, 3.1 and ID3v1 (tags), and the headers of Xing, LAME and Fraunhofer
(VBRI) as ffmpeg's libavformat/mp3dec.c reads them.
"""

import struct
from typing import BinaryIO, NamedTuple

BYTES = 4096
"""Looked at: a frame has 1,441 at most."""
RATES = {0: (11025, 12000, 8000), 2: (22050, 24000, 16000), 3: (44100, 48000, 32000)}
"""Of MPEG-2.5, 2 and 1, in Hz."""
KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBITS_LOW = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
LAYER_3 = 1
_TAG_BYTES = 10
_TAGS = 8
"""Looked behind, at most."""
_VBRI_AT = 36


class Frame(NamedTuple):
    """A frame: its length in bytes, its samples, its rate in Hz, and how far behind its beginning a header of the whole file stands."""

    length: int
    samples: int
    rate: int
    header_at: int


class Said(NamedTuple):
    """What a file says of itself: how long it is in seconds, and how many bytes of it are not there."""

    seconds: float | None
    missing_bytes: int


def frame(head: bytes) -> Frame | None:
    """Read the four bytes that a frame begins with, None for what is none of layer III, or of a free bit rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] < 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate, padding, mono = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1, head[3] >> 6 == 3
    if version not in RATES or layer != LAYER_3 or not 0 < bits < 15 or rate == 3:
        return None
    is_first, hertz = version == 3, RATES[version][rate]
    samples = 1152 if is_first else 576
    length = samples // 8 * (KBITS if is_first else KBITS_LOW)[bits - 1] * 1000 // hertz + padding
    return Frame(length, samples, hertz, 4 + ((17 if mono else 32) if is_first else (9 if mono else 17)))


def begins(head: bytes) -> bool:
    """Say whether two frames stand one behind the other at the beginning."""
    first = frame(head)
    return first is not None and frame(head[first.length :]) is not None


def said(opened: BinaryIO, *, size: int) -> Said:
    """Return what a file of so many bytes says of itself in its first frame; many, most of a constant bit rate, say nothing."""
    start = 0
    for _ in range(_TAGS):
        opened.seek(start)
        tag = opened.read(_TAG_BYTES)
        if not tag.startswith(b"ID3") or len(tag) < _TAG_BYTES:
            break
        start += _TAG_BYTES + sum((byte & 0x7F) << 7 * place for place, byte in enumerate(reversed(tag[6:])))
    opened.seek(start)
    head = opened.read(BYTES)
    first = frame(head)
    if first is None:
        return Said(None, 0)
    frames, length = _xing(head[first.header_at :]) if head[_VBRI_AT:][:4] != b"VBRI" else _vbri(head[_VBRI_AT:])
    seconds = frames * first.samples / first.rate if frames else None
    return Said(seconds, max(0, start + length - size))


def _xing(header: bytes) -> tuple[int, int]:
    """Return how many frames and bytes a header counts, 0 for what it does not say."""
    if header[:4] not in (b"Xing", b"Info") or len(header) < 16:
        return 0, 0
    flags, *numbers = struct.unpack_from(">III", header, 4)
    frames = numbers.pop(0) if flags & 1 else 0
    return frames, numbers.pop(0) if flags & 2 else 0


def _vbri(header: bytes) -> tuple[int, int]:
    length, frames = struct.unpack_from(">II", header, 10) if len(header) >= 18 else (0, 0)
    return frames, length
