"""Whether a clip's file is all there, by the sizes of its own outermost boxes; nothing in them is read."""

import struct
from typing import BinaryIO

BOXES = 200_000
"""Looked at, at most: a clip of an hour in fragments of a second has 7,200."""
_ENDING = (b"mdat", b"moov", b"moof")
"""What is missed when it is cut; the rest is padding or a mark of a tool."""
_SEGMENT = b"\x18\x53\x80\x67"


def missing_bytes(opened: BinaryIO, *, size: int, matroska: bool) -> int:
    """Return by how many bytes the last box, or Matroska's segment, reaches beyond the file's end, 0 if the file is whole or does not say.

    After ISO/IEC 14496-12, 4.2 and RFC 8794, 4 to 6.
    """
    return max(0, (_segment_end(opened) if matroska else _boxes_end(opened, size)) - size)


def _boxes_end(opened: BinaryIO, size: int) -> int:
    at = 0
    for _ in range(BOXES):
        opened.seek(at)
        head = opened.read(16)
        if len(head) < 8:
            return at
        length = int.from_bytes(head[:4], "big")
        if length == 1 and len(head) == 16:
            length = struct.unpack_from(">Q", head, 8)[0]
        if length < 8:
            return at
        at += length
        if at > size:
            return at if head[4:8] in _ENDING else size
    return size


def _segment_end(opened: BinaryIO) -> int:
    """Return where the segment after EBML's header ends, 0 where it does not say."""
    opened.seek(4)
    header = _length(opened)
    if header is None:
        return 0
    opened.seek(header, 1)
    if opened.read(4) != _SEGMENT:
        return 0
    length = _length(opened)
    return opened.tell() + length if length is not None else 0


def _length(opened: BinaryIO) -> int | None:
    """Read a length of variable size, None for the one that says "unknown"."""
    first = opened.read(1)
    width = 9 - first[0].bit_length() if first and first[0] else 0
    if width == 0:
        return None
    rest = opened.read(width - 1)
    value = int.from_bytes(first + rest, "big") & ((1 << (7 * width)) - 1)
    return None if len(rest) < width - 1 or value == (1 << (7 * width)) - 1 else value
