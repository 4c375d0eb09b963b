"""What ffprobe and ffmpeg say of a clip. ffmpeg-python writes the arguments, the jail runs them.

Formats are an allow-list: playlists, concatenations and subtitles, which name other files, are never opened; the jail has no other file
and no network all the same. Options after the list of hardened invocations that were tried against such files.
"""

import json
from pathlib import Path
from typing import Any

import ffmpeg
from ffmpeg._utils import convert_kwargs_to_cmd_line_args

from shared.sandbox.jail import Limits, run

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
MAX_PIXELS = 36_000_000
MAX_STREAMS = 16
GUARDS: dict[str, Any] = {
    "protocol_whitelist": "file",
    "format_whitelist": FORMATS,
    "max_pixels": MAX_PIXELS,
    "max_streams": MAX_STREAMS,
    "probesize": "10M",
    "analyzeduration": "10M",
}
ENTRIES = (
    "format=format_name,duration,nb_streams:"
    "stream=index,codec_type,codec_name,width,height,pix_fmt,duration,start_time,avg_frame_rate,r_frame_rate,sample_rate,nb_frames:"
    "stream_tags=rotate:stream_side_data=rotation:stream_disposition=attached_pic:"
    "packet=stream_index,pts_time,duration_time,size"
)
POSTER_WIDTH = 640
POSTER_BYTES = 4 * 1024 * 1024


def probe(file: Path, *, limits: Limits | None = None) -> dict[str, Any]:
    """Return ffprobe's account of the header and of every packet (`format`, `streams`, `packets`), from one pass without decoding.

    Raises ToolFailed, ToolTimedOut.
    """
    options = convert_kwargs_to_cmd_line_args({"v": "error", **GUARDS, "show_entries": ENTRIES, "of": "json=compact=1"})
    account: dict[str, Any] = json.loads(run(["ffprobe", *options, "file:{file}"], file=file, limits=limits))
    return account


def poster(file: Path, *, at_seconds: float, limits: Limits | None = None) -> bytes:
    """Return one frame as JPEG, at most `POSTER_WIDTH` wide. Raises ToolFailed, ToolTimedOut."""
    stream = (
        ffmpeg.input("file:{file}", ss=at_seconds, **GUARDS)
        .filter("scale", f"min({POSTER_WIDTH},iw)", -2)
        .output("pipe:1", vframes=1, f="mjpeg", **{"q:v": 4, "threads": 1}, fs=POSTER_BYTES)
        .global_args("-nostdin", "-v", "error")
    )
    return run(stream.compile(), file=file, limits=limits)
