"""The strip of a clip's pictures as players read it: WebVTT whose cues name a part of one image. Pure.

Source: WebVTT (W3C), and Media Fragments URI 1.0, section 4.2.2, for `#xywh=`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Storyboard:
    """Pictures at equal distances, in rows of `columns`: how many, how far apart in seconds, and the pixels of one."""

    count: int
    columns: int
    seconds_apart: float
    width: int
    height: int


def webvtt(board: Storyboard, *, seconds: float, image: str) -> str:
    """Return a cue for each picture, the last until the clip ends at `seconds`; `image` is where the strip lies, seen from the cues."""
    cues = ["WEBVTT\n"]
    for number in range(board.count):
        row, column = divmod(number, board.columns)
        begin, end = number * board.seconds_apart, min((number + 1) * board.seconds_apart, seconds)
        if end > begin:
            place = f"{column * board.width},{row * board.height},{board.width},{board.height}"
            cues.append(f"{_time(begin)} --> {_time(end)}\n{image}#xywh={place}\n")
    return "\n".join(cues)


def _time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    return f"{milliseconds // 3_600_000:02}:{milliseconds // 60_000 % 60:02}:{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
