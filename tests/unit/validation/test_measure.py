"""How long a clip is, from packets made by hand."""

from typing import Any

import pytest

from shared.validation.measure import measure

VIDEO = {"index": 0, "codec_type": "video", "codec_name": "h264"}
AUDIO = {"index": 1, "codec_type": "audio", "codec_name": "aac", "sample_rate": "48000"}


def pictures(count: int, apart: float = 0.04, begin: float = 0.0) -> list[dict[str, Any]]:
    return [{"stream_index": 0, "pts_time": str(begin + n * apart), "duration_time": str(apart)} for n in range(count)]


def sounds(seconds: float, stretch: float = 1.0) -> list[dict[str, Any]]:
    one = 1024 / 48000
    times = range(round(seconds / one))
    return [{"stream_index": 1, "pts_time": str(n * one * stretch), "duration_time": str(one * stretch)} for n in times]


def account(*packets: list[dict[str, Any]], header: str | None = "20", audio: bool = True) -> dict[str, Any]:
    flat = [packet for some in packets for packet in some]
    return {"format": {"duration": header} if header else {}, "streams": [VIDEO, AUDIO] if audio else [VIDEO], "packets": flat}


@pytest.mark.parametrize("header", ["20", "3600", "1", None, "N/A"])
def test_measure_believes_packets_whatever_the_header_says(header: str | None) -> None:
    assert measure(account(pictures(500), sounds(20), header=header)).duration == pytest.approx(20)


def test_measure_counts_pictures_in_the_order_they_are_shown() -> None:
    shown = pictures(500)
    shown[10], shown[12] = shown[12], shown[10]
    assert measure(account(shown, audio=False)).duration == pytest.approx(20)


def test_measure_cuts_gaps_that_nothing_confirms() -> None:
    assert measure(account(pictures(600, apart=6.0), audio=False)).duration == pytest.approx(120)


def test_measure_believes_slow_pictures_that_the_sound_confirms() -> None:
    assert measure(account(pictures(20, apart=1.0), sounds(20))).duration == pytest.approx(20)


def test_measure_takes_sound_that_goes_on() -> None:
    assert measure(account(pictures(100), sounds(12))).duration == pytest.approx(12, abs=0.05)


def test_measure_takes_the_essence_of_sound_that_is_played_too_fast() -> None:
    assert measure(account(pictures(500, apart=0.02), sounds(20, stretch=0.5))).duration == pytest.approx(20, abs=0.05)


def test_measure_leaves_padding_of_the_sound_out() -> None:
    assert measure(account(pictures(500), sounds(20.08))).duration == pytest.approx(20)


def test_measure_finds_nothing_without_packets() -> None:
    measured = measure(account())
    assert (measured.duration, measured.frames, measured.essence) == (None, 0, None)


def test_measure_ignores_a_cover_picture() -> None:
    cover = {**VIDEO, "disposition": {"attached_pic": 1}}
    measured = measure({"format": {}, "streams": [cover, AUDIO], "packets": [*pictures(1), *sounds(4)]})
    assert measured.frames == 0
