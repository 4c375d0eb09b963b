"""The rule that a clip shows something."""

from typing import Any

import pytest

from shared.validation.facts import ClipFacts, DocumentFacts, ItemLimits
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


def test_document_is_not_asked_for_a_picture() -> None:
    assert has_picture.check(DocumentFacts(type="pdf", size_bytes=1), LIMITS) is None
