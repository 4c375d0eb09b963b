"""How long a clip is, from packets made by hand."""

from collections.abc import Iterable
from math import nan
from typing import Any

import pytest

from shared.tools.media import Packets
from shared.validation.measure import measure, shown

VIDEO = {"index": "0", "codec_type": "video", "codec_name": "h264"}
AUDIO = {"index": "1", "codec_type": "audio", "codec_name": "aac", "sample_rate": "48000"}
AAC = 1024 / 48000


def packets(stamps: Iterable[float], length: float, *, decoded: Iterable[float] | None = None, discarded: int = 0) -> Packets:
    """Packets in the order of the file, decoded when they are shown if nothing else is said."""
    made, shown_at = Packets(), list(stamps)
    for pts, dts in zip(shown_at, shown_at if decoded is None else decoded, strict=True):
        made.add(pts, dts, length, discarded=False)
    for _ in range(discarded):
        made.add(0, 0, length, discarded=True)
    return made


def pictures(count: int, apart: float = 0.04, begin: float = 0.0, **more: Any) -> Packets:
    return packets([begin + n * apart for n in range(count)], apart, **more)


def sounds(seconds: float, stretch: float = 1.0, begin: float = 0.0) -> Packets:
    return packets([begin + n * AAC * stretch for n in range(round(seconds / AAC))], AAC * stretch)


def account(video: Packets | None = None, audio: Packets | None = None, *, header: str | None = "20", **changes: Any) -> dict[str, Any]:
    streams = [{**VIDEO, **changes.get("video_stream", {})}, {**AUDIO, **changes.get("audio_stream", {})}]
    found = {index: stream for index, stream in enumerate((video, audio)) if stream is not None}
    return {"format": {"duration": header} if header else {}, "streams": streams, "packets": found}


def seconds(video: Packets | None = None, audio: Packets | None = None, **changes: Any) -> float | None:
    return measure(account(video, audio, **changes)).duration


@pytest.mark.parametrize("header", ["20", "3600", "1", None, "N/A"])
def test_measure_believes_packets_whatever_the_header_says(header: str | None) -> None:
    assert seconds(pictures(500), sounds(20), header=header) == pytest.approx(20)


def test_measure_counts_pictures_in_the_order_they_are_shown() -> None:
    order = [0, 4, 2, 1, 3, *range(5, 500)]
    measured = measure(account(packets([n * 0.04 for n in order], 0.04, decoded=[n * 0.04 for n in range(-1, 499)])))
    assert (measured.duration, measured.frame, measured.held) == pytest.approx((20, 0.04, 20))


def test_measure_takes_stamps_of_decoding_where_there_are_no_others() -> None:
    assert seconds(packets([nan] * 500, 0.04, decoded=[n * 0.04 for n in range(500)])) == pytest.approx(20)


def test_measure_leaves_out_packets_without_any_stamp() -> None:
    assert seconds(packets([nan, *(n * 0.04 for n in range(500))], 0.04)) == pytest.approx(20)


@pytest.mark.parametrize("begin", [-0.5, 0.0, 36000.0])
def test_measure_counts_from_the_first_packet_wherever_it_lies(begin: float) -> None:
    assert seconds(pictures(500, begin=begin), sounds(20, begin=begin)) == pytest.approx(20, abs=0.03)


def test_measure_takes_stretched_pictures_as_a_player_does_and_says_what_moves() -> None:
    measured = measure(account(pictures(600, apart=6.0), sounds(20)))
    assert (measured.duration, measured.held) == pytest.approx((3600, 120))


def test_measure_takes_a_still_as_a_player_does_and_says_what_sounds() -> None:
    measured = measure(account(packets([0, 7200], 0.04), sounds(10)))
    assert (measured.duration, measured.held) == pytest.approx((7200.04, 10), abs=0.03)


def test_measure_says_that_slow_pictures_with_sound_are_no_still() -> None:
    measured = measure(account(pictures(20, apart=1.0), sounds(20)))
    assert (measured.duration, measured.held) == pytest.approx((20, 20), abs=0.03)


def test_measure_takes_a_jump_of_the_stamps_as_a_player_does_and_says_what_moves() -> None:
    measured = measure(account(packets([n * 0.04 + (95443 if n >= 250 else 0) for n in range(500)], 0.04)))
    assert (measured.duration, measured.held) == pytest.approx((95463, 20.16))


def test_measure_counts_every_run_of_stamps_that_begin_again() -> None:
    again = [n % 250 * 0.04 for n in range(1000)]
    assert seconds(packets(again, 0.04), packets([n % 469 * AAC for n in range(4 * 469)], AAC)) == pytest.approx(40, abs=0.1)


def test_measure_counts_runs_that_fall_back_by_less_than_they_went_on() -> None:
    """Ten seconds on, nine back: the stamps together say 50 s, and there are 410."""
    stamps = [run * 1.0 + n * 0.04 for run in range(41) for n in range(250)]
    assert seconds(packets(stamps, 0.04)) == pytest.approx(410, abs=0.1)


