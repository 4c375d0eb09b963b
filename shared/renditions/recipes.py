"""How a clip becomes one that every browser plays: what is taken over as it is, and what is made anew, by which filters. Pure.

What browsers play everywhere is MP4 with H.264 in 8 bits of 4:2:0, progressive, and AAC or MP3; they turn it by quarters but do not mirror
it. Pictures and sound are judged apart: where only the sound is of another kind, the pictures are not made anew.
Sources: ITU-R BT.2100 and BT.2408 (HDR; white at 203 cd/m²), EBU R 128 (loudness), ISO/IEC 14496-12, 8.3.2 (display matrix).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple

from shared.errors import Invalid
from shared.renditions.storyboard import Storyboard

LONG, SHORT = 1280, 720
"""The most pixels of a copy that is made anew, upright or not."""
TAKEN_LONG, TAKEN_SHORT = 1920, 1080
TAKEN_RATE = 60.5
RATE = 30.0
_RATE_SLACK = 0.01
LATE_SECONDS = 0.1
"""Pictures that begin so much after the sound are led in by the first of them."""
SOUND_RATE = 48_000

PROFILES = frozenset({"Constrained Baseline", "Baseline", "Main", "High"})
SOUND_PROFILES = frozenset({"LC", "HE-AAC", "HE-AACv2"})
INTERLACED = frozenset({"tt", "bb", "tb", "bt"})
HDR = frozenset({"smpte2084", "arib-std-b67"})
WIDE = "bt2020"
WHITE, PEAK = 203, 1000
"""cd/m²: what was white on paper, and the brightest light that is still told from brighter."""
KNEE = 0.5
"""Light below this share of white is kept as it is; above, up to the peak, it is pressed together. Grays and faces stay what they were."""
BT709 = {"range": "tv", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}

SMALL_LINES = 240
PICTURES, LEAST_APART, COLUMNS = 60, 0.5, 10
"""Of a strip: at most so many, so many seconds apart at least, so many in a row."""
STRIP_HEIGHT, STRIP_WIDTH = 90, 240
"""The most pixels of one."""

LOUDNESS = -23.0
"""LUFS, EBU R 128."""
SILENT = -55.0
"""LUFS; what is quieter is a silence or a hum, which is not made louder."""
MOST_GAIN = 20.0
"""dB; more would make noise of a room."""
CEILING = 10 ** (-2.0 / 20)
"""Of samples; between them sound may rise by about 1 dB more, to the -1 dBTP of EBU R 128."""

SHORTER_SECONDS, LONGER_SECONDS, SLACK_SHARE = 1.0, 2.0, 0.01
"""What a copy's length may differ: its last picture, sound that goes on a little, and what came before pictures and sound began."""


class Filter(NamedTuple):
    """A filter of ffmpeg and its options."""

    name: str
    options: Mapping[str, str | int | float]


Chain = tuple[Filter, ...]


class CopyIncomplete(Invalid):
    """What was made is not the whole of what was sent; it is not shown."""

    th = "ไฟล์สำหรับดูยาว {made_seconds} วินาที แต่ต้นฉบับยาว {seconds} วินาที จึงไม่นำมาใช้"
    en = "The copy is {made_seconds} s long, the original {seconds} s; it is not shown as if it were the whole."


class NothingToHear(Invalid):
    """There is no sound in the recording."""

    th = "ไฟล์นี้ไม่มีเสียง"
    en = "There is no sound in this recording."


class NothingToShow(Invalid):
    """There are no pictures in the clip."""

    th = "คลิปนี้ไม่มีภาพ"
    en = "There are no pictures in this clip."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Which streams become the copy, and how: a chain of filters before the encoder, or None to take a stream over as it is."""

    video: int
    audio: int | None
    pictures: Chain | None
    sound: Chain | None
    width: int
    height: int
    """Pixels as shown."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a display matrix asks for: a quarter turn, which swaps sides, and a mirror."""

    quarter: bool
    mirrored: bool
    odd: bool


def recipe(header: Mapping[str, Any], *, measured: int | None = None) -> Recipe:
    """Decide from ffprobe's account of a header (`format`, `streams`); `measured` is the stream whose length was. Raises NothingToShow."""
    streams = [stream for stream in header.get("streams", []) if not stream.get("disposition", {}).get("attached_pic")]
    seen = [stream for stream in streams if stream.get("codec_type") == "video"]
    video = next((stream for stream in seen if stream["index"] == measured), seen[0] if seen else None)
    heard = [stream for stream in streams if stream.get("codec_type") == "audio"]
    # Phones add a second sound track in a codec of their own.
    audio = next((stream for stream in heard if _known(stream)), heard[0] if heard else None)
    if video is None or not video.get("width") or not video.get("height"):
        raise NothingToShow
    shown = _shown(video)
    taken = "mp4" in header.get("format", {}).get("format_name", "") and _plays(video)
    width, height = shown if taken else fitted(*shown, long=LONG, short=SHORT)
    return Recipe(
        video=video["index"],
        audio=audio["index"] if audio else None,
        pictures=None if taken else _pictures(video, audio, width, height),
        sound=None if audio is None or (taken and _sounds(audio)) else _sound(audio),
        width=width,
        height=height,
    )


