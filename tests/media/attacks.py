"""Files that name other files, or are not what they are called. None points anywhere but at this machine."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Recipe = Callable[[Path], None]
CANARY = "http://127.0.0.1:9/canary"
"""Nobody listens at port 9; a tool in the jail could not even ask."""
SECRET = "file:///etc/hostname"


def _text(content: str) -> Recipe:
    return lambda path: path.write_text(content, encoding="utf-8") and None


def _bytes(content: bytes) -> Recipe:
    return lambda path: path.write_bytes(content) and None


def _large_picture(path: Path) -> None:
    """Put one PNG of 8,000 × 8,000 pixels into a MOV: little to send, much to decode."""
    source = ("-f", "lavfi", "-i", "color=c=black:size=8000x8000:rate=1:duration=1")
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *source, "-c:v", "png", "-f", "mov", str(path)], check=True)


HLS = f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{{}}\n#EXT-X-ENDLIST\n# {CANARY}\n"
DASH = f"""<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S" profiles="urn:mpeg:dash:profile:isoff-main:2011">
<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">
<BaseURL>{CANARY}</BaseURL></Representation></AdaptationSet></Period>
</MPD>
"""

RECIPES: dict[str, Recipe] = {
    "empty.mp4": _bytes(b""),
    "one-byte.mp4": _bytes(b"\0"),
    "text.mp4": _text("This was a letter before somebody called it a clip.\n" * 200),
    "zeros.mp4": _bytes(bytes(100_000)),
    "ftyp-only.mp4": _bytes(b"\0\0\0\x18ftypisom\0\0\2\0isommp41"),
    "box-without-end.mp4": _bytes(b"\0\0\0\x18ftypisom\0\0\2\0isommp41" + b"\xff\xff\xff\xffmoov" * 1000),
    "ebml-only.mkv": _bytes(b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x88matroskaB\x87\x81\x04"),
    "hls-file.mp4": _text(HLS.format(SECRET)),
    "hls-network.mp4": _text(HLS.format(CANARY)),
    "dash.mp4": _text(DASH),
    "concat.mp4": _text(f"ffconcat version 1.0\nfile {SECRET}\n"),
    "large-picture.mov": _large_picture,
}
