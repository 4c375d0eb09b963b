"""From packets to lengths: how long a clip is, measured and not believed. Pure.

A clip lasts as long as a player shows it, and no player asks the header's total: it shows each packet at its time stamp. So a clip's
length runs from the first picture or sound to the end of the last, by the stamps of what is not cut away by an edit list; what can be
counted without stamps (sound: packets × samples ÷ rate) makes it longer, never shorter. So a long clip can not be made to look short, and a
total that lies refuses nobody. What of it moves or sounds is counted beside it (`held`): there a gap between pictures is 0.2 s at most.

| case | what is measured |
|---|---|
| mvhd, mdhd, tkhd or Matroska's Duration lies, or is not there | the packets; a total more than 2 s and 2 % off is an advice |
| an edit list shows a part | the part; what it hides (`hidden`) is an advice, for telephones cut clips so |
| an edit list, or stts, delays pictures or sound | from the first of either to the end of the last |
| stts stretched, two pictures two hours apart | the stamps, as a player does; where `held` is not too long it "stands still" |
| stts squeezed | the stamps, as a player does; sound by its essence where that is longer |
| variable rate, slow pictures, stills | the sum of the real distances |
| stamps that jump on (a cut recording, 26 hours at once) | with the jump, as the player waits; `held` without it |
| stamps that fall back or begin again at 0 | every run of stamps, one after another |
| stamps below 0, or that begin at some hour | from the first packet, wherever it lies |
| pictures out of order (B-frames) | in the order they are shown; without presentation stamps by those of decoding |
| the last picture stands for an hour | as long as the longest one before it, or 0.2 s; alone, as long as it says |
| sound longer than the pictures, or before them | together; up to 0.2 s is an encoder's padding and left out |
| a stray stamp of sound | sound counts by its essence, unless its stamps say the same within 5 % + 1 s |
| sound of AAC, MP2, MP3, AC-3 | packets × samples ÷ rate; twice that for HE-AAC, if the stamps say so |
| an MP3 file, of constant or varying bit rate, with a true header, a lying one or none | the sum of its frames, each by its own head |
| sound of Opus, Vorbis, others | each packet's own length, but at most 0.12 s for Opus and 0.2 s for the rest |
| several streams of pictures or sound | the one marked default, else the first; never a cover picture |
| cut off | what is there; that the file's end is missing is found by its boxes (`wholeness`), of an MP3 by its header (`mp3`) |
| a stream without packets, a header without pictures | nothing: damaged, or no picture |

Sources: ISO/IEC 14496-12, 8.6 (time stamps and edit lists); ISO/IEC 14496-3 and 11172-3, ATSC A/52 (samples a packet); RFC 6716, 2.1.4
(120 ms); chromium, tried with patched headers, edit lists and stts. A silent clip that plays too fast is not noticed.
"""

from array import array
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isnan
from statistics import median
from typing import Any

GAP_SECONDS = 0.2
SLACK_SHARE, SLACK_SECONDS = 0.05, 1.0
RESTART_SECONDS, HELD_BACK = 1.0, 16
"""Stamps of decoding begin again when they fall back by more than a second, and than the 16 pictures that a codec may hold back."""
SAMPLES = {"aac": 1024, "mp2": 1152, "mp3": 1152, "ac3": 1536, "eac3": 1536}
MPEG_1_RATE = 32_000
"""Hz, the least; MP3 of a lower rate is MPEG-2, whose frames are half as long (ISO/IEC 13818-3, 2.4.2.3)."""
LONGEST_PACKET = {"opus": 0.12}


@dataclass(frozen=True, slots=True)
class Measured:
    """The lengths of a clip in seconds, None where there is nothing to measure."""

    duration: float | None
    header: float | None
    packets: float | None
    """Of the pictures alone."""
    essence: float | None
    held: float | None
    hidden: float
    frame: float | None
    frames: int


def shown(streams: list[dict[str, str]], kind: str) -> dict[str, str]:
    """Return the stream of `video` or `audio` that a player takes, an empty one if there is none."""
    able = [stream for stream in streams if stream.get("codec_type") == kind and stream.get("attached_pic") != "1"]
    return next((stream for stream in able if stream.get("default") == "1"), able[0] if able else {})


