"""Clips as phones and cameras write them: turned, HDR, trimmed, in old and odd codecs; what each shows can be told from its pictures.

Upright, a clip shows a red square in its upper left corner and, at its foot, one green block more each second; the whole picture flashes
white, and a tone is heard, for a tenth of each second, so that picture and sound can be laid beside each other.
"""

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

Recipe = Callable[[Path], None]
FLASH_SECONDS = 0.1
BLOCKS = 8
"""Places for green blocks, from left to right."""
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-crf", "30")
AAC = ("-c:a", "aac", "-b:a", "64k")
HEVC_10 = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-crf", "28", "-tag:v", "hvc1")
UNITY = 0x00010000
TURNED_90 = (0, UNITY, 0, -UNITY, 0, 0)
"""The upper part of a display matrix: a player turns the picture a quarter clockwise (ISO/IEC 14496-12, 8.3.2)."""
MIRRORED = (-UNITY, 0, 0, 0, UNITY, 0)
PLACE = "+13.7500+100.5000/"
"""The middle of Bangkok, in the notation of phones (ISO 6709)."""
SDR = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
LIGHT_2020 = "zscale=t=linear,format=gbrpf32le,zscale=p=bt2020"
WHITE = 203
"""cd/m² of what is white on paper, as ITU-R BT.2408 puts it."""


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments], check=True)


def scene(width: int, height: int, rate: float = 30, seconds: float = 4, *, hidden: float = 0) -> str:
    """Return the source of pictures described above; the first `hidden` seconds are magenta, and are to be cut off."""
    side, block = min(width, height) // 4, width // BLOCKS
    boxes = [f"drawbox=0:0:{side}:{side}:0xE02020:fill"]
    for second in range(int(seconds)):
        place = f"{second * block}:{height - side // 2}:{block * 3 // 4}:{side // 2}"
        boxes.append(f"drawbox={place}:0x20C040:fill:enable='gte(t-{hidden},{second})'")
    boxes.append(f"drawbox=0:0:iw:ih:white:fill:enable='lt(mod(t-{hidden},1),{FLASH_SECONDS})'")
    if hidden:
        boxes.append(f"drawbox=0:0:iw:ih:magenta:fill:enable='lt(t,{hidden})'")
    grey = f"color=0x505058:size={width}x{height}:rate={rate}:duration={seconds + hidden}"
    return ",".join([grey, *boxes, "scale=out_color_matrix=bt709:out_range=tv", "format=yuv444p", SDR])


def tones(seconds: float, *, channels: str = "stereo", rate: int = 48000) -> str:
    """Return a source of sound that is heard for a tenth of each second."""
    return (
        f"sine=frequency=880:sample_rate={rate}:duration={seconds},volume='0.4*lt(mod(t,1),{FLASH_SECONDS})':eval=frame,"
        f"asetnsamples=64,aformat=channel_layouts={channels}"
    )


def _with_matrix(path: Path, upper: tuple[int, ...], shift: tuple[int, int]) -> None:
    """Write the display matrix of the first track, which must be the pictures'."""
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 44
    struct.pack_into(">9i", content, at, *upper, shift[0] * UNITY, shift[1] * UNITY, 0x40000000)
    path.write_bytes(content)


def _iphone(path: Path) -> None:
    """Write a clip held upright: HEVC of 10 bits in HLG, lying on its side, trimmed by an edit list, with the place where it was taken."""
    whole, width, height, seconds, hidden = path.with_suffix(".whole"), 540, 960, 6, 1
    hlg = f"transpose=cclock,{LIGHT_2020},zscale=t=arib-std-b67:npl={WHITE}:m=bt2020nc:r=tv,format=yuv420p10le"
    colours = ("-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc")
    signalled = "log-level=none:keyint=300:bframes=2:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc"
    pictures, sound = scene(width, height, seconds=seconds, hidden=hidden), tones(seconds + hidden)
    sources = ("-f", "lavfi", "-i", f"{pictures},{hlg}", "-f", "lavfi", "-i", sound)
    _ffmpeg(*sources, *HEVC_10, *colours, "-x265-params", signalled, *AAC, "-f", "mov", str(whole))
    noted = ("-movflags", "use_metadata_tags", "-metadata", f"com.apple.quicktime.location.ISO6709={PLACE}", "-timecode", "00:00:00:00")
    _ffmpeg("-ss", str(hidden), "-i", str(whole), "-c", "copy", *noted, "-f", "mov", str(path))
    whole.unlink()
    _with_matrix(path, TURNED_90, (width, 0))


RECIPES: dict[str, Recipe] = {
    "iphone.mov": _iphone,
}