def listened(header: Mapping[str, Any], *, measured: int | None) -> tuple[int, Chain]:
    """Return which stream of a recording becomes its copy to listen to, and its filters; as `recipe`. Raises NothingToHear."""
    heard = [stream for stream in header.get("streams", []) if stream.get("codec_type") == "audio"]
    audio = next((stream for stream in heard if stream["index"] == measured), heard[0] if heard else None)
    if audio is None:
        raise NothingToHear
    return audio["index"], _sound(audio)


def fitted(width: float, height: float, *, long: int, short: int) -> tuple[int, int]:
    """Return even sides that fit into `long` × `short` whichever way it lies, never larger than they were."""
    share = min(1.0, long / max(width, height), short / min(width, height))
    return tuple(max(2, round(side * share / 2) * 2) for side in (width, height))  # type: ignore[return-value]  # two sides


def storyboard(seconds: float, width: int, height: int) -> Storyboard:
    """Return how a clip of such pictures is laid out in a strip, each picture from the middle of its time."""
    apart = max(LEAST_APART, ceil(10 * seconds / PICTURES) / 10)
    count = max(1, ceil(seconds / apart - 0.1))
    share = min(STRIP_HEIGHT / height, STRIP_WIDTH / width)
    wide, high = (max(2, round(side * share / 2) * 2) for side in (width, height))
    return Storyboard(count=count, columns=min(count, COLUMNS), seconds_apart=apart, width=wide, height=high)


def gain(loudness: float) -> float:
    """Return by how many dB sound of so many LUFS is to be changed."""
    return 0.0 if loudness < SILENT else min(MOST_GAIN, LOUDNESS - loudness)


def made_louder(by: float) -> Chain:
    """Return the filters that change sound by so many dB and hold its peaks down: one gain for all, so that quiet stays quiet."""
    return (Filter("volume", {"volume": f"{by:.2f}dB"}), Filter("alimiter", {"limit": round(CEILING, 4), "level": "disabled"}))


def check(header: Mapping[str, Any], *, seconds: float, video: bool = True, audio: bool) -> float:
    """Return how long a copy is by its header; `seconds`, `video` and `audio` are what the original has. Raises CopyIncomplete."""
    kinds = {stream.get("codec_type") for stream in header.get("streams", [])}
    made = float(header.get("format", {}).get("duration", 0.0))
    slack = SLACK_SHARE * seconds
    whole = seconds - SHORTER_SECONDS - slack <= made <= seconds + LONGER_SECONDS + slack
    if not whole or (video and "video" not in kinds) or (audio and "audio" not in kinds):
        raise CopyIncomplete(made_seconds=round(made, 1), seconds=round(seconds, 1))
    return made


def _known(stream: Mapping[str, Any]) -> bool:
    return stream.get("codec_name", "unknown") not in {"unknown", "none"}


def _plays(video: Mapping[str, Any]) -> bool:
    """Say whether every browser plays pictures like these."""
    sides = sorted((int(video["width"]), int(video["height"])))
    turn = _turn(video)
    return (
        video.get("codec_name") == "h264"
        and video.get("profile") in PROFILES
        and video.get("pix_fmt") in {"yuv420p", "yuvj420p"}
        and video.get("field_order", "progressive") in {"progressive", "unknown"}
        and sides[0] <= TAKEN_SHORT
        and sides[1] <= TAKEN_LONG
        and _ratio(video.get("sample_aspect_ratio", "1:1"), 1.0) == 1.0
        and _ratio(video.get("avg_frame_rate", "0/0"), 0.0) <= TAKEN_RATE
        and video.get("color_transfer") not in HDR
        and video.get("color_primaries") != WIDE
        and not (turn.mirrored or turn.odd)
    )


def _sounds(audio: Mapping[str, Any]) -> bool:
    aac = audio.get("codec_name") == "aac" and audio.get("profile", "LC") in SOUND_PROFILES
    return (aac or audio.get("codec_name") == "mp3") and int(audio.get("channels", 2)) <= 2  # what a laptop has


