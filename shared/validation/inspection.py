"""From a file on local disk to facts: what it is by content, then the tool for that, in the sandbox."""

from pathlib import Path
from typing import Any

import structlog

from shared.sandbox import ToolExhausted, ToolFailed
from shared.tools import documents, media
from shared.validation import mp3
from shared.validation.facts import ArchiveFacts, ClipFacts, DocumentFacts, FileFacts, RecordingFacts, SoundFacts
from shared.validation.measure import Measured, measure, shown
from shared.validation.sniffing import (
    ARCHIVE,
    CLIPS,
    COMPOUND,
    DOCUMENTS,
    HEAD_BYTES,
    LOCKED_BYTES,
    SOUNDS,
    is_locked_office,
    sniff,
)
from shared.validation.wholeness import missing_bytes

log = structlog.get_logger(__name__)

FULL_TURN = 360
MATROSKA = frozenset({"mkv", "webm"})


def inspect(file: Path) -> FileFacts:
    """Return the facts of a file; one that cannot be opened is a fact, too, never an error."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        head = opened.read(HEAD_BYTES)
    kind = sniff(head)
    if kind == ARCHIVE:
        kind, problem = _type_of_archive(file)
        if problem is not None:
            return DocumentFacts(type=None, size_bytes=size, problem=problem)
    if kind in CLIPS | SOUNDS:
        return _recording(file, kind, size)
    if kind in DOCUMENTS:
        return _document(file, kind, size)
    if head.startswith(COMPOUND) and size <= LOCKED_BYTES and is_locked_office(file.read_bytes()):
        return DocumentFacts(type=None, size_bytes=size, problem="encrypted")
    return FileFacts(type=None, size_bytes=size)


def _recording(file: Path, kind: str, size: int) -> RecordingFacts:
    try:
        account = media.probe(file, kind)
    except ToolFailed as error:
        log.info("recording_not_opened", **error.facts)
        problem = "limits" if isinstance(error, ToolExhausted) else "damaged"
        return (SoundFacts if kind in SOUNDS else ClipFacts)(type=kind, size_bytes=size, problem=problem)
    video, audio = (shown(account["streams"], which) for which in ("video", "audio"))
    measured = measure(account)
    with file.open("rb") as opened:
        if kind == "mp3":
            # What ffprobe says is a guess where the file says nothing.
            header, missing = mp3.said(opened, size=size)
        else:
            header, missing = measured.header, missing_bytes(opened, size=size, matroska=kind in MATROSKA)
    known: dict[str, Any] = {
        "size_bytes": size,
        "duration_seconds": _rounded(measured.duration),
        "header_seconds": _rounded(header),
        "essence_seconds": _rounded(measured.essence),
        "held_seconds": _rounded(measured.held),
        "missing_bytes": missing,
        "audio_stream": _whole(audio.get("index")),
        "audio_codec": audio.get("codec_name"),
    }
    if kind == "mp3" or (not video and audio and kind not in MATROSKA):
        # What a voice recorder calls an M4A is by its first bytes often the same as a clip.
        nothing = "damaged" if measured.duration is None else None
        return SoundFacts(type="mp3" if kind == "mp3" else "m4a", problem=nothing, **known)
    return _clip("mp4" if kind in SOUNDS else kind, video, measured, known)


def _clip(kind: str, video: dict[str, str], measured: Measured, known: dict[str, Any]) -> ClipFacts:
    return ClipFacts(
        type=kind,
        problem="damaged" if measured.duration is None else "limits" if measured.frames and not _can_be_shown(video) else None,
        packet_seconds=_rounded(measured.packets),
        hidden_seconds=round(measured.hidden, 4),
        frame_seconds=_rounded(measured.frame),
        frames=measured.frames,
        video_stream=_whole(video.get("index")),
        width=_whole(video.get("width")),
        height=_whole(video.get("height")),
        rotation=_degrees(video.get("rotation")),
        video_codec=video.get("codec_name"),
        pixel_format=video.get("pix_fmt"),
        **known,
    )


def _type_of_archive(file: Path) -> tuple[str | None, str | None]:
    """Return what an archive is, or the problem with it."""
    try:
        kind = documents.type_of(file)
    except ToolExhausted as error:
        log.info("archive_not_opened", **error.facts)
        return None, "limits"
    return kind, None if kind else "damaged"


def _document(file: Path, kind: str, size: int) -> DocumentFacts:
    facts = ArchiveFacts if kind == "zip" else DocumentFacts
    try:
        said = documents.read(file, kind)
    except ToolExhausted as error:
        log.info("document_not_opened", **error.facts)
        return facts(type=kind, size_bytes=size, problem="limits")
    noted = {name: tuple(said[name]) for name in ("active", "strange", "broken") if name in said}
    return facts(type=kind, size_bytes=size, problem=said["problem"], pages=said["pages"], text=said.get("text"), **noted)


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
