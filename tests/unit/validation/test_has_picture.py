"""The rule that a clip shows something."""

from typing import Any

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, ItemLimits, SoundFacts
from shared.validation.rules import has_picture

LIMITS = ItemLimits(types=("mp4",), max_bytes=1000)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"video_codec": "h264", "frames": 100}, None),
        ({"video_codec": "h264", "frames": 0}, "no_picture"),
        ({"audio_codec": "aac"}, "no_picture"),
        ({"problem": "damaged"}, None),
    ],
)
def test_clip_needs_a_stream_of_pictures_with_at_least_one(facts: dict[str, Any], code: str | None) -> None:
    finding = has_picture.check(ClipFacts(type="mp4", size_bytes=1, **facts), LIMITS)
    assert (finding.code if finding else None) == code


@pytest.mark.parametrize(
    ("types", "code"),
    [(("mp4",), "no_picture"), (("mp4", "mp3"), None), (("mp4", "m4a"), "no_picture"), (("mp3",), None), (("pdf",), None)],
)
def test_sound_is_no_clip_where_only_clips_are_taken(types: tuple[str, ...], code: str | None) -> None:
    finding = has_picture.check(SoundFacts(type="mp3", size_bytes=1), ItemLimits(types=types, max_bytes=1000))
    assert (finding.code if finding else None) == code


def test_document_is_not_asked_for_a_picture() -> None:
    assert has_picture.check(DocumentFacts(type="pdf", size_bytes=1), LIMITS) is None
