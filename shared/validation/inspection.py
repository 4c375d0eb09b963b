"""From a file on local disk to facts: what it is by content, then the tool for that, in the sandbox."""

from pathlib import Path
from typing import Any

import structlog

from shared.sandbox import ToolExhausted, ToolFailed, documents, media
from shared.validation.facts import ClipFacts, DocumentFacts, FileFacts
from shared.validation.measure import measure
from shared.validation.sniffing import CLIPS, COMPOUND, DOCUMENTS, HEAD_BYTES, LOCKED_BYTES, is_locked_word, sniff, zip_names

log = structlog.get_logger(__name__)


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
    streams: list[dict[str, Any]] = account.get("streams", [])
    shown = [stream for stream in streams if not stream.get("disposition", {}).get("attached_pic")]
    video = next((stream for stream in shown if stream.get("codec_type") == "video"), {})
    audio = next((stream for stream in shown if stream.get("codec_type") == "audio"), {})
    measured = measure(account)
    turned = [data["rotation"] for data in video.get("side_data_list", []) if "rotation" in data]
    return ClipFacts(
        type=kind,
        size_bytes=size,
        problem=None if measured.duration is not None else "damaged",
        duration_seconds=_rounded(measured.duration),
        header_seconds=_rounded(measured.header),
        packet_seconds=_rounded(measured.packets),
        essence_seconds=_rounded(measured.essence),
        frame_seconds=_rounded(measured.frame),
        frames=measured.frames,
        width=video.get("width"),
        height=video.get("height"),
        rotation=int(turned[0]) if turned else 0,
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


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 4)