def test_measure_takes_no_slow_pictures_out_of_order_for_a_new_beginning() -> None:
    order = [0, 4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11]
    assert seconds(packets([float(n) for n in order], 1.0)) == pytest.approx(13)


def test_measure_adds_varying_distances() -> None:
    stamps = [0.0]
    for n in range(300):
        stamps.append(stamps[-1] + (0.033 if n % 3 else 0.1))
    measured = measure(account(packets(stamps, 0.033)))
    assert measured.duration == pytest.approx(stamps[-1] + 0.033)
    assert measured.held == measured.duration


def test_measure_lets_the_last_picture_stand_no_longer_than_one_before_it() -> None:
    video = pictures(500)
    video.lengths[-1] = 3600
    assert seconds(video) == pytest.approx(20.16)


def test_measure_believes_how_long_a_lone_picture_stands() -> None:
    assert seconds(packets([0.0], 12.0)) == 12


def test_measure_takes_sound_that_goes_on() -> None:
    assert seconds(pictures(100), sounds(12)) == pytest.approx(12, abs=0.03)


def test_measure_takes_sound_that_comes_before_the_pictures() -> None:
    assert seconds(pictures(500, begin=20), sounds(20)) == pytest.approx(40)


def test_measure_leaves_padding_of_the_sound_out() -> None:
    assert seconds(pictures(500), sounds(20.12, begin=-0.06)) == pytest.approx(20)


@pytest.mark.parametrize("stretch", [0.5, 0.96])
def test_measure_takes_the_essence_of_sound_that_is_played_too_fast(stretch: float) -> None:
    assert seconds(pictures(500, apart=0.02), sounds(20, stretch=stretch)) == pytest.approx(20, abs=0.03)


def test_measure_takes_no_stray_stamp_of_sound() -> None:
    audio = sounds(20)
    audio.add(7200, 7200, AAC, discarded=False)
    assert seconds(pictures(500), audio) == pytest.approx(20, abs=0.03)


def test_measure_believes_twice_the_samples_where_stamps_say_so() -> None:
    """HE-AAC: 2,048 samples a packet at the rate that is named."""
    twice = packets([n * 2 * AAC for n in range(469)], 2 * AAC)
    assert measure(account(pictures(500), twice)).essence == pytest.approx(20, abs=0.03)


@pytest.mark.parametrize(
    ("codec", "length", "essence"), [("opus", 0.02, 2.0), ("opus", 5.0, 12.0), ("pcm_s16le", 5.0, 20.0), ("opus", nan, 0.0)]
)
def test_measure_believes_no_packet_to_hold_more_than_it_can(codec: str, length: float, essence: float) -> None:
    audio = packets([n * 0.02 for n in range(100)], length)
    assert measure(account(pictures(50), audio, audio_stream={"codec_name": codec})).essence == pytest.approx(essence)


def test_measure_finds_what_is_hidden() -> None:
    assert measure(account(pictures(500, discarded=25))).hidden == pytest.approx(1)
    assert measure(account(pictures(500, discarded=25), video_stream={"nb_frames": "750"})).hidden == pytest.approx(10)
    assert measure(account(pictures(500), video_stream={"nb_frames": "250"})).hidden == 0


def test_measure_finds_nothing_without_packets() -> None:
    measured = measure(account())
    assert (measured.duration, measured.frames, measured.essence, measured.held) == (None, 0, None, None)


def test_measure_takes_sound_alone() -> None:
    measured = measure({"format": {}, "streams": [AUDIO], "packets": {1: sounds(4)}})
    assert measured.duration == pytest.approx(4, abs=0.03)
    assert measured.frames == 0


def test_shown_is_the_default_else_the_first_and_never_a_cover() -> None:
    cover, first, second = {**VIDEO, "attached_pic": "1", "default": "1"}, {**VIDEO, "index": "1"}, {**VIDEO, "index": "2", "default": "1"}
    assert shown([AUDIO, cover, first, second], "video") is second
    assert shown([AUDIO, cover, first], "video") is first
    assert shown([AUDIO, cover], "video") == {}


@pytest.mark.parametrize(("rate", "samples"), [("44100", 1152), ("22050", 576)])
def test_frames_of_mp3_are_half_as_long_at_low_rates(rate: str, samples: int) -> None:
    lasting = samples / int(rate)
    heard = packets([number * lasting for number in range(200)], lasting)
    found = measure(account(pictures(25), heard, audio_stream={"codec_name": "mp3", "sample_rate": rate}))
    assert found.essence == pytest.approx(200 * lasting)


def test_bare_frames_count_each_as_long_as_it_is_whatever_the_last_one_says() -> None:
    heard = packets([number * 0.024 for number in range(100)], 0.024)
    for number in range(100):
        heard.add(2.4 + number * 0.036, 2.4 + number * 0.036, 0.036, discarded=False)
    told = account(None, heard, audio_stream={"codec_name": "mp3", "sample_rate": "48000"})
    told["format"]["format_name"] = "mp3"
    assert measure(told).duration == pytest.approx(6.0)
