"""Clips that would harm: that name other files, are too large, never end, or are not what they are called.

What an attack points at is its bait, so that a test can plant a secret and a server and see whether anybody came.
None points anywhere but at this machine.
"""

import base64
import io
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from media import clips
from media.boxes import FTYP, Track, avcc, box, clip, full, h264_heads, movie, numbers

Recipe = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Bait:
    """Where attacks lead: an address, and a file on this machine."""

    address: str = "http://127.0.0.1:9/canary"
    """Nobody listens at port 9; a tool in the jail could not even ask."""
    file: str = "/etc/hostname"

    @property
    def both(self) -> dict[str, str]:
        """Return them by a word for names."""
        return {"file": f"file://{self.file}", "network": self.address}


def of_text(content: str) -> Recipe:
    return of_bytes(content.encode())


def of_bytes(content: bytes) -> Recipe:
    return made_of(lambda: content)


def made_of(content: Callable[[], bytes]) -> Recipe:
    """Return a recipe for bytes that are long in the making."""

    def make(path: Path) -> None:
        path.write_bytes(content())

    return make


def _changed(name: str, change: Callable[[bytes], bytes]) -> Recipe:
    """Return a recipe that changes the bytes of an honest clip."""

    def make(path: Path) -> None:
        clips.RECIPES[name](path)
        path.write_bytes(change(path.read_bytes()))

    return make


HLS = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:13\n{extra}#EXTINF:13,\n{target}\n#EXT-X-ENDLIST\n"
DASH = """<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT13S" profiles="urn:mpeg:dash:profile:isoff-main:2011">
<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>{target}</BaseURL></Representation>
</AdaptationSet></Period></MPD>
"""
SUBTITLES = """[Script Info]
ScriptType: v4.00+
Audio File: {target}
Video File: {target}
[Fonts]
fontname: {target}
[Events]
Dialogue: 0,0:00:00.00,0:00:13.00,Default,,0,0,0,,{{\\p1}}{target}
"""


