"""A clip shows something."""

from shared.text import Text
from shared.validation.facts import ClipFacts, FileFacts, ItemLimits
from shared.validation.findings import Finding

WORDS = {
    "no_picture": Text(
        "ไฟล์นี้มีแต่เสียง ไม่มีภาพ โปรดส่งคลิปวิดีโอที่มีภาพ",
        "This file has sound but no picture. Upload a video clip.",
    ),
}


def check(facts: FileFacts, _limits: ItemLimits) -> Finding | None:
    """Look for a video stream with at least one frame."""
    if not isinstance(facts, ClipFacts) or facts.problem is not None or (facts.video_codec and facts.frames):
        return None
    return Finding("no_picture", WORDS["no_picture"])
