"""Copies of clips and sounds, made by ffmpeg in the jail, whose arguments ffmpeg-python writes; the caller says what becomes of each.

Long work stands back for everything else on the machine, holds to the settings `transcode_*`, and tells how far it is.
x264's `veryfast` is the quickest preset with all that makes H.264 small (CABAC, references, 8×8 transform); at equal quality it takes a
third of the time of `medium` for about a tenth more bytes, and `ultrafast` twice the bytes.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import ffmpeg
from ffmpeg._utils import convert_kwargs_to_cmd_line_args

from shared.sandbox.jail import ToolLimits, run
from shared.settings import MIB, settings
from shared.tools.media import guards

Report = Callable[[float], None]
"""Is told how far the work is, 0 to 1, about twice a second; what it raises ends the work."""
Chain = Iterable[tuple[str, Mapping[str, str | int | float]]]
"""Filters by name, with their options."""

ENTRIES = (
    "format=format_name,duration:"
    "stream=index,codec_type,codec_name,profile,width,height,pix_fmt,field_order,sample_aspect_ratio,avg_frame_rate,r_frame_rate,"
    "color_range,color_space,color_transfer,color_primaries,channels,start_time:"
    "stream_side_data=displaymatrix:stream_disposition=attached_pic"
)
NICENESS = 19
STATS_SECONDS = 0.5
KEYFRAME_SECONDS = 2
"""Between pictures at which a player can begin: seeking decodes two seconds at most."""
WEB_VIDEO: dict[str, Any] = {
    "c:v": "libx264", "preset": "veryfast", "crf": 23, "maxrate": "2500k", "bufsize": "5000k", "profile:v": "high", "level": "3.1",
    "force_key_frames": f"expr:gte(t,n_forced*{KEYFRAME_SECONDS})", "fps_mode:v": "vfr",
}  # fmt: skip
WEB_AUDIO: dict[str, Any] = {"c:a": "aac", "b:a": "128k"}
WEB_BITS = 2_500_000 + 128_000
"""A second, at most, of what is made anew."""
SMALL_VIDEO: dict[str, Any] = {
    **WEB_VIDEO, "crf": 26, "maxrate": "200k", "bufsize": "400k", "profile:v": "main", "level": "3.0",
}  # fmt: skip
LIGHT_AUDIO: dict[str, Any] = {"c:a": "aac", "b:a": "48k"}
SMALL, SOUND, STRIP, GRAY = "small.mp4", "sound.m4a", "strip.jpg", "gray"
PLAIN: dict[str, Any] = {"map_metadata": -1, "map_chapters": -1, "movflags": "+faststart", "fflags": "+bitexact", "f": "mp4"}
"""Nothing that the phone noted goes along, above all not where it was; the index comes first, so that playing begins at once."""
POSTER_WIDTH, POSTER_BYTES = 640, 4 * MIB
SPARE_BYTES = 16 * MIB
SILENCE = -70.0
_LOUDNESS = re.compile(rb"^lavfi\.r128\.I=(-?[0-9.]+)$")
_DONE = re.compile(rb"^out_time_us=(\d+)$")


class _Lines:
    """What a tool says on stdout, line by line; a line that does not end is let go."""

    def __init__(self, each: Callable[[bytes], None]) -> None:
        self._each, self._rest = each, b""

    def __call__(self, piece: bytes) -> None:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            self._each(line.strip())
        self._rest = self._rest[:1000]


def header(file: Path, type_: str | None = None) -> dict[str, Any]:
    """Return ffprobe's account of a clip's or sound's header: `format`, `streams`. Raises what `run` does."""
    options = convert_kwargs_to_cmd_line_args({"v": "error", **guards(type_), "show_entries": ENTRIES, "of": "json=compact=1"})
    account: dict[str, Any] = json.loads(run(["ffprobe", *options, "file:{file}"], file=file))
    return account


