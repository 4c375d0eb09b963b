"""What is taken over of a clip as it is, and what is made anew."""

from typing import Any

import pytest

from shared.renditions import recipes
from shared.renditions.recipes import CopyIncomplete, NothingToShow, Recipe

PHONE = {
    "index": 0, "codec_type": "video", "codec_name": "h264", "profile": "High", "pix_fmt": "yuv420p", "field_order": "progressive",
    "width": 1920, "height": 1080, "sample_aspect_ratio": "1:1", "avg_frame_rate": "30000/1001", "r_frame_rate": "30000/1001",
    "color_transfer": "bt709", "color_primaries": "bt709", "color_space": "bt709", "start_time": "0.000000",
}  # fmt: skip
VOICE = {"index": 1, "codec_type": "audio", "codec_name": "aac", "profile": "LC", "channels": 2, "start_time": "0.000000"}
MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
AS_IT_IS, MIRRORED, QUARTER, ASKEW = (1, 0, 0, 0, 1, 0), (-1, 0, 0, 0, 1, 0), (0, 1, 0, -1, 0, 0), (1, 1, 0, -1, 1, 0)
FLIPPED = (1, 0, 0, 0, -1, 0)
UPSIDE_DOWN = (-1, 0, 0, 0, -1, 0)
QUARTER_MIRRORED = (0, 1, 0, 1, 0, 0)


def matrix(*upper: int) -> dict[str, Any]:
    """A stream's side data as ffprobe tells them."""
    numbers = [*(number * 65536 for number in upper), 0, 0, 1073741824]
    rows = (f"{row:08}:" + "".join(f"{number:12}" for number in numbers[row * 3 : row * 3 + 3]) for row in range(3))
    return {"side_data_list": [{"side_data_type": "Display Matrix", "displaymatrix": "\n" + "\n".join(rows) + "\n"}]}


def decided(*, form: str = MP4, sound: dict[str, Any] | None = VOICE, more: tuple[dict[str, Any], ...] = (), **changes: Any) -> Recipe:
    streams = [{**PHONE, **changes}, *([sound] if sound else []), *more]
    return recipes.recipe({"format": {"format_name": form, "duration": "60.0"}, "streams": streams})


def filters(recipe: Recipe) -> dict[str, Any]:
    return dict(recipe.pictures or ())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"width": 1080, "height": 1920},
        {"pix_fmt": "yuvj420p"},
        {"avg_frame_rate": "60/1"},
        {"sound": None},
        {"sound": {**VOICE, "codec_name": "mp3", "profile": "unknown", "channels": 1}},
        matrix(*AS_IT_IS),
        matrix(*QUARTER),
        matrix(*UPSIDE_DOWN),
    ],
)
def test_clip_that_browsers_play_is_taken_over(changes: dict[str, Any]) -> None:
    recipe = decided(**changes)
    assert (recipe.pictures, recipe.sound) == (None, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"form": "matroska,webm"},
        {"codec_name": "hevc", "profile": "Main"},
        {"profile": "High 10", "pix_fmt": "yuv420p10le"},
        {"profile": "High 4:2:2", "pix_fmt": "yuv422p"},
        {"width": 2560, "height": 1440},
        {"width": 1200, "height": 1200},
        {"field_order": "tt"},
        {"sample_aspect_ratio": "4:3"},
        {"avg_frame_rate": "120/1"},
        {"color_transfer": "arib-std-b67"},
        {"color_primaries": "bt2020"},
        matrix(*MIRRORED),
        matrix(*FLIPPED),
        matrix(*QUARTER_MIRRORED),
        matrix(*ASKEW),
    ],
)
def test_clip_that_some_browser_does_not_play_is_made_anew(changes: dict[str, Any]) -> None:
    assert decided(**changes).pictures is not None


@pytest.mark.parametrize(
    "sound",
    [
        {**VOICE, "codec_name": "pcm_s16le", "profile": "unknown"},
        {**VOICE, "channels": 6},
        {**VOICE, "profile": "xHE-AAC"},
        {**VOICE, "codec_name": "amr_nb", "channels": 1},
    ],
)
def test_sound_alone_is_made_anew_where_the_pictures_are_played(sound: dict[str, Any]) -> None:
    recipe = decided(sound=sound)
    assert recipe.pictures is None
    assert recipe.sound is not None


def test_second_sound_track_in_a_phones_own_codec_is_left_out() -> None:
    unknown = {**VOICE, "index": 1, "codec_name": "unknown"}
    assert decided(sound=unknown, more=({**VOICE, "index": 3},)).audio == 3


def test_cover_picture_is_not_the_clip() -> None:
    cover = {**PHONE, "index": 0, "codec_name": "mjpeg", "disposition": {"attached_pic": 1}}
    recipe = recipes.recipe({"format": {"format_name": MP4}, "streams": [cover, {**PHONE, "index": 1}]})
    assert (recipe.video, recipe.pictures) == (1, None)


def test_pictures_that_were_measured_are_those_that_are_shown() -> None:
    streams = [PHONE, {**PHONE, "index": 1}]
    assert [recipes.recipe({"streams": streams}, measured=index).video for index in (None, 0, 1, 7)] == [0, 0, 1, 0]


def test_clip_without_pictures_is_refused() -> None:
    with pytest.raises(NothingToShow):
        recipes.recipe({"format": {"format_name": MP4}, "streams": [VOICE]})


