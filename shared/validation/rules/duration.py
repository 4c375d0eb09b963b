"""A clip or a sound may not be longer than its programme allows."""

from shared.text import Text
from shared.thai.figures import length
from shared.validation.facts import ClipFacts, FileFacts, ItemLimits, RecordingFacts
from shared.validation.findings import Finding

WORDS = {
    "clip_too_long": Text(
        "คลิปยาว {found} นาที เกินที่กำหนดไม่เกิน {allowed} นาที โปรดตัดคลิปให้สั้นลง แล้วส่งใหม่",
        "The clip is {found} long (minutes:seconds). The limit is {allowed}. Shorten it and upload it again.",
    ),
    "clip_stands_still": Text(
        "คลิปนี้เล่นนานถึง {found} นาที เกินที่กำหนดไม่เกิน {allowed} นาที แต่มีภาพเคลื่อนไหวหรือเสียงเพียง {held} นาที นอกนั้นภาพหยุดนิ่ง "
        "เวลาในไฟล์อาจผิดเพี้ยน โปรดส่งออก (export) คลิปใหม่ แล้วส่งอีกครั้ง",
        "The clip plays for {found} (minutes:seconds), longer than the limit of {allowed}, but its picture moves or it has sound for only "
        "{held}. The times in the file may be wrong. Export the clip again and upload the new file.",
    ),
    "sound_too_long": Text(
        "ไฟล์เสียงยาว {found} นาที เกินที่กำหนดไม่เกิน {allowed} นาที โปรดตัดให้สั้นลง แล้วส่งใหม่",
        "The recording is {found} long (minutes:seconds). The limit is {allowed}. Shorten it and upload it again.",
    ),
}
LONGEST_FRAME = 0.125
"""Seconds; below 8 pictures a second a frame is no measure of an editor's rounding any more."""
PADDING = 0.15
"""Seconds. Encoders of MP3 put up to 1,105 samples before a sound and fill up its last frame, and a frame of facts comes first."""
ROUNDING = 0.0005
"""Seconds; half a millisecond, the coarsest clock of a container we take (Matroska counts in milliseconds)."""


def check(facts: FileFacts, limits: ItemLimits) -> Finding | None:
    """Hold the measured length against the limit and its tolerance.

    Without a tolerance of the programme's own (`tolerance_seconds` of its item) it is one frame of the clip itself: an editor told to
    cut at 5:00 keeps the picture that begins at 5:00.00, so a clip of 25 pictures a second lasts 5:00.04. That is "not longer than
    5 minutes" as the guidelines mean it; 5:00.2 is not. Of a sound it is what its encoder adds.
    """
    if not isinstance(facts, RecordingFacts) or facts.duration_seconds is None or limits.max_seconds is None:
        return None
    tolerance = limits.tolerance_seconds
    if tolerance is None:
        tolerance = min(facts.frame_seconds or 0.0, LONGEST_FRAME) if isinstance(facts, ClipFacts) else PADDING
    longest = limits.max_seconds + tolerance + ROUNDING
    if facts.duration_seconds <= longest:
        return None
    found, allowed = length(facts.duration_seconds, precise=facts.duration_seconds < limits.max_seconds + 1), length(limits.max_seconds)
    if facts.held_seconds is not None and facts.held_seconds <= longest:
        code, held = "clip_stands_still", length(facts.held_seconds)
        return Finding(code, WORDS[code], found=found, allowed=allowed, held=held)
    code = "clip_too_long" if isinstance(facts, ClipFacts) else "sound_too_long"
    return Finding(code, WORDS[code], found=found, allowed=allowed)