def loudness(file: Path, *, type_: str | None, audio: int, chain: Chain, seconds: float, report: Report) -> float:
    """Return how loud a stream is after the filters of `chain`, in LUFS (EBU R 128), `SILENCE` or less where nothing is heard.

    What loudnorm's first pass finds, by the filter that says it on stdout.
    """
    found, tell = SILENCE, _progress(seconds, report)

    def hear(line: bytes) -> None:
        nonlocal found
        if said := _LOUDNESS.match(line):
            found = float(said[1])
        else:
            tell(line)

    stream = _filtered(_input(file, type_)[str(audio)], chain)
    # A voice from one channel comes out of both loudspeakers.
    stream = stream.filter("ebur128", metadata=1, dualmono="true")
    stream = stream.filter("ametadata", mode="print", key="lavfi.r128.I", file="-", direct=1)
    run(_command(stream.output("-", f="null")), file=file, limits=_limits(0), told=_Lines(hear))
    return found


def web_copy(
    file: Path,
    *,
    out: Path,
    video: int,
    audio: int | None,
    pictures: Chain | None,
    sound: Chain | None,
    seconds: float,
    report: Report,
) -> Path:
    """Make an MP4 in the empty folder `out` of a stream of pictures and one of sound, each through its filters, or as it is if None."""
    source = _input(file)
    streams = [source[str(video)] if pictures is None else _filtered(source[str(video)], pictures)]
    options: dict[str, Any] = {"c:v": "copy"} if pictures is None else {**WEB_VIDEO, "threads": settings().transcode_threads}
    if audio is not None:
        streams.append(source[str(audio)] if sound is None else _filtered(source[str(audio)], sound))
        options |= {"c:a": "copy"} if sound is None else WEB_AUDIO
    command = _command(ffmpeg.output(*streams, "file:{out}/web.mp4", **options, **PLAIN))
    run(command, file=file, limits=_limits(web_bytes(file.stat().st_size, seconds)), out=out, told=_Lines(_progress(seconds, report)))
    return out / "web.mp4"


def sound_copy(file: Path, *, out: Path, type_: str, audio: int, sound: Chain, seconds: float, report: Report) -> Path:
    """Make `SOUND` in the empty folder `out` of a stream of sound through its filters. Raises what `run` does."""
    stream = _filtered(_input(file, type_)[str(audio)], sound)
    command = _command(stream.output(f"file:{{out}}/{SOUND}", **WEB_AUDIO, **PLAIN))
    run(command, file=file, limits=_limits(web_bytes(0, seconds)), out=out, told=_Lines(_progress(seconds, report)))
    return out / SOUND


def poster(file: Path, *, video: int, pictures: Chain | None, at_seconds: float) -> bytes:
    """Return one picture of a stream, through the filters of its web copy if it has any, as JPEG, at most `POSTER_WIDTH` wide."""
    source = ffmpeg.input("file:{file}", ss=at_seconds, **guards(None))[str(video)]
    shown = _filtered(source, (*(pictures or ()), *_for_jpeg(f"min({POSTER_WIDTH},iw)", -2)))
    command = shown.output("pipe:1", vframes=1, f="mjpeg", **{"q:v": 4, "threads": 1}, fs=POSTER_BYTES).global_args(
        "-nostdin", "-v", "error"
    )
    return run(command.compile(), file=file)


