"""The rule on a clip's length."""

import pytest

from shared.validation.facts import ClipFacts, ItemLimits, SoundFacts
from shared.validation.findings import Severity
from shared.validation.rules import duration

LIMITS = ItemLimits(types=("mp4",), max_bytes=1000, max_seconds=300)


def clip(seconds: float, frame: float | None = 0.04) -> ClipFacts:
    return ClipFacts(type="mp4", size_bytes=1, duration_seconds=seconds, frame_seconds=frame)


@pytest.mark.parametrize("seconds", [1.0, 299.99, 300.0, 300.04])
def test_duration_within_the_limit_and_one_frame(seconds: float) -> None:
    assert duration.check(clip(seconds), LIMITS) is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(300.2, "5:00.2"), (300.08, "5:00.08"), (300.96, "5:00.96"), (320.0, "5:20"), (320.4, "5:20"), (3661.0, "1:01:01")],
)
def test_duration_beyond_it_is_blocking_and_says_both_lengths(seconds: float, said: str) -> None:
    finding = duration.check(clip(seconds), LIMITS)
    assert finding is not None
    assert (finding.code, finding.severity, finding.data) == ("clip_too_long", Severity.BLOCKING, {"found": said, "allowed": "5:00"})


def test_duration_takes_no_slow_frame_as_tolerance() -> None:
    assert duration.check(clip(300.5, frame=1.0), LIMITS) is not None


def test_duration_holds_to_the_programmes_own_tolerance() -> None:
    strict = ItemLimits(types=("mp4",), max_bytes=1000, max_seconds=300, tolerance_seconds=0)
    wide = ItemLimits(types=("mp4",), max_bytes=1000, max_seconds=300, tolerance_seconds=5)
    assert duration.check(clip(300.04), strict) is not None
    assert duration.check(clip(304.9), wide) is None


def test_clip_that_mostly_stands_still_is_told_so() -> None:
    facts = ClipFacts(type="mp4", size_bytes=1, duration_seconds=7200, held_seconds=10, frame_seconds=7200)
    finding = duration.check(facts, LIMITS)
    assert finding is not None
    assert (finding.code, finding.severity) == ("clip_stands_still", Severity.BLOCKING)
    assert "เล่นนานถึง 2:00:00 นาที" in finding.text("th")
    assert "ภาพเคลื่อนไหวหรือเสียงเพียง 0:10 นาที" in finding.text("th")


def test_clip_that_stands_still_within_the_limit_is_taken() -> None:
    facts = ClipFacts(type="mp4", size_bytes=1, duration_seconds=240, held_seconds=10, frame_seconds=30)
    assert duration.check(facts, LIMITS) is None


def test_clip_that_moves_for_too_long_is_too_long_whatever_stands_still() -> None:
    facts = ClipFacts(type="mp4", size_bytes=1, duration_seconds=7200, held_seconds=301, frame_seconds=0.04)
    finding = duration.check(facts, LIMITS)
    assert finding is not None
    assert finding.code == "clip_too_long"


@pytest.mark.parametrize(
    ("seconds", "code"), [(300.0, None), (300.04, None), (300.14, None), (300.2, "sound_too_long"), (320, "sound_too_long")]
)
def test_sound_may_be_longer_by_what_its_encoder_adds(seconds: float, code: str | None) -> None:
    finding = duration.check(SoundFacts(type="mp3", size_bytes=1, duration_seconds=seconds, held_seconds=seconds), LIMITS)
    assert (finding.code if finding else None) == code


def test_sound_holds_to_the_programmes_own_tolerance() -> None:
    strict = ItemLimits(types=("mp3",), max_bytes=1000, max_seconds=300, tolerance_seconds=0)
    assert duration.check(SoundFacts(type="mp3", size_bytes=1, duration_seconds=300.04), strict) is not None


def test_duration_without_a_limit() -> None:
    assert duration.check(clip(9999), ItemLimits(types=("mp4",), max_bytes=1000)) is None
