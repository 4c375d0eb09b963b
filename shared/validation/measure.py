"""From packets to lengths: how long a clip is, measured and not believed. Pure.

A header is four bytes that anyone can patch, so it is never believed. What a player shows are the packets by their time stamps, so they
decide, unless gaps make them implausible: then each gap between pictures counts 0.2 s at most, unless the sound confirms them.
Sound's essence (packets × samples ÷ rate) needs no time stamps; sound that goes on after the pictures makes a clip longer.
Source: the project's study of duration lies; AAC has 1,024 samples a packet (ISO/IEC 14496-3), MP3 1,152 (ISO/IEC 11172-3).
"""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

GAP_SECONDS = 0.2
SLACK_SHARE, SLACK_SECONDS = 0.05, 1.0
OUTLASTS_SECONDS = 1.0
"""Encoders pad the sound by a packet or two; only sound that goes on longer than this makes a clip longer."""
SAMPLES = {"aac": 1024, "mp3": 1152, "ac3": 1536}


@dataclass(frozen=True, slots=True)
class Measured:
    """The lengths of a clip in seconds, None where there is nothing to measure."""

    duration: float | None
    header: float | None
    packets: float | None
    essence: float | None
    frame: float | None
    frames: int


def measure(account: dict[str, Any]) -> Measured:
    """Measure a clip from ffprobe's account of its format, streams and packets."""
    streams = [stream for stream in account.get("streams", []) if not stream.get("disposition", {}).get("attached_pic")]
    video = next((stream for stream in streams if stream.get("codec_type") == "video"), None)
    audio = next((stream for stream in streams if stream.get("codec_type") == "audio"), None)
    header = _number(account.get("format", {}).get("duration"))
    pictures = _times(account, video)
    sounds = _times(account, audio)
    heard = _span(sounds)
    essence = _essence(audio, len(sounds), heard)
    if essence is not None and (heard is None or not _close(essence, heard)):
        heard = essence
    if not pictures:
        return Measured(heard, header, None, essence, None, 0)
    starts = sorted(start for start, _ in pictures)
    deltas = [later - earlier for earlier, later in pairwise(starts)]
    frame = median([delta for delta in deltas if delta > 0] or [0.0])
    last = dict(pictures)[starts[-1]] or frame
    packets = starts[-1] - starts[0] + last
    clamped = sum(min(delta, GAP_SECONDS) for delta in deltas) + min(last, GAP_SECONDS)
    believable = _close(clamped, packets) or (essence is not None and _close(essence, packets))
    shown = packets if believable else clamped
    duration = heard if heard is not None and heard > shown + OUTLASTS_SECONDS else shown
    return Measured(duration, header, packets, essence, frame or last, len(pictures))


def _times(account: dict[str, Any], stream: dict[str, Any] | None) -> list[tuple[float, float]]:
    """Return start and duration of a stream's packets that have a time stamp."""
    if stream is None:
        return []
    mine = (packet for packet in account.get("packets", []) if packet.get("stream_index") == stream.get("index"))
    return [(float(packet["pts_time"]), float(packet.get("duration_time", 0))) for packet in mine if "pts_time" in packet]


def _span(times: list[tuple[float, float]]) -> float | None:
    return max(start + length for start, length in times) - min(start for start, _ in times) if times else None


def _essence(audio: dict[str, Any] | None, packets: int, stamped: float | None) -> float | None:
    """Count samples; with SBR (HE-AAC) a packet holds twice as many, which is believed where the time stamps say the same."""
    samples, rate = SAMPLES.get((audio or {}).get("codec_name", "")), _number((audio or {}).get("sample_rate"))
    if not samples or not rate or not packets:
        return None
    held = packets * samples / rate
    return 2 * held if stamped is not None and not _close(held, stamped) and _close(2 * held, stamped) else held


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= max(one, other) * SLACK_SHARE + SLACK_SECONDS


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
