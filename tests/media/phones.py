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
BT709 = ("-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-crf", "30", *BT709)
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
        f"sine=frequency=880:sample_rate={rate}:duration={seconds},volume='4*lt(mod(t,1),{FLASH_SECONDS})':eval=frame,"
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


def _clip(
    *output: str,
    size: tuple[int, int] = (320, 180),
    rate: float = 25,
    seconds: float = 4,
    form: str = "mp4",
    then: str = "format=yuv420p",
    sound: str | None = None,
    late: float = 0,
) -> Recipe:
    """Return a recipe for the scene in other shapes; `sound` is a source, "" for none, that begins `late` seconds after the pictures."""

    def make(path: Path) -> None:
        sources = ["-f", "lavfi", "-i", f"{scene(*size, rate, seconds)},{then}"]
        heard = tones(seconds) if sound is None else sound
        if heard:
            sources += ["-itsoffset", str(late), "-f", "lavfi", "-i", heard]
        _ffmpeg(*sources, *(output or (*H264, *AAC)), "-f", form, str(path))

    return make


def _turned(upper: tuple[int, ...], shift: tuple[int, int], how: str) -> Recipe:
    """Return a recipe for pictures that lie in the file as `how` does it to them, and are put right by the display matrix."""

    def make(path: Path) -> None:
        _clip(then=f"{how},format=yuv420p")(path)
        _with_matrix(path, upper, shift)

    return make


def _trimmed(path: Path) -> None:
    """Cut the first second off by an edit list alone: the pictures before it are still there, for those after it need them."""
    whole = path.with_suffix(".whole")
    sources = ("-f", "lavfi", "-i", f"{scene(320, 180, 25, 4, hidden=1)},format=yuv420p", "-f", "lavfi", "-i", tones(5))
    _ffmpeg(*sources, *H264, "-g", "250", *AAC, "-f", "mp4", str(whole))
    _ffmpeg("-ss", "1", "-i", str(whole), "-c", "copy", "-f", "mp4", str(path))
    whole.unlink()


def _uneven(path: Path) -> None:
    """Let pictures stand unequally long, as phones do in the dark: 30 a second, and 12 a second from the third second on."""
    uneven = "select='lt(t,2)+not(mod(n,5))+not(mod(n-2,5))',format=yuv420p"
    _clip(*H264, *AAC, "-fps_mode", "vfr", rate=30, then=uneven)(path)


def _hdr10(path: Path) -> None:
    """Write HDR10: PQ, where light is told in cd/m²."""
    pq = f"{LIGHT_2020},zscale=t=smpte2084:npl={WHITE}:m=bt2020nc:r=tv,format=yuv420p10le"
    signalled = "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
    colours = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")
    _clip(*HEVC_10, *colours, "-x265-params", signalled, *AAC, then=pq)(path)


SURROUND = "aevalsrc='0|0|0.4*sin(5530*t)*lt(mod(t,1),0.1)|0|0|0':channel_layout=5.1:sample_rate=48000:duration=4"
INTERLACED = ("-flags", "+ildct+ilme", "-x264-params", "tff=1:log-level=none")
BT601 = "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p,setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown"
QUICK = ("-deadline", "realtime", "-cpu-used", "8")
TELEPHONE = ("-c:a", "aac", "-ar", "8000", "-ac", "1", "-b:a", "12k")
CAMERA = ("-c:v", "mjpeg", "-q:v", "4", "-c:a", "pcm_s16le")
SLOW = ("-x264-params", "log-level=none:keyint=1000")

RECIPES: dict[str, Recipe] = {
    "iphone.mov": _iphone,
    "hdr10.mp4": _hdr10,
    "web.mp4": _clip(),
    "where-it-was.mov": _clip(*H264, *AAC, "-metadata", f"location={PLACE}", "-metadata", "creation_time=2020-05-01T03:00:00Z", form="mov"),
    "full-hd.mp4": _clip(size=(1920, 1080), seconds=2),
    "more-than-hd.mp4": _clip("-c:v", "libx264", "-preset", "ultrafast", *AAC, size=(2560, 1440), seconds=2),
    "turned-and-playable.mp4": _turned(TURNED_90, (180, 0), "transpose=cclock"),
    "mirrored.mp4": _turned(MIRRORED, (320, 0), "hflip"),
    "trimmed.mp4": _trimmed,
    "full-range.mp4": _clip(*H264, "-color_range", "pc", *AAC, then="format=yuv420p,scale=out_range=pc,setparams=range=pc"),
    "rgb-like.mp4": _clip("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", *BT709, *AAC, then="format=yuv444p"),
    "odd-sides.webm": _clip("-c:v", "libvpx-vp9", *QUICK, *BT709, "-c:a", "libopus", size=(321, 181), form="webm"),
    "vp8.webm": _clip("-c:v", "libvpx", *QUICK, "-c:a", "libvorbis", then=BT601, form="webm"),
    "hevc.mkv": _clip("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", *BT709, *AAC, form="matroska"),
    "old-phone.3gp": _clip("-c:v", "h263", *TELEPHONE, size=(176, 144), then=BT601, form="3gp"),
    "camera.mov": _clip(*CAMERA, then="scale=out_color_matrix=bt601:out_range=pc,format=yuvj422p", form="mov"),
    "prores.mov": _clip("-c:v", "prores_ks", "-profile:v", "2", "-c:a", "pcm_s24le", then=f"{BT601},format=yuv422p10le", form="mov"),
    "interlaced.mp4": _clip(*H264, *INTERLACED, *AAC, rate=50, then="interlace=scan=tff,format=yuv420p"),
    "wide-pixels.mp4": _clip(size=(160, 180), then="format=yuv420p,setsar=2"),
    "slow-motion.mp4": _clip(rate=120),
    "fifty.mp4": _clip(rate=50),
    "uneven.mp4": _uneven,
    "one-channel.mkv": _clip(sound=tones(4, channels="mono"), form="matroska"),
    "surround.mp4": _clip(sound=SURROUND),
    "mute.mp4": _clip(sound=""),
    "silence.mkv": _clip(sound="anullsrc=channel_layout=stereo:sample_rate=48000:duration=4", form="matroska"),
    "sound-begins-late.mkv": _clip(sound=tones(2), late=2, form="matroska"),
    "pictures-and-pcm.mov": _clip(*H264, "-c:a", "pcm_s16le", form="mov"),
    "same-in-vp9.webm": _clip("-c:v", "libvpx-vp9", *QUICK, *BT709, "-c:a", "libopus", rate=24, seconds=8, form="webm"),
    "far-between-keyframes.mkv": _clip(*H264, *SLOW, *AAC, seconds=8, form="matroska"),
}