@pytest.mark.parametrize(
    ("size", "changes", "shown"),
    [
        ((3840, 2160), {}, (1280, 720)),
        ((3840, 2160), matrix(*QUARTER), (720, 1280)),
        ((2160, 3840), {}, (720, 1280)),
        ((1920, 1440), {}, (960, 720)),
        ((4096, 1716), {}, (1280, 536)),
        ((321, 181), {}, (320, 180)),
        ((176, 144), {}, (176, 144)),
        ((720, 576), {"sample_aspect_ratio": "64:45"}, (1024, 576)),
        ((720, 576), {"sample_aspect_ratio": "0:1"}, (720, 576)),
        ((7000, 2), {}, (1280, 2)),
    ],
)
def test_copy_has_even_sides_of_at_most_720_lines_and_is_never_larger(
    size: tuple[int, int], changes: dict[str, Any], shown: tuple[int, int]
) -> None:
    recipe = decided(codec_name="hevc", width=size[0], height=size[1], **changes)
    assert (recipe.width, recipe.height) == shown
    assert (filters(recipe)["scale"]["w"], filters(recipe)["scale"]["h"]) == shown


@pytest.mark.parametrize(
    ("usual", "finest", "taken"),
    [
        ("30/1", "30/1", None),
        ("25/1", "25/1", None),
        ("30000/1001", "30000/1001", None),
        ("60/1", "60/1", 30.0),
        ("60000/1001", "60000/1001", 29.97),
        ("50/1", "50/1", 25.0),
        ("240/1", "240/1", 30.0),
        ("24/1", "600/1", 30.0),
        ("25/1", "50/1", None),
        ("0/0", "90000/1", 30.0),
        ("1/1", "1/1", None),
    ],
)
def test_pictures_stand_equally_long_at_no_more_than_thirty_a_second(usual: str, finest: str, taken: float | None) -> None:
    fps = filters(decided(codec_name="hevc", avg_frame_rate=usual, r_frame_rate=finest)).get("fps")
    assert (fps and fps["fps"]) == taken


def test_pictures_that_begin_late_are_led_in_by_their_first() -> None:
    assert filters(decided(codec_name="hevc", start_time="0.5"))["fps"]["start_time"] == 0


@pytest.mark.parametrize(
    ("changes", "assumed"),
    [
        ({"color_space": "bt470bg"}, "auto"),
        ({"color_space": "unknown", "width": 3840, "height": 2160}, "bt709"),
        ({"color_space": "unknown", "width": 176, "height": 144}, "bt601"),
    ],
)
def test_colours_that_are_not_named_are_those_usual_for_the_size(changes: dict[str, Any], assumed: str) -> None:
    assert filters(decided(codec_name="vp9", **changes))["scale"]["in_color_matrix"] == assumed


@pytest.mark.parametrize(("transfer", "pressed"), [("arib-std-b67", True), ("smpte2084", True), ("bt2020-10", False)])
def test_only_light_of_hdr_is_pressed_together(transfer: str, pressed: bool) -> None:
    chain = decided(codec_name="hevc", color_transfer=transfer, color_primaries="bt2020").pictures
    assert ("tonemap" in dict(chain or ())) is pressed
    assert "zscale" in dict(chain or ())


@pytest.mark.parametrize(("heard", "by"), [(-16.0, -7.0), (-23.0, 0.0), (-40.0, 17.0), (-50.0, 20.0), (-70.0, 0.0), (-60.0, 0.0)])
def test_sound_comes_to_its_loudness_but_silence_stays_silence(heard: float, by: float) -> None:
    assert recipes.gain(heard) == pytest.approx(by)


@pytest.mark.parametrize(
    ("seconds", "count", "apart"), [(300, 60, 5.0), (60, 60, 1.0), (20, 40, 0.5), (0.2, 1, 0.5), (6.02, 12, 0.5), (7200, 60, 120.0)]
)
def test_strip_has_no_more_than_sixty_pictures(seconds: float, count: int, apart: float) -> None:
    board = recipes.storyboard(seconds, 1280, 720)
    assert (board.count, board.seconds_apart, board.width, board.height) == (count, apart, 160, 90)


def test_picture_of_a_strip_is_neither_flat_nor_endlessly_wide() -> None:
    wide, tall = recipes.storyboard(60, 1280, 2), recipes.storyboard(60, 720, 1280)
    assert (wide.width, wide.height) == (240, 2)
    assert (tall.width, tall.height) == (50, 90)


def copy(seconds: str, *kinds: str) -> dict[str, Any]:
    return {"format": {"duration": seconds}, "streams": [{"codec_type": kind} for kind in kinds]}


@pytest.mark.parametrize("made", ["298.0", "300.02", "301.5"])
def test_whole_copy_passes(made: str) -> None:
    assert recipes.check(copy(made, "video", "audio"), seconds=300.0, audio=True) == float(made)


@pytest.mark.parametrize(
    "made",
    [copy("290.0", "video", "audio"), copy("310.0", "video", "audio"), copy("300.0", "video"), copy("300.0", "audio"), {"format": {}}],
)
def test_copy_that_is_not_the_whole_is_refused(made: dict[str, Any]) -> None:
    with pytest.raises(CopyIncomplete):
        recipes.check(made, seconds=300.0, audio=True)
