"""What the tools saw of a file, and what a programme allows of it: all that rules judge by. Pure."""

from dataclasses import asdict, dataclass
from typing import Any

from shared.validation.sniffing import ARCHIVED, OFFICE

MOST_PICTURES = 200
"""A zip of more is not looked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLimits:
    """The limits of one item, in bytes, seconds and pages; None means that there is none."""

    types: tuple[str, ...]
    max_bytes: int
    max_seconds: float | None = None
    tolerance_seconds: float | None = None
    """How much longer than `max_seconds` a clip may measure; None: one frame of the clip itself, see `rules.duration`."""
    min_pages: int | None = None
    max_pages: int | None = None
    min_pictures: int | None = None
    max_pictures: int | None = None
    """Of pictures in one zip; no zip may hold more than `MOST_PICTURES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What is known of every file."""

    type: str | None
    """By content; None for what we do not take."""
    size_bytes: int
    problem: str | None = None
    """Why it could not be looked into: `damaged`, `encrypted` or `limits` (it used up what a tool may use)."""

    def is_among(self, types: tuple[str, ...]) -> bool:
        """Say whether it is of one of these types, as far as it shows: of a locked office document and of a broken archive none shows."""
        if self.type is None and self.problem is not None:
            return not (OFFICE if self.problem == "encrypted" else ARCHIVED).isdisjoint(types)
        return self.type in types

    def to_json(self) -> dict[str, Any]:
        """Return the facts as kept with the upload."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFacts(FileFacts):
    """What is known of what lasts, a clip or a sound; lengths in seconds, each found as `measure` says."""

    duration_seconds: float | None = None
    """How long it is: measured, not believed."""
    header_seconds: float | None = None
    """What the file says."""
    essence_seconds: float | None = None
    """Of the sound, counted without time stamps."""
    held_seconds: float | None = None
    """What of it moves or sounds."""
    missing_bytes: int = 0
    """By which the file should reach beyond its end."""
    audio_stream: int | None = None
    """The stream that was measured, by its index in the file: what is made of it takes the same."""
    audio_codec: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFacts(RecordingFacts):
    """What is known of a recording without pictures; the picture on its cover is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFacts(RecordingFacts):
    """What is known of a clip."""

    packet_seconds: float | None = None
    """Of the pictures alone."""
    hidden_seconds: float = 0.0
    """Of pictures that the file has and a player does not show."""
    frame_seconds: float | None = None
    """The usual distance of two pictures."""
    frames: int = 0
    video_stream: int | None = None
    """As `audio_stream`."""
    width: int | None = None
    height: int | None = None
    """Pixels as coded, before rotation."""
    rotation: int = 0
    """Degrees, as ffprobe says it."""
    video_codec: str | None = None
    pixel_format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts(FileFacts):
    """What is known of a document or a scan."""

    pages: int | None = None
    """None where the file does not say; of a presentation its slides, of a zip its pictures."""
    text: str | None = None
    """`text`, `scan` (pictures of pages: seen, but not to be searched or read out) or `empty`; None where nobody could look."""
    active: tuple[str, ...] = ()
    """What in it acts by itself: `script`, `launch`, `files`, `media`, `form`, `ole`, `link` (shown from elsewhere), `action`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFacts(DocumentFacts):
    """What is known of a zip, which is taken as a document whose pages are pictures."""

    strange: tuple[str, ...] = ()
    """Names of the first things in it that are no pictures."""
    broken: tuple[str, ...] = ()
    """Names of the first pictures that cannot be decoded."""
