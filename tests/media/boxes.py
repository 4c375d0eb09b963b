"""Write MP4 and MOV files box by box, so that any number in them can lie (ISO/IEC 14496-12; QuickTime File Format)."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

FTYP = b"\0\0\0\x18ftypisom\0\0\2\0isommp41"
UNIT = bytes.fromhex("00010000 0000 0000 0000 0000 0000 0000 00010000 0000 0000 0000 0000 0000 0000 40000000".replace(" ", ""))
"""The matrix that turns nothing."""
TIMESCALE = 1000


def box(name: bytes, *parts: bytes) -> bytes:
    """Return a box with its length."""
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), name) + content


def full(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    """Return a box of version 0 with flags."""
    return box(name, struct.pack(">I", flags), *parts)


def numbers(*values: int) -> bytes:
    """Return 32-bit numbers."""
    return struct.pack(f">{len(values)}I", *values)


@dataclass(kw_only=True)
class Track:
    """One track of pictures. Every table may be replaced by one that lies."""

    codec: bytes = b"png "
    width: int = 16
    height: int = 16
    sizes: Sequence[int] = ()
    offset: int = 0
    """Where its one chunk begins."""
    frame: int = 40
    """Of `TIMESCALE`."""
    configuration: bytes = b""
    reference: bytes | None = None
    """A data reference other than "in this file"."""
    tables: dict[bytes, bytes] = field(default_factory=dict)
    """Content of a table by its name, in place of the honest one."""

    def box(self, number: int) -> bytes:
        """Return the `trak` box."""
        lasting = self.frame * len(self.sizes)
        entry = bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HHIIIH", self.width, self.height, 72 << 16, 72 << 16, 0, 1)
        entry += bytes(32) + struct.pack(">Hh", 24, -1) + self.configuration
        tables = {
            b"stsd": numbers(0, 1) + box(self.codec, entry),
            b"stts": numbers(0, 1, len(self.sizes), self.frame),
            b"stsc": numbers(0, 1, 1, max(1, len(self.sizes)), 1),
            b"stsz": numbers(0, 0, len(self.sizes), *self.sizes),
            b"stco": numbers(0, 1, self.offset),
            **self.tables,
        }
        dref = full(b"dref", numbers(1), self.reference or full(b"url ", flags=1))
        shape = (
            numbers(0, 0, number, 0, lasting, 0, 0, 0, 0) + UNIT + numbers(self.width << 16 & 0xFFFFFFFF, self.height << 16 & 0xFFFFFFFF)
        )
        return box(
            b"trak",
            full(b"tkhd", shape[4:], flags=3),
            box(
                b"mdia",
                full(b"mdhd", numbers(0, 0, TIMESCALE, lasting, 0x55C40000)),
                full(b"hdlr", numbers(0), b"vide", bytes(12), b"\0"),
                box(
                    b"minf",
                    full(b"vmhd", bytes(8), flags=1),
                    box(b"dinf", dref),
                    box(b"stbl", *(box(name, table) for name, table in tables.items())),
                ),
            ),
        )


def movie(*tracks: Track, lasting: int = 1000) -> bytes:
    """Return the `moov` box."""
    head = (
        numbers(0, 0, TIMESCALE, lasting, 0x00010000) + struct.pack(">H", 0x100) + bytes(10) + UNIT + bytes(24) + numbers(len(tracks) + 1)
    )
    return box(b"moov", full(b"mvhd", head), *(track.box(number) for number, track in enumerate(tracks, start=1)))


def clip(*samples: bytes, **track: object) -> bytes:
    """Return a whole file of one track with these pictures."""
    content = box(b"mdat", *samples)
    made = Track(sizes=[len(sample) for sample in samples], offset=len(FTYP) + 8, **track)  # type: ignore[arg-type]
    return FTYP + content + movie(made, lasting=made.frame * len(samples))


class Bits:
    """Numbers bit by bit, as H.264 writes them."""

    def __init__(self) -> None:
        self._bits = ""

    def fixed(self, value: int, width: int) -> "Bits":
        """Write so many bits."""
        self._bits += f"{value:0{width}b}"
        return self

    def golomb(self, *values: int) -> "Bits":
        """Write Exp-Golomb codes (ITU-T H.264, 9.1)."""
        for value in values:
            code = f"{value + 1:b}"
            self._bits += "0" * (len(code) - 1) + code
        return self

    def whole(self) -> bytes:
        """Return the bytes, ended by a one and zeros, with the three bytes that may not stand in a stream kept apart."""
        bits = self._bits + "1"
        content = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
        kept = bytearray()
        for byte in content:
            if kept[-2:] == b"\0\0" and byte <= 3:
                kept.append(3)
            kept.append(byte)
        return bytes(kept)


def h264_heads(width: int, height: int) -> tuple[bytes, bytes]:
    """Return sequence and picture parameters of a picture of that size (multiples of 16), without their start codes."""
    sequence = Bits().fixed(66, 8).fixed(0, 8).fixed(62, 8).golomb(0, 0, 2, 1).fixed(0, 1)
    sequence.golomb(width // 16 - 1, height // 16 - 1).fixed(1, 1).fixed(1, 1).fixed(0, 1).fixed(0, 1)
    picture = Bits().golomb(0, 0).fixed(0, 2).golomb(0, 0, 0).fixed(0, 3).golomb(0, 0, 0).fixed(0, 3)
    return b"\x67" + sequence.whole(), b"\x68" + picture.whole()


def avcc(sequence: bytes, picture: bytes) -> bytes:
    """Return the box that tells a player of them (ISO/IEC 14496-15, 5.3.3.1)."""
    lengths = (struct.pack(">H", len(sequence)), struct.pack(">H", len(picture)))
    return box(b"avcC", b"\x01" + sequence[1:4] + b"\xff\xe1", lengths[0], sequence, b"\x01", lengths[1], picture)
