"""A clip shows something."""

from shared.text import Text
from shared.validation.facts import ClipFacts, FileFacts, ItemLimits, SoundFacts
from shared.validation.findings import Finding
from shared.validation.sniffing import CLIPS

WORDS = {
    "no_picture": Text(
        "ไฟล์นี้มีแต่เสียง ไม่มีภาพ โปรดส่งคลิปวิดีโอที่มีภาพ",
        "This file has sound but no picture. Upload a video clip.",
    ),
}


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Look for a video stream with at least one frame, and for a sound that was sent as a clip."""
    if isinstance(facts, SoundFacts) and facts.type not in limits.types and not CLIPS.isdisjoint(limits.types):
        return Finding("no_picture", WORDS["no_picture"])
    if not isinstance(facts, ClipFacts) or facts.problem is not None or (facts.video_codec and facts.frames):
        return None
    return Finding("no_picture", WORDS["no_picture"])