def references(bait: Bait) -> dict[str, Recipe]:
    """Return the clips that name another file or a server, under every name that a clip may have."""
    found: dict[str, Recipe] = {}
    for where, target in bait.both.items():
        alis = bytes(150) + struct.pack(">HH", 2, len(target)) + target.encode() + struct.pack(">HH", 0xFFFF, 0)
        drefs = {
            "url": full(b"url ", target.encode() + b"\0"),
            "urn": full(b"urn ", b"x\0" + target.encode() + b"\0"),
            "alias": full(b"alis", alis),
            "fork": full(b"rsrc", alis),
        }
        for suffix in ("mp4", "mov", "mkv"):
            found[f"hls-{where}.{suffix}"] = of_text(HLS.format(extra="", target=target))
        found |= {
            f"hls-key-{where}.mp4": of_text(HLS.format(extra=f'#EXT-X-KEY:METHOD=AES-128,URI="{target}"\n', target="segment.ts")),
            f"hls-map-{where}.mp4": of_text(HLS.format(extra=f'#EXT-X-MAP:URI="{target}"\n', target=target)),
            f"hls-of-hls-{where}.mp4": of_text(f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{target}\n"),
            f"hls-within-{where}.mp4": of_text(
                HLS.format(extra="", target="data:text/plain;base64," + base64.b64encode(target.encode()).decode())
            ),
            f"dash-{where}.mp4": of_text(DASH.format(target=target)),
            f"dash-behind-ftyp-{where}.mp4": of_bytes(FTYP + DASH.format(target=target).encode()),
            f"dash-in-a-box-{where}.mp4": of_bytes(FTYP + box(b"free", DASH.format(target=target).encode()) + clip(_picture())),
            f"concat-{where}.mp4": of_text(f"ffconcat version 1.0\nfile '{target}'\n"),
            f"subtitles-{where}.mp4": of_text(f'1\n00:00:00,000 --> 00:00:13,000\n<img src="{target}"><font face="{target}">x</font>\n'),
            f"ass-{where}.mkv": of_text(SUBTITLES.format(target=target)),
            f"sdp-{where}.mp4": of_text(
                f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\na=control:{target}\nm=video 9 RTP/AVP 96\n"
            ),
            f"smil-{where}.mp4": of_text(f'<?xml version="1.0"?><smil><body><video src="{target}"/></body></smil>'),
            f"sami-behind-ftyp-{where}.mp4": of_bytes(FTYP + f'<SAMI><BODY><SYNC Start=0><P><img src="{target}"></SAMI>'.encode()),
            f"reference-movie-{where}.mov": of_bytes(
                FTYP + box(b"moov", box(b"rmra", box(b"rmda", full(b"rdrf", b"url ", numbers(len(target) + 1), target.encode() + b"\0"))))
            ),
            f"vmaf-{where}.mp4": of_text(f"movie={target}"),
        }
        for name, dref in drefs.items():
            found[f"dref-{name}-{where}.mov"] = of_bytes(clip(_picture(), _picture(), reference=dref))
    return found


def _picture() -> bytes:
    with io.BytesIO() as out:
        Image.new("RGB", (16, 16), "red").save(out, "PNG")
        return out.getvalue()


def large_png(width: int, height: int) -> bytes:
    """Return a PNG of so many black or white pixels, a thousandth of a bit each."""
    row, packer = bytes(1 + (width + 7) // 8), zlib.compressobj(9)
    content = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def _large_h264(width: int, height: int) -> bytes:
    sample = b"\0\0\0\x05\x65\x88\x84\0\0"
    return clip(*[sample] * 10, codec=b"avc1", width=width, height=height, configuration=avcc(*h264_heads(width, height)))


def _grows(path: Path) -> None:
    """Begin with small pictures, and say in the middle of the stream that they are 8,192 wide from now on."""
    small, stream = path.with_suffix(".h264"), path.with_suffix(".both.h264")
    ffmpeg = ["ffmpeg", "-nostdin", "-v", "quiet", "-y"]
    source = ["-f", "lavfi", "-i", "testsrc=size=128x72:rate=25:duration=2"]
    subprocess.run([*ffmpeg, *source, "-c:v", "libx264", "-bf", "0", "-f", "h264", str(small)], check=True)
    sequence, picture = h264_heads(8192, 8192)
    start = b"\0\0\0\1"
    stream.write_bytes(small.read_bytes() + start + sequence + start + picture + (start + b"\x65\x88\x84\0\0") * 5)
    # ffmpeg complains of what follows the change, and keeps it.
    subprocess.run([*ffmpeg, "-f", "h264", "-i", str(stream), "-c", "copy", "-f", "mp4", str(path)], check=True)
    small.unlink()
    stream.unlink()


def _packets(count: int) -> bytes:
    """Say that there are so many pictures of one byte, all of them the same one: chunks of 4 bytes each in the table."""
    one = Track(offset=len(FTYP) + 8)
    place = struct.pack(">I", len(FTYP) + 8)
    one.tables = {
        b"stts": numbers(0, 1, count, 1),
        b"stsc": numbers(0, 1, 1, 1, 1),
        b"stsz": numbers(0, 1, count),
        b"stco": numbers(0, count) + place * count,
    }
    return FTYP + box(b"mdat", b"\0") + movie(one, lasting=count)


def _lying(table: bytes, content: bytes) -> bytes:
    """Return a little clip, one of whose tables lies."""
    return clip(_picture(), _picture(), tables={table: content})


def _nested(name: bytes, depth: int) -> bytes:
    """Return boxes within boxes."""
    return b"".join(struct.pack(">I4s", 8 * (depth - level), name) for level in range(depth))


def element(number: bytes, content: bytes) -> bytes:
    """Return an element of Matroska (RFC 8794), its length in 8 bytes."""
    return number + b"\x01" + len(content).to_bytes(7, "big") + content


EBML = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x88matroskaB\x87\x81\x04B\x85\x81\x02"
SEGMENT, CLUSTER = b"\x18S\x80g\x01\xff\xff\xff\xff\xff\xff\xff", b"\x1fC\xb6u\x01\xff\xff\xff\xff\xff\xff\xff"
"""Of unknown length."""


def _seek_to_itself() -> bytes:
    """Return a Matroska file whose table of contents names the table of contents, at its own place."""
    seek = element(b"\x4d\xbb", element(b"\x53\xab", b"\x11\x4d\x9b\x74") + element(b"\x53\xac", bytes(8)))
    return EBML + SEGMENT + element(b"\x11\x4d\x9b\x74", seek * 500)


def _chapters(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = element(b"\xb6", inner)
    return EBML + SEGMENT + element(b"\x10\x43\xa7\x70", element(b"\x45\xb9", inner))


def _web_page() -> bytes:
    page = b"<html><script>location='http://127.0.0.1:9/'</script></html>"
    return FTYP + box(b"free", page) + clip(_picture(), _picture())


def _archive(name: str) -> bytes:
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, "<x/>")
        return out.getvalue()


H264_16K, PNG_16K = partial(_large_h264, 16384, 16384), lambda: clip(large_png(16_000, 16_000), width=16_000, height=16_000)
OTHERS: dict[str, Recipe] = {
    "empty.mp4": of_bytes(b""),
    "one-byte.mp4": of_bytes(b"\0"),
    "text.mp4": of_text("This was a letter before somebody called it a clip.\n" * 200),
    "zeros.mp4": of_bytes(bytes(100_000)),
    "ftyp-only.mp4": of_bytes(FTYP),
    "ebml-only.mkv": of_bytes(EBML[:40]),
    # Too large.
    "png-16000.mov": made_of(PNG_16K),
    "png-16000-called-16.mov": made_of(lambda: clip(large_png(16_000, 16_000))),
    "h264-16384.mp4": made_of(H264_16K),
    "h264-16384-called-16.mp4": made_of(lambda: H264_16K().replace(struct.pack(">HH", 16384, 16384), struct.pack(">HH", 16, 16))),
    "h264-grows-to-8192.mp4": _grows,
    "65535-wide.mov": of_bytes(clip(_picture(), width=65535, height=65535)),
    "two-thousand-streams.mov": made_of(lambda: FTYP + movie(*[Track()] * 2000)),
    "two-thousand-streams-of-pictures.mp4": made_of(
        lambda: FTYP + box(b"mdat", _picture()) + movie(*[Track(sizes=[len(_picture())], offset=36)] * 2000)
    ),
    "million-packets.mp4": made_of(partial(_packets, 1_000_000)),
    "eight-million-packets.mp4": made_of(partial(_packets, 8_000_000)),
    # Without end.
    "box-without-end.mp4": of_bytes(FTYP + b"\xff\xff\xff\xffmoov" * 1000),
    "box-of-length-0.mp4": of_bytes(FTYP + b"\0\0\0\0moov" * 10_000),
    "box-of-length-1.mp4": of_bytes(FTYP + struct.pack(">I4sQ", 1, b"moov", 1 << 63) * 5000),
    "box-of-length-7.mp4": of_bytes(FTYP + b"\0\0\0\7moov" * 10_000),
    "boxes-in-boxes.mp4": made_of(lambda: FTYP + _nested(b"moov", 100_000)),
    "boxes-in-tracks.mp4": made_of(lambda: FTYP + box(b"moov", _nested(b"trak", 100_000))),
    "samples-4-billion.mp4": of_bytes(_lying(b"stsz", numbers(0, 1, 0xFFFFFFFF))),
    "times-4-billion.mp4": of_bytes(_lying(b"stts", numbers(0, 1, 0xFFFFFFFF, 0xFFFFFFFF))),
    "chunks-4-billion.mp4": of_bytes(_lying(b"stco", numbers(0, 0xFFFFFFFF, 36))),
    "chunks-in-the-header.mp4": of_bytes(_lying(b"stco", numbers(0, 1, 0))),
    "chunks-loop.mp4": of_bytes(_lying(b"stsc", numbers(0, 2, 1, 0xFFFFFFFF, 1, 0, 0, 1))),
    "entries-4-billion.mp4": of_bytes(_lying(b"stsd", numbers(0, 0xFFFFFFFF))),
    "fragments-loop.mp4": _changed("fragmented.mp4", lambda content: content + content[content.find(b"moof") - 4 :] * 50),
    "fragments-index-itself.mp4": of_bytes(
        FTYP + full(b"sidx", numbers(1, 1000, 0, 0, 500), numbers(*[0x80000000, 1000, 0] * 500)) + clip(_picture())
    ),
    "seek-to-itself.mkv": made_of(_seek_to_itself),
    "clusters-in-clusters.mkv": of_bytes(EBML + SEGMENT + CLUSTER * 20_000),
    "chapters-in-chapters.mkv": made_of(lambda: _chapters(3000)),
    "segments-in-segments.mkv": of_bytes(EBML + SEGMENT * 20_000),
    "void-without-end.mkv": of_bytes(EBML + SEGMENT + b"\xec\x80" * 100_000),
    "element-of-all-bytes.mkv": of_bytes(EBML + element(b"\x18S\x80g", b"\x16T\xaek\x01\xff\xff\xff\xff\xff\xff\xfe" + bytes(1000))),
    # Two things at once.
    "clip-and-web-page.mp4": made_of(_web_page),
    "clip-and-archive.mp4": made_of(lambda: clip(_picture(), _picture()) + _archive("word/document.xml")),
    "archive-called-a-clip.mp4": made_of(lambda: _archive("word/document.xml")),
    "program.mp4": of_bytes(b"\x7fELF\2\1\1" + bytes(4000)),
    "script.mp4": of_text("#!/bin/sh\ntouch /tmp/omsap-was-here\n"),
}
TENTHS: dict[str, Recipe] = {
    f"{tenth}-tenths-of-{name}": _changed(name, lambda content, tenth=tenth: content[: len(content) * tenth // 10])  # type: ignore[misc]
    for name in ("h264.mp4", "fast-start.mp4", "fragmented.mp4", "h264.mkv", "vp9.webm", "hevc.mov")
    for tenth in range(1, 10)
}


def recipes(bait: Bait) -> dict[str, Recipe]:
    """Return every attack of a clip, by the name of the file."""
    return {**references(bait), **OTHERS, **TENTHS}


RECIPES = recipes(Bait())