def light_copies(
    file: Path,
    *,
    out: Path,
    small: tuple[int, int],
    audio: bool,
    strip: tuple[int, int, int, int, float],
    gray: tuple[int, int, float],
    seconds: float,
    report: Report,
) -> None:
    """Make of a web copy, decoded once, `SMALL`, `STRIP`, `GRAY` and, where there is `audio`, `SOUND` in the empty folder `out`.

    `small` is a width and height; `strip` the columns and rows of pictures, the width and height of one, and the seconds between them;
    `gray` the width and height of raw pictures of a byte a pixel, and the seconds between them. Raises what `run` does.
    """
    source = _input(file)
    pictures = source["v:0"].filter_multi_output("split", 3)
    scaled = _filtered(pictures[0], [("scale", {"w": small[0], "h": small[1]}), ("setsar", {"sar": 1})])
    columns, rows, width, height, apart = strip
    # The last picture stands for what goes on without pictures, so that the strip is always full.
    tiled: Chain = [
        ("fps", {"fps": f"1/{apart}"}),
        *_for_jpeg(width, height),
        ("tpad", {"stop_mode": "clone", "stop": columns * rows}),
        ("tile", {"layout": f"{columns}x{rows}"}),
    ]
    looks: Chain = [
        ("fps", {"fps": f"1/{gray[2]}"}),
        ("scale", {"w": gray[0], "h": gray[1], "flags": "area"}),
        ("format", {"pix_fmts": "gray"}),
    ]
    threads = {"threads": settings().transcode_threads}
    strip_options: dict[str, Any] = {"frames:v": 1, "c:v": "mjpeg", "q:v": 5, "f": "image2", "update": 1, "threads": 1}
    heard: list[Any] = []
    if audio:
        mono: Chain = [
            ("aresample", {"sample_rate": 48_000, "async": 1, "first_pts": 0}),
            ("aformat", {"channel_layouts": "mono", "sample_fmts": "fltp"}),
        ]
        split = _filtered(source["a:0"], mono).filter_multi_output("asplit", 2)
        heard = [split[0], split[1]]
    outputs = [
        ffmpeg.output(scaled, *heard[:1], f"file:{{out}}/{SMALL}", **SMALL_VIDEO, **LIGHT_AUDIO, **threads, **PLAIN),
        ffmpeg.output(_filtered(pictures[1], tiled), f"file:{{out}}/{STRIP}", **strip_options),
        ffmpeg.output(_filtered(pictures[2], looks), f"file:{{out}}/{GRAY}", f="rawvideo", pix_fmt="gray"),
        *(ffmpeg.output(stream, f"file:{{out}}/{SOUND}", **LIGHT_AUDIO, **PLAIN) for stream in heard[1:]),
    ]
    command = _command(ffmpeg.merge_outputs(*outputs))
    run(command, file=file, limits=_limits(web_bytes(0, seconds)), out=out, told=_Lines(_progress(seconds, report)))


def web_bytes(size_bytes: int, seconds: float) -> int:
    """Return how large a copy may become that is taken over from a clip of so many bytes, or made anew of so many seconds."""
    return max(size_bytes, int(seconds * WEB_BITS * 1.25 / 8)) + SPARE_BYTES


def _input(file: Path, type_: str | None = None) -> Any:
    return ffmpeg.input("file:{file}", **guards(type_), threads=settings().transcode_threads)


def _for_jpeg(width: int | str, height: int) -> Chain:
    """Return the filters to the colours that JPEG counts in."""
    return ("scale", {"w": width, "h": height, "out_color_matrix": "bt601", "out_range": "pc"}), ("format", {"pix_fmts": "yuvj420p"})


def _filtered(stream: Any, chain: Chain) -> Any:
    for name, options in chain:
        stream = stream.filter(name, **options)
    return stream


def _command(output: Any) -> list[str]:
    threads = settings().transcode_threads
    quiet = ("-nostdin", "-v", "error", "-filter_complex_threads", str(threads))
    words: list[str] = output.global_args(*quiet, "-progress", "pipe:1", "-stats_period", str(STATS_SECONDS)).compile()
    return words


def _progress(seconds: float, report: Report) -> Callable[[bytes], None]:
    def tell(line: bytes) -> None:
        if done := _DONE.match(line):
            report(min(1.0, int(done[1]) / 1e6 / max(seconds, 1.0)))
        elif line.startswith(b"out_time_us="):
            report(0.0)

    return tell


def _limits(file_bytes: int) -> ToolLimits:
    known = settings()
    return ToolLimits(
        wall_seconds=known.transcode_wall_seconds,
        cpu_seconds=known.transcode_cpu_seconds,
        memory_bytes=known.transcode_memory_bytes,
        output_bytes=MIB,
        file_bytes=file_bytes,
        niceness=NICENESS,
    )
