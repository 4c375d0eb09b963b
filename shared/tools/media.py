"""What ffprobe and ffmpeg say of a clip. ffmpeg-python writes the arguments, the jail runs them.

Formats are an allow-list: playlists, concatenations and subtitles, which name other files, are never opened; the jail has no other file
and no network all the same. Options after the list of hardened invocations that were tried against such files.
"""

import re
from array import array
from math import nan
from pathlib import Path
from typing import Any

from ffmpeg._utils import convert_kwargs_to_cmd_line_args

from shared.sandbox.jail import ToolExhausted, ToolLimits, run
from shared.settings import MIB

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
"""Of clips; a file is read as MP3 only where its first bytes said so, for almost anything can be."""
MAX_PIXELS = 36_000_000
MAX_STREAMS = 16
_GUARDS: dict[str, Any] = {
    "protocol_whitelist": "file",
    "format_whitelist": FORMATS,
    "max_pixels": MAX_PIXELS,
    "max_streams": MAX_STREAMS,
    "probesize": "10M",
    "analyzeduration": "10M",
}
ENTRIES = (
    "format=format_name,duration:"
    "stream=index,codec_type,codec_name,width,height,pix_fmt,sample_rate,nb_frames:"
    "stream_side_data=rotation:stream_disposition=default,attached_pic:"
    "packet=stream_index,pts_time,dts_time,duration_time,flags"
)
ACCOUNT_BYTES = 128 * MIB
"""Of ffprobe's account, some 95 bytes a packet: 1.4 million packets, a good five hours of pictures and sound."""
_PACKET = re.compile(rb"\npacket\|stream_index=(\d+)\|pts_time=([^|]+)\|dts_time=([^|]+)\|duration_time=([^|]+)\|flags=(\w+)")
_HEADER = re.compile(rb"\n(stream|format)\|(.*)")


class Packets:
    """One stream's packets in the order of the file, without those marked to be decoded but not shown, which are only counted."""

    __slots__ = ("discarded", "dts", "lengths", "pts")

    def __init__(self) -> None:
        """Times are in seconds, NaN where the file says none."""
        self.pts, self.dts, self.lengths = array("d"), array("d"), array("d")
        self.discarded = 0

    def add(self, pts: float, dts: float, length: float, *, discarded: bool) -> None:
        """Take the next packet."""
        if discarded:
            self.discarded += 1
            return
        self.pts.append(pts)
        self.dts.append(dts)
        self.lengths.append(length)


class _Account:
    """ffprobe's account, read as it comes: of a long clip it is far larger than what is kept of it."""

    def __init__(self) -> None:
        self.format: dict[str, str] = {}
        self.streams: list[dict[str, str]] = []
        self.packets: dict[int, Packets] = {}
        self._begun, self._bytes = b"\n", 0

    def tell(self, piece: bytes) -> None:
        """Take the next piece of output. Raises ToolExhausted when there is no end of it."""
        self._bytes += len(piece)
        if self._bytes > ACCOUNT_BYTES:
            raise ToolExhausted(tool="ffprobe", limit="output")
        lines, newline, begun = (self._begun + piece).rpartition(b"\n")
        self._begun = newline + begun
        for stream, pts, dts, length, flags in _PACKET.findall(lines):
            index = int(stream)
            if index not in self.packets:
                self.packets[index] = Packets()
            self.packets[index].add(_seconds(pts), _seconds(dts), _seconds(length), discarded=b"D" in flags)
        for section, line in _HEADER.findall(lines):
            # `disposition:default=1` and `rotation=-90` alike; values that ffprobe does not know are left out.
            words = (word.partition("=") for word in line.decode(errors="replace").split("|"))
            known = {name.rpartition(":")[2]: value for name, _, value in words if value not in ("", "N/A")}
            if section == b"format":
                self.format = known
            else:
                self.streams.append(known)


def guards(type_: str | None) -> dict[str, Any]:
    """Return what every call on a file of this type, as `validation.sniffing` names it, is told."""
    return _GUARDS | ({"f": "mp3", "format_whitelist": "mp3"} if type_ == "mp3" else {})


def probe(file: Path, type_: str | None = None, *, limits: ToolLimits | None = None) -> dict[str, Any]:
    """Return ffprobe's account of the header and of every packet, from one pass without decoding.

    `format` and each of `streams` are texts by name, `packets` are `Packets` by the stream's index. Raises ToolFailed, ToolTimedOut.
    """
    options = convert_kwargs_to_cmd_line_args({"v": "error", **guards(type_), "show_entries": ENTRIES, "of": "compact"})
    account = _Account()
    run(["ffprobe", *options, "file:{file}"], file=file, limits=limits, told=account.tell)
    return {"format": account.format, "streams": account.streams, "packets": account.packets}


def _seconds(text: bytes) -> float:
    return nan if text == b"N/A" else float(text)