def _turn(video: Mapping[str, Any]) -> _Turn:
    for data in video.get("side_data_list", []):
        numbers = [int(number) for number in re.findall(r"-?\d+(?=\s)", re.sub(r"\d+:", "", data.get("displaymatrix", "") + "\n"))]
        if len(numbers) >= 5:  # a, b, u, c, d: the upper part says how it is turned
            a, b, _, c, d = numbers[:5]
            return _Turn(quarter=abs(b) > abs(a), mirrored=a * d - b * c < 0, odd=bool(a) == bool(b))
    return _Turn(quarter=False, mirrored=False, odd=False)


def _shown(video: Mapping[str, Any]) -> tuple[int, int]:
    """Return the pixels as a player shows them, square and upright."""
    width = round(int(video["width"]) * (_ratio(video.get("sample_aspect_ratio", "1:1"), 1.0) or 1.0))
    height = int(video["height"])
    return (height, width) if _turn(video).quarter else (width, height)


def _pictures(video: Mapping[str, Any], audio: Mapping[str, Any] | None, width: int, height: int) -> Chain:
    """Return the filters from decoded pictures, which ffmpeg has turned upright, to those that are encoded."""
    chain: list[Filter] = []
    if video.get("field_order") in INTERLACED:
        chain.append(Filter("bwdif", {"mode": "send_frame", "deint": "interlaced"}))
    late = audio is not None and _start(video) - _start(audio) > LATE_SECONDS
    rate = _rate(video)
    if late:
        chain.append(Filter("fps", {"fps": round(rate or min(RATE, _ratio(video.get("avg_frame_rate", ""), RATE)), 3), "start_time": 0}))
    elif rate:
        chain.append(Filter("fps", {"fps": round(rate, 3)}))
    transfer = video.get("color_transfer")
    size: dict[str, str | int | float] = {"w": width, "h": height}
    if transfer not in HDR and video.get("color_primaries") != WIDE:
        high = min(int(video["width"]), int(video["height"])) >= SHORT
        assumed = "auto" if video.get("color_space", "unknown") not in {"unknown", "reserved"} else "bt709" if high else "bt601"
        chain += [Filter("scale", {**size, "in_color_matrix": assumed, "out_color_matrix": "bt709", "out_range": "tv"})]
    else:
        # Made small first, by the quicker filter: light is counted in floating point.
        chain += [Filter("scale", size), Filter("format", {"pix_fmts": "yuv420p10le"})]
        named = {"color_primaries": WIDE, "colorspace": "bt2020nc", "color_trc": transfer if transfer in HDR else "bt2020-10"}
        chain += [Filter("setparams", named), Filter("zscale", {"t": "linear", "npl": WHITE}), Filter("format", {"pix_fmts": "gbrpf32le"})]
        chain += [Filter("zscale", {"p": "bt709"})]
        if transfer in HDR:
            chain += [Filter("tonemap", {"tonemap": "mobius", "param": KNEE, "desat": 0, "peak": round(PEAK / WHITE, 3)})]
        chain += [Filter("zscale", {"t": "bt709", "m": "bt709", "r": "tv"})]
    return (*chain, Filter("format", {"pix_fmts": "yuv420p"}), Filter("setsar", {"sar": 1}), Filter("setparams", BT709))


def _sound(audio: Mapping[str, Any]) -> Chain:
    """Return the filters to sound in one or two channels that begins with the clip; gaps and a late beginning become silence."""
    layout = "mono" if audio.get("channels") == 1 else "stereo"
    return (
        Filter("aresample", {"sample_rate": SOUND_RATE, "async": 1, "first_pts": 0}),
        Filter("aformat", {"sample_fmts": "fltp", "channel_layouts": layout}),
    )


def _rate(video: Mapping[str, Any]) -> float | None:
    """Return the pictures a second to be taken, so that each stands equally long; None: as they come, which may be unequally."""
    usual, finest = _ratio(video.get("avg_frame_rate", "0/0"), 0.0), _ratio(video.get("r_frame_rate", "0/0"), 0.0)
    if usual > RATE + _RATE_SLACK:
        return usual / ceil(usual / (RATE + _RATE_SLACK))
    fields = abs(finest - 2 * usual) < _RATE_SLACK * finest
    return RATE if finest > RATE + _RATE_SLACK and not fields else None


def _start(stream: Mapping[str, Any]) -> float:
    try:
        return float(stream.get("start_time", 0.0))
    except ValueError:
        return 0.0


def _ratio(text: str, otherwise: float) -> float:
    """Return the value of `25/1` or `4:3`; what it can not say is `otherwise`."""
    found = re.fullmatch(r"(\d+)[/:](\d+)", text)
    if found is None or not int(found[1]) or not int(found[2]):
        return otherwise
    return int(found[1]) / int(found[2])
