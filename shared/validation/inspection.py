"""From a file on local disk to facts: what it is by content, then the tool for that, in the sandbox."""

from pathlib import Path

import structlog

from shared.sandbox import ToolExhausted, ToolFailed
from shared.tools import documents, media
from shared.validation.facts import ClipFacts, DocumentFacts, FileFacts
from shared.validation.measure import measure, shown
from shared.validation.sniffing import CLIPS, COMPOUND, DOCUMENTS, HEAD_BYTES, LOCKED_BYTES, is_locked_word, sniff, zip_names
from shared.validation.wholeness import missing_bytes

log = structlog.get_logger(__name__)

FULL_TURN = 360
MATROSKA = frozenset({"mkv", "webm"})


def inspect(file: Path) -> FileFacts:
    """Return the facts of a file; one that cannot be opened is a fact, too, never an error."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        head = opened.read(HEAD_BYTES)
    kind = sniff(head, names=zip_names(str(file)) if head.startswith(b"PK") else frozenset())
    if kind in CLIPS:
        return _clip(file, kind, size)
    if kind in DOCUMENTS:
        return _document(file, kind, size)
    if head.startswith(COMPOUND) and size <= LOCKED_BYTES and is_locked_word(file.read_bytes()):
        return DocumentFacts(type="docx", size_bytes=size, problem="encrypted")
    return FileFacts(type=None, size_bytes=size)


def _clip(file: Path, kind: str, size: int) -> ClipFacts:
    try:
        account = media.probe(file)
    except ToolFailed as error:
        log.info("clip_not_opened", **error.facts)
        return ClipFacts(type=kind, size_bytes=size, problem="limits" if isinstance(error, ToolExhausted) else "damaged")
    video, audio = (shown(account["streams"], which) for which in ("video", "audio"))
    measured = measure(account)
    with file.open("rb") as opened:
        missing = missing_bytes(opened, size=size, matroska=kind in MATROSKA)
    return ClipFacts(
        type=kind,
        size_bytes=size,
        problem="damaged" if measured.duration is None else "limits" if measured.frames and not _can_be_shown(video) else None,
        duration_seconds=_rounded(measured.duration),
        header_seconds=_rounded(measured.header),
        packet_seconds=_rounded(measured.packets),
        essence_seconds=_rounded(measured.essence),
        held_seconds=_rounded(measured.held),
        hidden_seconds=round(measured.hidden, 4),
        missing_bytes=missing,
        frame_seconds=_rounded(measured.frame),
        frames=measured.frames,
        video_stream=_whole(video.get("index")),
        audio_stream=_whole(audio.get("index")),
        width=_whole(video.get("width")),
        height=_whole(video.get("height")),
        rotation=_degrees(video.get("rotation")),
        video_codec=video.get("codec_name"),
        pixel_format=video.get("pix_fmt"),
        audio_codec=audio.get("codec_name"),
    )


def _document(file: Path, kind: str, size: int) -> DocumentFacts:
    try:
        said = documents.read(file, kind)
    except ToolExhausted as error:
        log.info("document_not_opened", **error.facts)
        return DocumentFacts(type=kind, size_bytes=size, problem="limits")
    return DocumentFacts(
        type=kind,
        size_bytes=size,
        problem=said["problem"],
        pages=said["pages"],
        text=said.get("text"),
        active=tuple(said.get("active", ())),
    )


def _can_be_shown(video: dict[str, str]) -> bool:
    """Say whether pictures have a size that tools take; ffprobe says 0 × 0 of one that it refused."""
    return 0 < int(video.get("width", 0)) * int(video.get("height", 0)) <= media.MAX_PIXELS


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)


def _degrees(text: str | None) -> int:
    """Return a turn as a whole number; a matrix of nonsense turns nothing."""
    turned = float(text or 0)
    return int(turned) if abs(turned) <= FULL_TURN else 0


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 4)
