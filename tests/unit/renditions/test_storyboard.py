"""The strip of pictures as WebVTT."""

from dataclasses import replace

from shared.renditions.storyboard import Storyboard, webvtt

BOARD = Storyboard(count=4, columns=3, seconds_apart=1250.5, width=160, height=90)


def cues(board: Storyboard, seconds: float) -> list[list[str]]:
    """Return the lines of each cue; the file's first line says what it is."""
    head, *blocks = webvtt(board, seconds=seconds, image="thumbnails").rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    return [block.split("\n") for block in blocks]


def test_each_cue_shows_its_part_of_the_strip_row_by_row_until_the_clip_ends() -> None:
    assert cues(BOARD, 4000.125) == [
        ["00:00:00.000 --> 00:20:50.500", "thumbnails#xywh=0,0,160,90"],
        ["00:20:50.500 --> 00:41:41.000", "thumbnails#xywh=160,0,160,90"],
        ["00:41:41.000 --> 01:02:31.500", "thumbnails#xywh=320,0,160,90"],
        ["01:02:31.500 --> 01:06:40.125", "thumbnails#xywh=0,90,160,90"],
    ]


def test_pictures_after_the_end_have_no_cue() -> None:
    assert [times for times, _ in cues(BOARD, 1251)] == ["00:00:00.000 --> 00:20:50.500", "00:20:50.500 --> 00:20:51.000"]


def test_strip_without_pictures_is_still_a_webvtt_file() -> None:
    assert cues(replace(BOARD, count=0), 10) == []
