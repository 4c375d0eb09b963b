"""How long sounds are, whatever they say of themselves."""

import pytest
from media.corpus import media

from shared.validation.facts import ClipFacts, ItemLimits, SoundFacts
from shared.validation.inspection import inspect
from shared.validation.rules import examine

pytestmark = pytest.mark.usefixtures("installation")
SOUND = ItemLimits(types=("mp3", "m4a"), max_bytes=50 * 1024**2, max_seconds=300)
CLIP = ItemLimits(types=("mp4", "mov"), max_bytes=50 * 1024**2, max_seconds=300)


@pytest.mark.parametrize(
    ("name", "seconds", "codes"),
    [
        ("talk.mp3", 6, []), ("cover.mp3", 6, []), ("bare.mp3", 6, []), ("low-rate.mp3", 6, []), ("varying.mp3", 6, []),
        ("varying-without-header.mp3", 6, []), ("two-rates.mp3", 6.1, []), ("says-an-hour.mp3", 6, ["header_differs"]),
        ("says-a-second.mp3", 320, ["sound_too_long", "header_differs"]), ("truncated.mp3", 10, ["truncated"]),
        ("5-00.mp3", 300, []), ("5-00.04.mp3", 300.04, []), ("5-20.mp3", 320, ["sound_too_long"]),
        ("talk.m4a", 6, []), ("recorder.m4a", 6, []), ("old-recorder.m4a", 6, []), ("5-20.m4a", 320, ["sound_too_long"]),
        ("truncated.m4a", 9, ["truncated"]),
    ],
)  # fmt: skip
def test_sounds_are_measured_and_not_believed(name: str, seconds: float, codes: list[str]) -> None:
    facts = inspect(media(name))
    assert isinstance(facts, SoundFacts)
    assert (facts.type, facts.problem) == (name.rpartition(".")[2], None)
    assert facts.duration_seconds == pytest.approx(seconds, abs=0.07)
    assert [finding.code for finding in examine(facts, SOUND)] == codes


@pytest.mark.parametrize("name", ["tag-only.mp3", "tag-and-text.mp3"])
def test_what_only_begins_like_a_sound_is_damaged(name: str) -> None:
    assert [finding.code for finding in examine(inspect(media(name)), SOUND)] == ["damaged"]


def test_clip_is_no_sound_and_sound_is_no_clip_whatever_they_are_called() -> None:
    film = inspect(media("film-called.m4a"))
    assert isinstance(film, ClipFacts)
    assert [finding.code for finding in examine(film, SOUND)] == ["wrong_type"]
    assert [finding.code for finding in examine(film, CLIP)] == []
    for name in ("talk.mp3", "recorder.m4a"):
        assert [finding.code for finding in examine(inspect(media(name)), CLIP)] == ["no_picture"]