def measure(account: dict[str, Any]) -> Measured:
    """Measure a clip or sound from ffprobe's account of its format, streams and packets (see `shared.tools.media.probe`)."""
    video, audio = shown(account["streams"], "video"), shown(account["streams"], "audio")
    header = _number(account["format"].get("duration"))
    pictures, lengths = _unrolled(_packets(account, video))
    sounds, essence = _heard(audio, _packets(account, audio), is_bare=account["format"].get("format_name") == "mp3")
    if not pictures:
        heard = sounds[1] - sounds[0] if sounds else None
        return Measured(heard, header, None, essence, heard, 0.0, None, 0)
    starts = sorted(pictures)
    deltas = [later - earlier for earlier, later in pairwise(starts)]
    frame = median([delta for delta in deltas if delta > 0] or [0.0])
    last = lengths[pictures.index(starts[-1])]
    if deltas:
        longest = max(deltas)
        last = min(last or frame, max(longest, GAP_SECONDS))
    begin, end = starts[0], starts[-1] + last
    moving = sum(min(delta, GAP_SECONDS) for delta in deltas) + min(last, GAP_SECONDS)
    first, final = begin, end
    if sounds and sounds[0] < begin - GAP_SECONDS:
        first = sounds[0]
    if sounds and sounds[1] > end + GAP_SECONDS:
        final = sounds[1]
    return Measured(
        duration=final - first,
        header=header,
        packets=end - begin,
        essence=essence,
        held=max(moving, essence or 0.0),
        hidden=_cut_away(video, _packets(account, video)) * (frame or last),
        frame=frame or last,
        frames=len(starts),
    )


def _packets(account: dict[str, Any], stream: dict[str, str]) -> Any:
    return account["packets"].get(int(stream["index"])) if stream else None


def _unrolled(packets: Any) -> tuple["array[float]", "array[float]"]:
    """Return starts and lengths in the order of the file, where stamps that begin again go on where those before ended."""
    starts, lengths = array("d"), array("d")
    if packets is None:
        return starts, lengths
    stamped = [start if isnan(decoded) else decoded for start, decoded in zip(packets.pts, packets.dts, strict=True)]
    usual = median([abs(later - earlier) for earlier, later in pairwise(now for now in stamped if not isnan(now))] or [0.0])
    back = max(RESTART_SECONDS, HELD_BACK * usual)
    shift, end, before = 0.0, -inf, -inf
    for start, now, length in zip(packets.pts, stamped, packets.lengths, strict=True):
        if isnan(now):
            continue
        at = now if isnan(start) else start
        if now < before - back:
            shift = end - at
        before = now
        lasting = 0.0 if isnan(length) else max(0.0, length)
        starts.append(at + shift)
        lengths.append(lasting)
        end = max(end, at + shift + lasting)
    return starts, lengths


def _heard(audio: dict[str, str], packets: Any, *, is_bare: bool) -> tuple[tuple[float, float] | None, float | None]:
    """Return when sound begins and ends, and how long it is by what its packets hold; `is_bare` are frames in no container."""
    starts, lengths = _unrolled(packets)
    if not starts:
        return None, None
    begin = min(starts)
    stamped = max(start + length for start, length in zip(starts, lengths, strict=True)) - begin
    essence = sum(lengths) if is_bare else _essence(audio, lengths, stamped)
    return (begin, begin + (max(essence, stamped) if _close(essence, stamped) else essence)), essence


def _essence(audio: dict[str, str], lengths: "array[float]", stamped: float) -> float:
    """Count samples; with SBR (HE-AAC) a packet holds twice as many, which is believed where the time stamps say the same."""
    codec = audio.get("codec_name", "")
    samples, rate = SAMPLES.get(codec), _number(audio.get("sample_rate"))
    if samples and codec == "mp3" and rate and rate < MPEG_1_RATE:
        samples //= 2
    if not samples or not rate:
        return sum(min(length, LONGEST_PACKET.get(codec, GAP_SECONDS)) for length in lengths)
    held = len(lengths) * samples / rate
    return 2 * held if not _close(held, stamped) and _close(2 * held, stamped) else held


def _cut_away(video: dict[str, str], packets: Any) -> float:
    """Count the pictures that the file has and a player does not show: marked so, or not even handed out."""
    listed = _number(video.get("nb_frames")) or 0.0
    return max(float(packets.discarded), listed - len(packets.pts))


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= max(one, other) * SLACK_SHARE + SLACK_SECONDS


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
