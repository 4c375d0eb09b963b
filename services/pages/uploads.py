"""A file that was sent, with the renditions made of it: as JSON (`UploadView`) and as pages show it (`FileView`)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self
from uuid import UUID

from services.web.answers import Answer
from services.web.templates import PageModel
from shared.queue.lifecycle import JobState
from shared.renditions.queries import RenditionInProgress
from shared.renditions.rendition import DOCUMENT, PAGE, POSTER, SMALL, SOUND, THUMBNAILS, WEB
from shared.submissions.models import Upload
from shared.text import Text
from shared.validation.sniffing import SOUNDS

CUES = f"{THUMBNAILS}.vtt"
"""The name under which the cues of the thumbnails are asked for."""

PLAYABLE: dict[str, set[str | None]] = {
    "type": {"mp4", "mov", "webm"},
    "video_codec": {"h264", "vp8", "vp9", "av1"},
    "pixel_format": {None, "yuv420p", "yuvj420p"},
    "audio_codec": {None, "aac", "mp3", "opus", "vorbis"},
}
"""What browsers in use play, by the facts of a clip (None: no sound, or not noted)."""

PICTURES = frozenset({"jpg", "png"})


class RenditionLink(Answer):
    """Where a lighter rendition of a clip is read, and its size."""

    url: str
    size_bytes: int | None


class Progress(Answer):
    """Work on a rendition that is not done: how far it is in percent where known, and whether it still comes by itself."""

    percent: int | None
    coming: bool
    state: JobState


class UploadView(Answer):
    """A file with the addresses of its content and of its renditions."""

    id: UUID
    filename: str
    size_bytes: int
    type: str | None
    """By content; None while it is not known."""
    duration_seconds: int | float | None
    pages: int | None
    playable: bool
    """Whether a browser plays the original."""
    url: str
    copies: dict[str, str]
    """Rendition → address."""
    watched: str | None
    """What a browser plays: the web copy of a clip, else the original if it is playable; of a sound only its copy."""
    watched_bytes: int | None
    lighter: dict[str, RenditionLink]
    """The renditions for weak links: `small`, `sound`."""
    cues: str | None
    """WebVTT with the pictures to seek by."""
    read: str | None
    """The document as PDF without anything active in it."""
    pictures: list[str]
    """The pages of the document, from the first."""
    making: dict[str, Progress]
    """Rendition → work on it that is not done."""

    @classmethod
    def of(cls, upload: Upload, *, at: str, making: Mapping[str, RenditionInProgress], **more: object) -> Self:
        """Return a file whose content and renditions lie below the address `at`; `more` are the members that a subclass adds."""
        facts = upload.facts or {}
        copies = {name: f"{at}/copies/{name}" for name in upload.copies}
        is_playable, is_sound = playable(upload), facts.get("type") in SOUNDS
        watched = SOUND if is_sound else WEB
        return cls.model_validate(
            {
                "id": upload.id,
                "filename": upload.filename,
                "size_bytes": upload.size_bytes,
                "type": facts.get("type"),
                "duration_seconds": facts.get("duration_seconds"),
                "pages": facts.get("pages"),
                "playable": is_playable,
                "url": f"{at}/content",
                "copies": copies,
                "watched": copies.get(watched, f"{at}/content" if is_playable else None),
                "watched_bytes": upload.copies[watched]["size_bytes"] if watched in copies else upload.size_bytes,
                "lighter": {
                    name: RenditionLink(url=copies[name], size_bytes=upload.copies[name]["size_bytes"])
                    for name in (SMALL, SOUND)
                    if name in copies and name != watched
                },
                "cues": f"{at}/copies/{CUES}" if THUMBNAILS in copies else None,
                "read": copies.get(DOCUMENT),
                "pictures": _pictures(copies),
                "making": {name: Progress(percent=one.percent, coming=one.is_coming, state=one.state) for name, one in making.items()},
                **more,
            }
        )


class FileLook(StrEnum):
    """How a file is shown: as a clip or a sound to play, a document to read, or only to be downloaded."""

    CLIP = "clip"
    SOUND = "sound"
    DOCUMENT = "document"
    OTHER = "other"


class SourceName(StrEnum):
    """What a member can choose to play; the player remembers the choice by this name."""

    FULL = "full"
    SMALL = "small"
    SOUND = "sound"


SOURCES: dict[SourceName, Text] = {
    SourceName.FULL: Text("ชัดเต็มที่", "Full"),
    SourceName.SMALL: Text("เล็ก (240p)", "Small (240p)"),
    SourceName.SOUND: Text("เสียงอย่างเดียว", "Sound only"),
}

AWAITED = {FileLook.CLIP: WEB, FileLook.SOUND: SOUND, FileLook.DOCUMENT: DOCUMENT}
"""The copy that people wait for."""
PREPARING: dict[FileLook, Text] = {
    FileLook.CLIP: Text("กำลังเตรียมคลิปสำหรับเปิดดูบนเว็บ", "Preparing a copy of the clip to watch here"),
    FileLook.SOUND: Text("กำลังเตรียมเสียงสำหรับเปิดฟังบนเว็บ", "Preparing a copy of the recording to listen to here"),
    FileLook.DOCUMENT: Text("กำลังเตรียมฉบับสำหรับอ่าน", "Preparing a copy to read here"),
}
WAITING: dict[FileLook, Text] = {
    FileLook.CLIP: Text("รอเตรียมคลิปสำหรับเปิดดูบนเว็บ", "Waiting to prepare a copy of the clip to watch here"),
    FileLook.SOUND: Text("รอเตรียมเสียงสำหรับเปิดฟังบนเว็บ", "Waiting to prepare a copy of the recording to listen to here"),
    FileLook.DOCUMENT: Text("รอเตรียมฉบับสำหรับอ่าน", "Waiting to prepare a copy to read here"),
}


class Source(PageModel):
    """One choice of what to play."""

    name: SourceName
    label: Text
    url: str
    size_bytes: int | None


class Preparation(PageModel):
    """The rendition that people wait for: what to read meanwhile, and how far it is where that is known."""

    text: Text
    percent: int | None


class FileView(PageModel):
    """A file as a page shows it: a player for a clip or sound, pages for a document."""

    id: UUID
    filename: str
    size_bytes: int
    look: FileLook
    duration_seconds: int | float | None
    pages: int | None
    url: str
    poster: str | None
    watched: str | None
    sources: list[Source]
    """What a member can choose to play; empty when there is only one."""
    cues: str | None
    are_lighter_coming: bool
    """Whether lighter renditions are still being made."""
    preparation: Preparation | None
    """Set while there is nothing to watch or read yet and it comes by itself."""
    has_failed: bool
    """Whether no copy to read or listen to could be made."""
    read: str | None
    pictures: list[str]
    is_picture: bool

    @classmethod
    def of(cls, upload: UploadView) -> Self:
        """Return a file as pages show it."""
        look = _look(upload)
        awaited = upload.making.get(AWAITED[look]) if look in AWAITED else None
        is_coming = awaited is not None and awaited.coming
        is_ready = (upload.read if look == FileLook.DOCUMENT else upload.watched) is not None
        light = upload.making.get(SMALL)
        return cls(
            id=upload.id,
            filename=upload.filename,
            size_bytes=upload.size_bytes,
            look=look,
            duration_seconds=upload.duration_seconds,
            pages=upload.pages,
            url=upload.url,
            poster=upload.copies.get(POSTER),
            watched=upload.watched,
            sources=_sources(upload),
            cues=upload.cues,
            are_lighter_coming=is_coming or (light is not None and light.coming),
            preparation=_preparation(look, awaited) if awaited and is_coming and not is_ready else None,
            has_failed=look != FileLook.CLIP and not is_ready and awaited is not None and not is_coming,
            read=upload.read,
            pictures=upload.pictures,
            is_picture=upload.type in PICTURES,
        )


def playable(upload: Upload) -> bool:
    """Say whether a browser plays a clip, by what the tools saw of it."""
    return all((upload.facts or {}).get(fact) in played for fact, played in PLAYABLE.items())


def _look(upload: UploadView) -> FileLook:
    if upload.type in SOUNDS:
        return FileLook.SOUND
    return FileLook.CLIP if upload.duration_seconds else FileLook.DOCUMENT if upload.type else FileLook.OTHER


def _sources(upload: UploadView) -> list[Source]:
    if not upload.lighter or upload.watched is None:
        return []
    full = Source(name=SourceName.FULL, label=SOURCES[SourceName.FULL], url=upload.watched, size_bytes=upload.watched_bytes)
    lighter = [(SourceName.SMALL, upload.lighter.get(SMALL)), (SourceName.SOUND, upload.lighter.get(SOUND))]
    return [full, *(Source(name=name, label=SOURCES[name], url=link.url, size_bytes=link.size_bytes) for name, link in lighter if link)]


def _preparation(look: FileLook, progress: Progress) -> Preparation:
    sentences = WAITING if progress.percent is None else PREPARING
    return Preparation(text=sentences[look], percent=progress.percent)


def _pictures(copies: Mapping[str, str]) -> list[str]:
    """Return where the pictures of a document's pages are, from the first page on."""
    pictures: list[str] = []
    while (picture := copies.get(PAGE.format(number=len(pictures) + 1))) is not None:
        pictures.append(picture)
    return pictures
