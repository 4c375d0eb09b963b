"""Real files through the real tools: each ends in facts and findings, never in an error."""

from functools import cache

import pytest
from media import attacks, sounds, workbooks
from media.corpus import RECIPES, media

from shared.validation.facts import ClipFacts, FileFacts, ItemLimits
from shared.validation.inspection import inspect
from shared.validation.rules import examine

pytestmark = pytest.mark.usefixtures("installation")
CLIP = ItemLimits(types=("mp4", "mov", "webm", "mkv", "3gp"), max_bytes=2 * 1024**3, max_seconds=300)
PLAN = ItemLimits(types=("pdf", "docx", "odt", "jpg", "png"), max_bytes=50 * 1024**2, min_pages=1, max_pages=100)

LENGTHS = {
    "h264.mp4": 6, "fast-start.mp4": 6, "hevc.mov": 4, "vp9.webm": 4, "h264.mkv": 4, "h263.3gp": 4, "turned.mp4": 4, "silent.mp4": 4,
}  # fmt: skip
ODD: dict[str, tuple[float, tuple[str, ...]]] = {
    "exactly-5-00.mp4": (300, ()),
    "one-frame-more.mp4": (300.04, ()),
    "two-tenths-more.mp4": (300.2, ("clip_too_long",)),
    "5-20.mp4": (320, ("clip_too_long",)),
    "header-says-an-hour.mp4": (6, ("header_differs",)),
    "matroska-says-an-hour.mkv": (4, ("header_differs",)),
    "header-says-a-second.mp4": (320, ("clip_too_long", "header_differs")),
    "every-header-says-a-second.mp4": (320, ("clip_too_long", "header_differs")),
    "without-duration.mkv": (6, ()),
    "fragmented.mp4": (6, ()),
    "edits-say-4-59.mp4": (299, ("hidden_part",)),
    "cut.mp4": (4.4, ()),
    "pictures-later.mp4": (12, ()),
    "stretched.mp4": (1077.03, ("clip_stands_still", "header_differs")),
    "stretched-silent.mp4": (1072.84, ("clip_stands_still", "header_differs")),
    "squeezed.mp4": (6.04, ()),
    "still-for-two-hours.mp4": (7200.04, ("clip_stands_still",)),
    "26-hours-on.mkv": (95449, ("clip_stands_still",)),
    "begins-again.mkv": (12, ()),
    "begins-at-an-hour.mkv": (6, ("header_differs",)),
    "varying-rate.mp4": (5.92, ()),
    "slow-pictures.mp4": (20, ()),
    "slow-pictures.mkv": (20, ()),
    "two-pictures.mp4": (6, ()),
    "cover.mp4": (6, ()),
    "sound-goes-on.mp4": (12, ()),
    "sound-ends-early.mp4": (12, ()),
    "mp3.mp4": (6, ()),
    "ac3.mkv": (6, ()),
    "opus.webm": (6, ()),
    "vorbis.webm": (6, ()),
    "truncated.mp4": (0.6, ("truncated",)),
    "truncated.mkv": (1.84, ("truncated",)),
    "truncated-fragments.mp4": (3, ("end_missing",)),
}
"""Odd durations: how long each clip is, and what is said of it where five minutes are allowed."""
CODES = {
    "sound-only.mp4": "no_picture",
    "truncated-before-moov.mp4": "damaged", "moov-without-mdat.mp4": "damaged", "ftyp-only.mp4": "damaged",
    "box-without-end.mp4": "damaged", "ebml-only.mkv": "damaged", "empty.mp4": "file_empty", "one-byte.mp4": "wrong_type",
    "text.mp4": "wrong_type", "zeros.mp4": "wrong_type", "hls-file.mp4": "wrong_type", "hls-network.mp4": "wrong_type",
    "dash-file.mp4": "wrong_type", "concat-file.mp4": "wrong_type",
    "without-pages.pdf": "no_pages", "many-pages.pdf": "too_many_pages", "locked.pdf": "encrypted", "header-only.pdf": "damaged",
    "bomb.docx": "damaged", "cut.docx": "damaged", "archive.docx": "wrong_type", "truncated.jpg": "damaged",
}  # fmt: skip
ELSEWHERE = {*attacks.RECIPES, *workbooks.RECIPES, *sounds.RECIPES}
"""Looked into by tests of their own."""
PASS = ("plan.pdf", "plan.docx", "plan.odt", "scan.jpg", "scan.png")


@cache
def facts_of(name: str) -> FileFacts:
    """Inspect a file, once for all that is asked about it."""
    facts = inspect(media(name))
    assert facts.size_bytes == media(name).stat().st_size
    return facts


def codes(name: str) -> list[str]:
    limits = PLAN if name.endswith((".pdf", ".docx", ".odt", ".jpg", ".png")) else CLIP
    return [finding.code for finding in examine(facts_of(name), limits)]


@pytest.mark.parametrize("name", LENGTHS)
def test_inspect_measures_honest_clips(name: str) -> None:
    facts = facts_of(name)
    assert isinstance(facts, ClipFacts)
    assert facts.duration_seconds == pytest.approx(LENGTHS[name], abs=0.03)
    assert codes(name) == []


@pytest.mark.parametrize("name", ODD)
def test_inspect_measures_odd_durations(name: str) -> None:
    seconds, said = ODD[name]
    facts = facts_of(name)
    assert isinstance(facts, ClipFacts)
    assert facts.duration_seconds == pytest.approx(seconds, abs=0.03)
    assert tuple(finding.code for finding in examine(facts, CLIP)) == said


@pytest.mark.parametrize("name", CODES)
def test_inspect_finds_what_is_wrong(name: str) -> None:
    assert codes(name) == [CODES[name]]


@pytest.mark.parametrize("name", PASS)
def test_inspect_passes_plans(name: str) -> None:
    assert codes(name) == []


@pytest.mark.parametrize("name", [name for name in RECIPES if name not in {*LENGTHS, *ODD, *CODES, *PASS, *ELSEWHERE}])
def test_inspect_never_raises(name: str) -> None:
    facts_of(name)
