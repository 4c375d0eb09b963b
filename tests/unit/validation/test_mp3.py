"""What an MP3 says of itself."""

from io import BytesIO
from struct import pack

import pytest

from shared.validation.mp3 import Said, begins, frame, said

HEAD = b"\xff\xfb\x50\xc4"
"""64 kbit/s, 44.1 kHz, one channel."""
LENGTH = 208


def told(content: bytes) -> Said:
    return said(BytesIO(content), size=len(content))


def xing(name: bytes = b"Xing", *, frames: int | None = 100, length: int | None = 300, tag: bytes = b"") -> bytes:
    flags = (frames is not None) + 2 * (length is not None)
    counted = b"".join(pack(">I", number) for number in (frames, length) if number is not None)
    first = HEAD + bytes(17) + name + pack(">I", flags) + counted
    return tag + first + bytes(LENGTH - len(first))


@pytest.mark.parametrize(
    ("head", "length", "samples", "rate"),
    [
        (b"\xff\xfb\x50\xc4", 208, 1152, 44100), (b"\xff\xfb\x52\xc4", 209, 1152, 44100), (b"\xff\xfb\xe4\x00", 960, 1152, 48000),
        (b"\xff\xf3\x40\xc4", 104, 576, 22050), (b"\xff\xe3\x48\xc4", 288, 576, 8000),
    ],
)  # fmt: skip
def test_frame_is_as_long_as_its_head_says(head: bytes, length: int, samples: int, rate: int) -> None:
    found = frame(head)
    assert found is not None
    assert found[:3] == (length, samples, rate)


@pytest.mark.parametrize(
    "head", [b"", b"\xff\xfb\x50", b"\xff\xfb\x00\xc4", b"\xff\xfb\xf0\xc4", b"\xff\xfb\x5c\xc4", b"\xff\xfd\x50\xc4", b"ID3\4"]
)
def test_what_is_no_frame(head: bytes) -> None:
    assert frame(head) is None
    assert not begins(head)


@pytest.mark.parametrize("name", [b"Xing", b"Info"])
def test_header_counts_frames_and_bytes(name: bytes) -> None:
    assert told(xing(name) + bytes(92)) == Said(100 * 1152 / 44100, 0)
    assert told(xing(name) + bytes(42)) == Said(100 * 1152 / 44100, 50)
    assert told(xing(name) + bytes(500)) == Said(100 * 1152 / 44100, 0)


def test_header_behind_tags_counts_from_its_own_beginning() -> None:
    tag = b"ID3\4\0\0\0\0\1\0" + bytes(128)
    assert told(xing(tag=tag + tag) + bytes(42)) == Said(100 * 1152 / 44100, 50)


def test_what_a_header_does_not_say() -> None:
    assert told(xing(frames=None)) == Said(None, 92)
    assert told(xing(length=None)) == Said(100 * 1152 / 44100, 0)
    assert told(xing(b"LAME")) == Said(None, 0)


def test_header_of_fraunhofer() -> None:
    head = HEAD + bytes(32) + b"VBRI" + bytes(6) + pack(">II", 300, 100)
    assert told(head + bytes(150)) == Said(100 * 1152 / 44100, 300 - len(head) - 150)


@pytest.mark.parametrize(
    "content", [b"", b"ID3", b"ID3\4\0\0\x7f\x7f\x7f\x7f", b"ID3\4\0\0\0\0\0\0" * 100, HEAD, xing()[:30], HEAD + bytes(32) + b"VBRI"]
)
def test_file_that_ends_too_early_says_nothing(content: bytes) -> None:
    assert told(content) == Said(None, 0)
